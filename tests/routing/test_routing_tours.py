from odoo.tests import tagged

from ..tours import TourCase
from .routing_common import RoutingCase


@tagged("post_install", "-at_install")
class TestRoutingTours(RoutingCase, TourCase):
    """Why me?, and who would have got what: as people meet it."""

    def test_a_salesperson_reads_why_on_desktop(self):
        self.read_why()

    def test_a_salesperson_reads_why_on_phone(self):
        self.on_phone()
        self.read_why()

    def read_why(self):
        self.bob.name = "Paul Pause"
        self.members[1:].assignment_optout = True
        self.rule(name="Big ones", budget_from=1000)
        lead = self.incoming(sheet_budget_min=2000)
        self.assertEqual(lead.user_id, self.ada)
        self.start_tour(
            f"/odoo/crm.lead/{lead.id}", "crm_customer_sheet_routing_why", login=self.ada.login
        )

    def test_a_manager_tries_a_rule_before_switching_it_on(self):
        self.ada.name = "Tour Member"
        self.members[1:].assignment_optout = True
        self.team.name = "Tour team"
        lead = self.incoming(name="Tour lead", sheet_budget_max=2000)
        action = self.env.ref("crm_customer_sheet.customer_sheet_routing_rule_action")
        self.start_tour(
            f"/odoo/action-{action.id}",
            "crm_customer_sheet_routing_dry_run",
            login=self.boss.login,
        )
        rule = self.rules.search([("name", "=", "Tour rule")])
        self.assertTrue(rule.is_on)
        self.assertFalse(lead.user_id)
