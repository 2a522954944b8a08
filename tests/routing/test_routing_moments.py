from types import SimpleNamespace
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ...models.routing.rules import hosts
from .routing_common import RoutingCase


@tagged("post_install", "-at_install")
class TestRoutingMoments(RoutingCase):
    """E1: rules look at a lead when something happens to it, each once."""

    def test_what_comes_from_outside(self):
        self.rule(trigger="submitted", strategy="none", team_id=False, priority="2")
        self.assertEqual(self.incoming().priority, "2")
        self.assertEqual(self.typed().priority, "0")
        leads = self.env["crm.lead"].with_user(self.clerk)
        imported = leads.browse(leads.load(["name"], [["One"]])["ids"])
        self.assertEqual(imported.priority, "0")

    def test_a_program_that_calls_odoo_comes_from_outside(self):
        self.rule(trigger="submitted")
        call = SimpleNamespace(httprequest=SimpleNamespace(path="/json/2/crm.lead/create"))
        with patch.object(hosts, "request", call):
            lead = self.typed()
        self.assertIn(lead.user_id, self.people)
        self.assertEqual(self.traces(lead).event, "submitted")

    def test_an_e_mail_is_routed_and_told_to_one_person(self):
        self.team.user_id = self.boss
        self.rule(strategy="fixed", user_id=self.bob.id)
        lead_id = self.env["mail.thread"].message_process(
            "crm.lead",
            "From: salma@example.com\nTo: sales@example.org\nSubject: Request\n"
            "Message-Id: <routing@example.com>\n\nPlease call me.",
            custom_values={"team_id": self.team.id},
        )
        lead = self.env["crm.lead"].browse(lead_id)
        self.assertEqual(lead.user_id, self.bob)
        self.assertNotIn(self.boss.partner_id, lead.message_ids.partner_ids)

    def test_entering_a_stage(self):
        stage = self.env.ref("crm.stage_lead2")
        self.rule(trigger="stage", stage_ids=stage.ids, strategy="none", priority="2")
        lead = self.incoming(type="opportunity")
        lead.stage_id = self.env.ref("crm.stage_lead3")
        self.assertEqual(lead.priority, "0")
        lead.stage_id = stage
        self.assertEqual(lead.priority, "2")

    # -- F3: a rule that stops those below stops them for good ------------------------

    def stopped(self, trigger, **values):
        """Return a lead that a last rule has given to Cleo, above one that gives all to Bob."""
        basis = {"strategy": "fixed", "domain": "[('sheet_budget_max', '>=', 50000)]"}
        last = {"sequence": 1, "is_last": True, "user_id": self.cleo.id, "name": "Big"}
        self.rule(**basis | last | {"trigger": trigger} | values)
        below = {"sequence": 2, "trigger": "met", "user_id": self.bob.id, "team_id": False}
        self.below = self.rule(**basis | below | {"domain": "[]", "budget_from": 10_000})
        lead = self.incoming(sheet_budget_max=60_000, sheet_deadline=self.day(10))
        self.assertEqual(lead.user_id, self.cleo)
        return lead

    def test_f3_the_next_save_changes_nothing(self):
        for trigger in ("met", "created", "submitted"):
            with self.subTest(trigger=trigger), self.env.cr.savepoint() as point:
                lead = self.stopped(trigger)
                lead.sheet_budget_max = 61_000
                self.assertEqual(lead.user_id, self.cleo)
                lead.with_user(self.clerk).sheet_budget_max = 62_000
                self.saved()
                self.assertEqual(lead.user_id, self.cleo)
                point.rollback()
                self.env.invalidate_all()
                self.env.registry.clear_cache("stable")

    def test_f3_nor_does_the_hourly_job(self):
        for trigger, values in (
            ("met", {}),
            ("created", {}),
            ("deadline", {"deadline_days": 30, "domain": "[]"}),
        ):
            with self.subTest(trigger=trigger), self.env.cr.savepoint() as point:
                lead = self.stopped(trigger, **values)
                self.below.on_since = "2020-01-01"
                self.assertNotIn(lead.id, self.below._next_due(0))
                self.run_job()
                self.assertEqual(lead.user_id, self.cleo)
                point.rollback()
                self.env.invalidate_all()
                self.env.registry.clear_cache("stable")

    def test_f3_a_lead_that_no_longer_matches_goes_on(self):
        lead = self.stopped("met")
        lead.sheet_budget_max = 20_000
        self.assertEqual(lead.user_id, self.bob)

    def test_f3_a_rule_that_is_off_stops_nobody(self):
        lead = self.stopped("met")
        self.rules.search([("name", "=", "Big")]).is_on = False
        lead.sheet_budget_max = 61_000
        self.assertEqual(lead.user_id, self.bob)

    def test_f6_the_hourly_job_says_that_rules_are_left(self):
        rule = {"trigger": "met", "strategy": "none", "priority": "2", "team_id": False}
        first = self.rule(**rule, domain="[('name', '=', 'One')]")
        second = self.rule(**rule, domain="[('name', '=', 'Two')]")
        leads = self.incoming(name="One") | self.incoming(name="Two")
        self.traces(leads).unlink()
        (first | second).on_since = "2020-01-01"
        told = []

        def no_time(self, processed=0, remaining=None):
            told.append(remaining)
            return 0

        with patch.object(type(self.env["ir.cron"]), "_commit_progress", no_time):
            self.rules._cron_routing()
        self.assertEqual(told, [1])
        self.assertEqual((first._next_due(0), second._next_due(0)), ([], leads[1].ids))

    def test_a_deadline_that_comes_near_counts_once(self):
        call = self.env.ref("mail.mail_activity_data_call")
        self.rule(trigger="deadline", deadline_days=30, strategy="leader", activity_type_id=call.id)
        lead = self.incoming(sheet_deadline=self.day(40))
        self.assertFalse(self.traces(lead).rule_ids)
        lead.sheet_deadline = self.day(20)
        self.assertEqual(lead.user_id, self.boss)
        lead.activity_ids.unlink()
        lead.sheet_deadline = self.day(20)
        self.assertFalse(lead.activity_ids)
        lead.sheet_deadline = self.day(10)
        self.assertTrue(lead.activity_ids, "another deadline")

    def test_the_job_takes_up_deadlines_that_came_near_since_the_rule_is_on(self):
        near, past = self.incoming(sheet_deadline=self.day(29)), self.incoming()
        past.sheet_deadline = self.day(20)
        rule = self.rule(trigger="deadline", deadline_days=30, strategy="none", priority="2")
        rule.on_since = fields.Datetime.subtract(fields.Datetime.now(), days=3)
        self.run_job()
        self.assertEqual((near.priority, past.priority), ("2", "0"))
        traces = len(self.traces(near))
        self.run_job()
        self.assertEqual(len(self.traces(near)), traces)

    def test_a_condition_met_later(self):
        self.rule(trigger="met", budget_from=50_000)
        lead = self.incoming(type="opportunity")
        self.assertFalse(lead.user_id)
        lead.sheet_budget_max = 60_000
        self.assertIn(lead.user_id, self.people)
        former = lead.user_id
        lead.sheet_budget_max = 70_000
        self.assertEqual(lead.user_id, former)

    def test_the_job_takes_up_consents(self):
        rule = self.rule(
            trigger="met",
            domain="[('sheet_prospecting_email', '=', 'given')]",
            strategy="none",
            priority="2",
        )
        rule.on_since = fields.Datetime.subtract(fields.Datetime.now(), days=3)
        lead = self.incoming(email_from="salma@example.com")
        lead._sheet_consent_record(
            [{"purpose": "prospecting", "channel": "email", "state": "given"}], method="import"
        )
        self.assertEqual(lead.priority, "0")
        self.run_job()
        self.assertEqual(lead.priority, "2")

    def test_a_score_that_reaches_the_threshold(self):
        self.rule(trigger="score", score_from=60, strategy="leader")
        self.only_urgency()
        lead = self.incoming(sheet_deadline=self.day(400))
        self.saved()
        self.assertFalse(lead.user_id)
        lead.sheet_deadline = self.day(5)
        self.saved()
        self.assertEqual(lead.user_id, self.boss)
        self.assertEqual(self.traces(lead)[-1].event, "score")

    def test_a_new_lead_may_be_hot_at_once(self):
        self.rule(trigger="score", strategy="leader")
        self.only_urgency()
        lead = self.incoming(sheet_deadline=self.day(5))
        self.saved()
        self.assertEqual(lead.user_id, self.boss)

    def test_the_hourly_scores_count_too(self):
        self.only_urgency()
        lead = self.incoming(sheet_deadline=self.day(400))
        self.saved()
        rule = self.rule(trigger="score", score_from=60, strategy="leader")
        self.env.cr.execute(
            "UPDATE crm_lead SET sheet_deadline = %s WHERE id = %s", (self.day(5), lead.id)
        )
        self.env.invalidate_all()
        self.env["crm.lead"]._sheet_rescore_leads(lead.ids)
        self.saved()
        self.assertEqual(lead.user_id, self.boss)
        self.assertIn(rule, self.traces(lead).rule_ids)

    def test_a_hot_lead_is_announced_once(self):
        self.env["ir.config_parameter"].set_param("crm_customer_sheet.hot_activity", True)
        call = self.env.ref("mail.mail_activity_data_call")
        self.rule(trigger="score", strategy="none", activity_type_id=call.id)
        self.only_urgency()
        lead = self.typed(user=self.rep, sheet_deadline=self.day(5))
        self.assertEqual(len(lead.sudo().activity_ids), 1)

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref("crm_customer_sheet.ir_cron_sheet_routing").method_direct_trigger()
        self.env.invalidate_all()

    def only_urgency(self):
        for factor in self.env["customer.sheet.score.factor"].search([]):
            factor.weight = 10 if factor.factor == "urgency" else 0
