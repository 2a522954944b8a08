from odoo.tests import tagged

from .routing_common import RoutingCase


@tagged("post_install", "-at_install")
class TestRoutingVolume(RoutingCase):
    """Routing costs a number of queries that does not grow with the number of leads."""

    def setUp(self):
        super().setUp()
        self.rule(budget_from=1000, strategy="turn", team_id=self.team.id)
        self.rule(team_id=False, priority="2", strategy="none")
        self.rule(trigger="nobody", strategy="load", team_id=self.team.id)

    def queries(self, size):
        """Return the queries of looking at ``size`` leads that are there already."""
        leads = self.env["crm.lead"].with_context(tracking_disable=True)
        basis = {"type": "lead", "user_id": False, "team_id": False}
        self.rules._active()
        self.rules.search([]).is_on = False
        leads = leads.create(
            [
                {"name": "Request", "sheet_budget_max": 2000 * (number % 2), **basis}
                for number in range(size)
            ]
        )
        self.rules.search([("name", "=", "Rule")]).is_on = True
        self.rules._active()
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        leads._sheet_route("created")
        self.env.flush_all()
        self.assertTrue(all(lead.user_id for lead in leads))
        return self.env.cr.sql_log_count - before

    def test_a_bigger_import_costs_hardly_more(self):
        self.queries(10)
        few, many = self.queries(50), self.queries(500)
        self.assertLessEqual(few, 60)
        # traces are written a hundred at a time, their rules too
        self.assertLessEqual(many - few, 40)

    def test_without_rules_a_lead_costs_nothing_more(self):
        self.rules.search([]).is_on = False
        self.env["crm.lead"]._sheet_watched()
        with self.assertQueryCount(0):
            self.assertFalse(self.env["crm.lead"]._sheet_has_rules(("created",)))
            self.assertNotIn("routing", self.env["crm.lead"]._sheet_listeners(["user_id"]))
