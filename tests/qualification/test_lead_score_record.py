from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged, warmup

from ..upkeep import finish_many
from .score_common import ScoreCase


@tagged("post_install", "-at_install")
class TestLeadScoreRecord(ScoreCase):
    """C7: a lead has a score that is explained, saved and counted in sets alike."""

    # -- the score -----------------------------------------------------------

    def test_the_explanation_sums_up_line_by_line(self):
        lead = self.lead(
            **{**self.COMPLETE, "sheet_deadline": self.soon},
            sheet_source_id=self.referral.id,
            sheet_sector="industry",
            sheet_budget_max=5000,
        )
        explained = lead.sheet_score_lines
        self.assertEqual(explained["total"], lead.sheet_score)
        self.assertEqual(sum(line["points"] for line in explained["lines"]), lead.sheet_score)
        self.assertEqual(sum(line["maximum"] for line in explained["lines"]), 100)
        points = {line["factor"]: line["points"] for line in explained["lines"]}
        self.assertEqual(points["source"], 10)
        self.assertEqual(points["urgency"], 15)
        self.assertEqual(points["budget"], 5)
        self.assertEqual(points["pillars"], 15)
        for line in explained["lines"]:
            self.assertTrue(line["text"].endswith("."), line)

    def test_every_state_of_a_factor_has_its_words(self):
        past = fields.Date.subtract(fields.Date.today(), days=3)
        far = fields.Date.add(fields.Date.today(), days=300)
        other = self.env.ref("crm_customer_sheet.option_source_other")
        self.factor("sector").good_option_ids = self.env.ref(
            "crm_customer_sheet.option_sector_saas"
        )
        for values in (
            {},
            {"sheet_deadline": past, "sheet_source_id": other.id, "sheet_sector": "industry"},
            {"sheet_deadline": far, "sheet_sector": "saas", "sheet_budget_max": 90000},
            {"sheet_deadline": self.soon, "sheet_budget_min": 10, "sheet_engagement": 2},
        ):
            lead = self.lead(user=self.manager).sudo()
            lead.write(values)
            self.assertEqual(len(lead.sheet_score_lines["lines"]), 7)

    def test_the_score_follows_what_is_typed(self):
        self.only(urgency=10)
        lead = self.lead()
        for typed, score in (({}, 0), ({"sheet_deadline": self.soon}, 100)):
            glance = lead.sheet_glance(typed)
            self.assertEqual(glance["sheet_score_lines"]["total"], score)

    def test_confirming_a_pillar_doubles_it(self):
        self.only(pillars=10)
        lead = self.lead(sheet_need="Audit of the HVAC line")
        self.assertEqual(lead.sheet_score, 12)
        lead.sheet_confirm_pillar("need", "Said on the phone")
        self.assertEqual(lead.sheet_score, 25)
        lead.sheet_unconfirm_pillar("need")
        self.assertEqual(lead.sheet_score, 12)

    def test_nobody_types_a_score(self):
        lead = self.lead()
        score = lead.sheet_score
        lead.write({"sheet_score": 99, "sheet_mql_at": "2020-01-01", "sheet_hot_on": "2020-01-01"})
        self.env.flush_all()
        self.assertEqual(lead.sheet_score, score)
        self.assertFalse(lead.sheet_mql_at)

    def test_the_score_is_not_tracked_and_leaves_the_probability_alone(self):
        lead = self.hot()
        before = lead.probability
        self.saved()
        bodies = lead.sudo().message_ids.tracking_value_ids.field_id.mapped("name")
        self.assertFalse([name for name in bodies if name.startswith("sheet_score")])
        self.assertEqual(lead.probability, before)

    # -- sets ------------------------------------------------------------------

    def test_the_batch_scores_as_saving_does(self):
        leads = self.env["crm.lead"]
        for values in (
            {},
            self.COMPLETE,
            {"sheet_need": "test", "sheet_source_id": self.referral.id},
            {"sheet_deadline": self.soon, "sheet_budget_max": 700, "sheet_sector": "saas"},
            {"sheet_typology": "b2b", "sheet_sector": "real_estate", "sheet_budget_min": 99},
        ):
            leads |= self.lead(**values)
        leads[1].sheet_confirm_pillar("need", "Said on the phone")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET sheet_score = NULL WHERE id = ANY(%s)", [leads.ids]
        )
        self.env["crm.lead"]._sheet_rescore_leads(leads.ids)
        scores = leads.mapped("sheet_score")
        self.assertGreater(len(set(scores)), 3)
        leads._sheet_score_later()
        self.assertEqual(leads.mapped("sheet_score"), scores)
        for lead, score in zip(leads, scores, strict=True):
            self.assertEqual(lead.sheet_score_lines["total"], score)

    def test_messages_and_meetings_are_counted_by_the_batch(self):
        self.only(engagement=10)
        lead = self.lead().sudo()
        customer = self.env["res.partner"].create({"name": "Ada", "email": "ada@nestor.fr"})
        question, answer = "Hello", "Our answer"
        lead.message_post(body=question, author_id=customer.id, message_type="email")
        lead.message_post(body=answer, message_type="comment")
        lead._message_log(body="A note")
        self.env["calendar.event"].create(
            {
                "name": "Visit",
                "opportunity_id": lead.id,
                "start": datetime.now(),
                "stop": datetime.now() + timedelta(hours=1),
            }
        )
        self.assertEqual(lead.sheet_score, 0)
        self.env["crm.lead"]._sheet_rescore_leads(lead.ids)
        self.assertEqual((lead.sheet_engagement, lead.sheet_score), (2, 66))
        lead.sheet_need = "Audit"  # saving keeps what was counted
        self.assertEqual(lead.sheet_score, 66)
        with freeze_time(datetime.now() + timedelta(days=60)):
            self.env["crm.lead"]._sheet_rescore_leads(lead.ids)
        self.assertEqual((lead.sheet_engagement, lead.sheet_score), (0, 0))

    def test_the_batch_leaves_the_write_date_alone(self):
        lead = self.lead()
        self.env.flush_all()
        long_ago = datetime(2020, 1, 1)
        self.env.cr.execute("UPDATE crm_lead SET write_date = %s", [long_ago])
        self.env["crm.lead"]._sheet_rescore_leads(lead.ids)
        self.assertEqual(lead.write_date, long_ago)

    def test_the_hourly_job_takes_what_comes_near(self):
        self.only(urgency=10)
        lead = self.lead(sheet_deadline=fields.Date.add(fields.Date.today(), days=60))
        lost = self.lead(sheet_deadline=fields.Date.add(fields.Date.today(), days=60))
        lost.action_set_lost()
        self.saved()
        self.assertEqual(lead.sheet_score, 50)
        with freeze_time(datetime.now() + timedelta(days=40)):
            self.run_job()
        self.assertEqual(lead.sheet_score, 100)
        self.assertEqual(lost.sheet_score, 50)

    def run_job(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_customer_sheet.ir_cron_sheet_scores").method_direct_trigger()
        self.env.invalidate_all()

    def test_a_scored_lead_is_not_due_until_something_changes(self):
        lead = self.lead()
        self.env.flush_all()
        leads = self.env["crm.lead"]
        self.assertIn(lead.id, leads._sheet_due(0))
        leads._sheet_rescore_leads(lead.ids)
        self.age("crm_lead", "sheet_scored_on", hours=0)
        self.assertNotIn(lead.id, leads._sheet_due(0))
        question = "Hello"
        lead.sudo().message_post(body=question, message_type="email")
        self.env.flush_all()
        query = "UPDATE mail_message SET create_date = %s WHERE model = 'crm.lead' AND res_id = %s"
        self.env.cr.execute(query, [datetime.now() + timedelta(minutes=1), lead.id])
        self.assertIn(lead.id, leads._sheet_due(0))

    def test_new_weights_make_every_open_lead_due(self):
        lead = self.lead()
        self.env["crm.lead"]._sheet_rescore_leads(lead.ids)
        self.age("crm_lead", "sheet_scored_on", hours=0)
        self.assertNotIn(lead.id, self.env["crm.lead"]._sheet_due(0))
        self.factor("budget").weight = 33
        self.env.flush_all()
        self.age("customer_sheet_score_factor", "write_date", hours=-1)
        self.assertIn(lead.id, self.env["crm.lead"]._sheet_due(0))

    # -- queries ---------------------------------------------------------------

    def queries(self, call):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    @warmup
    def test_a_bigger_batch_costs_no_more_queries(self):
        leads = self.env["crm.lead"]
        values = {"sheet_source_id": self.referral.id, **self.COMPLETE}
        ids = leads.create([{"name": f"Lead {n}", **values} for n in range(100)]).ids
        finish_many(self)
        leads._sheet_rescore_leads(ids)
        counts = {
            size: self.queries(lambda size=size: leads._sheet_rescore_leads(ids[:size]))
            for size in (5, 100)
        }
        self.assertEqual(counts[5], counts[100])

    @warmup
    def test_scores_of_new_leads_need_no_query_and_of_stated_ones_one(self):
        for values, most in (({}, 0), (self.COMPLETE, 1)):
            leads = self.env["crm.lead"].create([{"name": f"L {n}", **values} for n in range(50)])
            self.env.flush_all()
            with self.assertQueryCount(most):
                leads._sheet_score_facts()

    # -- rights and settings -----------------------------------------------------

    def test_a_rep_reads_the_factors_and_a_manager_edits_them(self):
        factor = self.factor("budget")
        self.assertTrue(factor.with_user(self.rep).read(["weight", "explanation", "maximum"]))
        with self.assertRaises(AccessError):
            factor.with_user(self.rep).weight = 50
        factor.with_user(self.manager).weight = 50
        with self.assertRaises(AccessError):
            factor.with_user(self.manager).unlink()
        with self.assertRaises(AccessError):
            factor.with_user(self.outsider).read(["weight"])

    def test_an_outsider_reads_no_score(self):
        portal = self.env["res.users"].create(
            {
                "name": "Portal",
                "login": "score_portal",
                "group_ids": [Command.set([self.env.ref("base.group_portal").id])],
            }
        )
        lead = self.lead()
        for user in (self.outsider, portal):
            names = self.env["crm.lead"].with_user(user).fields_get()
            self.assertFalse({"sheet_score", "sheet_hot", "sheet_score_lines"} & set(names))
            with self.assertRaises(AccessError):
                lead.with_user(user).read(["sheet_score"])
            with self.assertRaises(AccessError):
                self.env["customer.sheet.score.factor"].with_user(user).search([])

    def test_parameters_of_a_factor_make_sense(self):
        for factor, values in (
            ("urgency", {"days": 0}),
            ("budget", {"amount": -5}),
            ("engagement", {"count": 0}),
            ("source", {"good_option_ids": self.env.ref("crm_customer_sheet.option_sector_saas")}),
        ):
            with self.assertRaises(ValidationError), self.cr.savepoint():
                self.factor(factor).write(values)

    def test_thresholds_are_scores(self):
        settings = self.env["res.config.settings"]
        with self.assertRaises(ValidationError):
            settings.create({"sheet_hot_score": 101})
        settings.create({"sheet_hot_score": 80, "sheet_mql_score": 40}).execute()
        leads = self.env["crm.lead"]
        self.assertEqual((leads._sheet_threshold("hot"), leads._sheet_threshold("mql")), (80, 40))
