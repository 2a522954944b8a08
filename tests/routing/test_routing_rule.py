from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from .routing_common import RoutingCase


@tagged("post_install", "-at_install")
class TestRoutingRule(RoutingCase):
    """E1: rules give leads to teams and people, and say what to do first."""

    # -- which leads -----------------------------------------------------------

    def test_without_a_rule_that_is_on_nothing_happens(self):
        self.rule(is_on=False)
        lead = self.incoming()
        self.assertFalse(lead.user_id | self.traces(lead).user_id)
        self.assertFalse(self.traces(lead))

    def test_the_condition_decides(self):
        rule = self.rule(domain="[('city', '=', 'Lyon')]")
        lyon, paris = self.incoming(city="Lyon"), self.incoming(city="Paris")
        self.assertEqual(lyon.team_id, self.team)
        self.assertFalse(paris.team_id or paris.user_id)
        self.assertEqual(self.line(paris, rule)["outcome"], "condition")

    def test_f5_who_saves_a_shared_lead_makes_no_difference(self):
        other = self.env["res.currency"].with_context(active_test=False).search([], limit=2)
        other = (other - self.env.company.currency_id)[:1]
        abroad = self.env["res.company"].create({"name": "Abroad", "currency_id": other.id})
        rate = {"name": "2020-01-01", "currency_id": other.id, "rate": 10}
        self.env["res.currency.rate"].create({**rate, "company_id": self.env.company.id})
        rule = self.rule(budget_from=50_000)
        lead = self.incoming(sheet_budget_max=60_000, company_id=False, team_id=False)
        for company in (self.env.company, abroad):
            self.assertEqual(rule.with_company(company)._matching(lead), lead, company.name)

    def test_budgets_count_in_the_currency_of_the_company(self):
        dirham = self.env.ref("base.MAD")
        dirham.active = True
        own = self.env.company.currency_id
        self.env["res.currency.rate"].create(
            {
                "currency_id": dirham.id,
                "rate": 10 * own.rate,
                "name": "2020-01-01",
                "company_id": self.env.company.id,
            }
        )
        self.rule(budget_from=500_000, currency_id=dirham.id)
        self.assertFalse(self.incoming(sheet_budget_max=49_000).team_id)
        self.assertEqual(self.incoming(sheet_budget_max=51_000).team_id, self.team)
        self.assertEqual(self.incoming(sheet_budget_min=51_000).team_id, self.team)
        abroad = self.env["res.company"].create({"name": "Maroc", "currency_id": dirham.id})
        small = self.incoming(sheet_budget_max=51_000, company_id=abroad.id)
        self.assertFalse(small.team_id)

    def test_leads_in_two_currencies_are_looked_at_together(self):
        """C2: rules over leads of two companies ended in “Got multiple currencies”."""
        dirham = self.env.ref("base.MAD")
        dirham.active = True
        abroad = self.env["res.company"].create({"name": "Maroc", "currency_id": dirham.id})
        money = {"expected_revenue": 4000, "sheet_budget_min": 50, "sheet_budget_max": 60_000}
        basis = {"name": "Request", "type": "lead", "user_id": False, "team_id": False, **money}
        for condition in (
            {"budget_from": 5},
            {"budget_from": 5, "currency_id": dirham.id},
            {"domain": "[('expected_revenue', '>=', 100)]"},
            {"domain": "[('sheet_budget_min', '<', 100)]"},
            {"domain": "[('sheet_budget_max', '>', 1)]"},
            {"domain": "[('sheet_budget_max', 'in', [1, 60000])]"},
            {"domain": "['!', ('prorated_revenue', '<=', -1)]"},
        ):
            rule = self.rule(**condition)
            leads = self.env["crm.lead"].create(
                [{**basis, "company_id": each.id} for each in (self.env.company, abroad)]
            )
            outcomes = {self.line(lead, rule)["outcome"] for lead in leads}
            self.assertEqual(outcomes, {"done"}, condition)
            rule.action_dry_run()
            rule.is_on = False

    def test_a_rule_of_a_company_leaves_others_alone(self):
        abroad = self.env["res.company"].create({"name": "Maroc"})
        self.rule(company_id=self.env.company.id, priority="2", strategy="none", team_id=False)
        self.assertEqual(self.incoming(company_id=abroad.id).priority, "0")
        self.assertEqual(self.incoming().priority, "2")

    def test_a_rule_that_lost_its_field_does_not_hold_up_leads(self):
        rule = self.rule()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE customer_sheet_routing_rule SET domain = %s WHERE id = %s",
            ["[('x_of_another_app', '=', 1)]", rule.id],
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache("stable")
        with self.assertLogs("odoo.addons.crm_customer_sheet.models.routing", "WARNING"):
            self.assertTrue(self.incoming().exists())

    def test_closed_leads_are_not_routed(self):
        won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)
        self.rule()
        self.assertFalse(self.incoming(active=False).user_id)
        self.assertFalse(self.incoming(stage_id=won.id, type="opportunity").user_id)

    # -- in which order --------------------------------------------------------

    def test_the_first_team_and_the_first_person_win(self):
        other = self.env["crm.team"].create({"name": "Others"})
        first = self.rule(sequence=1, strategy="none")
        second = self.rule(sequence=2, team_id=other.id, strategy="fixed", user_id=self.boss.id)
        third = self.rule(sequence=3, team_id=False, strategy="fixed", user_id=self.bob.id)
        fourth = self.rule(sequence=4, team_id=False, strategy="fixed", user_id=self.ada.id)
        lead = self.incoming()
        self.assertEqual((lead.team_id, lead.user_id), (self.team, self.bob))
        self.assertEqual(self.line(lead, first)["did"], [["team", self.team.id]])
        [[code, team_id, name]] = self.line(lead, second)["did"]
        self.assertEqual((code, team_id, name), ("team_decided", self.team.id, first.name))
        self.assertEqual(self.line(lead, third)["did"], [["user", self.bob.id, "fixed"]])
        self.assertEqual(self.line(lead, fourth)["did"][0][0], "user_decided")

    def test_a_rule_may_stop_those_below(self):
        self.rule(sequence=1, is_last=True, strategy="none")
        below = self.rule(sequence=2, team_id=False)
        lead = self.incoming()
        self.assertFalse(lead.user_id)
        self.assertEqual(self.line(lead, below)["outcome"], "stopped")

    # -- what they do ------------------------------------------------------------

    def test_a_rule_sets_priority_tags_sector_and_segment(self):
        tag = self.env["crm.tag"].create({"name": "Routed"})
        segment = self.env["customer.sheet.option"].create(
            {"kind": "segment", "code": "routed", "name": "Routed"}
        )
        self.rule(
            strategy="none",
            priority="2",
            tag_ids=[Command.set(tag.ids)],
            sector="retail",
            segment_id=segment.id,
        )
        lead = self.incoming()
        self.assertEqual((lead.priority, lead.tag_ids), ("2", tag))
        self.assertEqual((lead.sheet_sector, lead.sheet_segment_id), ("retail", segment))

    def test_what_is_known_already_stays(self):
        self.rule(strategy="none", priority="1", sector="retail")
        lead = self.incoming(priority="3", sheet_sector="industry")
        self.assertEqual((lead.priority, lead.sheet_sector), ("3", "industry"))

    def test_a_rule_starts_a_sequence(self):
        nurturing = self.env.ref("crm_customer_sheet.sequence_nurturing")
        nurturing.active = True
        rule = self.rule(team_id=False, strategy="none", sequence_id=nurturing.id)
        lead = self.incoming(email_from="salma@example.com")
        enrolment = self.env["customer.sheet.sequence.enrolment"].search(
            [("lead_id", "=", lead.id), ("sequence_id", "=", nurturing.id)]
        )
        self.assertEqual(enrolment.origin, rule.display_name)
        self.assertEqual(self.line(lead, rule)["did"], [["sequence", nurturing.id]])
        nurturing.active = False
        paused = self.incoming(email_from="salma@example.com")
        self.assertEqual(self.line(paused, rule)["did"], [["no_sequence", nurturing.id]])

    def test_a_lead_stays_a_lead_and_is_merged_with_none(self):
        self.rule()
        twins = self.incoming(2, email_from="same@example.com")
        self.assertEqual(twins.exists().mapped("type"), ["lead", "lead"])

    def test_odoo_assigns_what_the_rules_leave_to_it(self):
        self.env["ir.config_parameter"].sudo().set_param("crm.lead.auto.assignment", True)
        self.rule(strategy="none")
        lead = self.incoming()
        self.assertFalse(lead.user_id)
        self.team.sudo()._action_assign_leads(force_quota=True)
        self.assertIn(lead.user_id, self.people)
        self.assertEqual(self.traces(lead).mapped("kind"), ["rule", "stock"])

    # -- checks ------------------------------------------------------------------

    def test_a_rule_that_makes_no_sense_is_refused(self):
        for values in (
            {"domain": "[('no_such_field', '=', 1)]"},
            {"domain": "import os"},
            {"trigger": "stage"},
            {"trigger": "deadline"},
            {"trigger": "score", "score_from": 101},
            {"budget_from": -1},
            {"strategy": "fixed"},
            {"activity_for": "user"},
            {"activity_days": -1},
            {"strategy": "none", "team_id": False},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.rule(**values)

    # -- as shipped ----------------------------------------------------------------

    def test_the_shipped_rules_are_their_own_switches(self):
        budget = self.env.ref("crm_customer_sheet.routing_rule_budget").with_user(self.boss)
        budget.write({"is_on": True, "budget_from": 80_000, "team_id": self.team.id})
        deadline = self.env.ref("crm_customer_sheet.routing_rule_deadline").with_user(self.boss)
        deadline.write({"is_on": True, "deadline_days": 15})
        lead = self.incoming(sheet_budget_max=90_000, sheet_deadline=self.day(10))
        self.assertEqual((lead.team_id, lead.priority), (self.team, "2"))
        settings = self.env["res.config.settings"]
        self.assertFalse([name for name in settings._fields if name.startswith("sheet_route")])
        self.assertEqual((budget.is_on, deadline.deadline_days), (True, 15))
