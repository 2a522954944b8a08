from odoo.exceptions import AccessError
from odoo.tests import JsonRpcException, new_test_user, tagged

from ..people import person
from ..rights import RpcCase
from .routing_common import RoutingCase


@tagged("post_install", "-at_install")
class TestRoutingRights(RoutingCase, RpcCase):
    """Rules belong to managers; nobody writes a trace; each reads those of their leads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steward = new_test_user(
            cls.env, "route_steward", groups="crm_customer_sheet.group_sheet_steward"
        )
        cls.outsider = person(cls.env, "outsider")

    def test_a_salesperson_reads_the_traces_of_visible_leads(self):
        self.rule()
        mine = self.incoming()
        mine.sudo().user_id = self.rep
        theirs = self.incoming()
        visible = self.env["customer.sheet.routing.trace"].with_user(self.rep).search([])
        self.assertIn(mine, visible.lead_id)
        self.assertNotIn(theirs, visible.lead_id)
        with self.assertRaises(AccessError):
            theirs.with_user(self.rep).action_sheet_why()

    def test_rules_and_traces_of_other_companies_stay_hidden(self):
        abroad = self.env["res.company"].create({"name": "Maroc"})
        rule = self.rule(company_id=abroad.id, team_id=False, strategy="none", priority="2")
        lead = self.incoming(company_id=abroad.id)
        self.assertTrue(self.traces(lead))
        for records in (rule, self.traces(lead)):
            self.assertFalse(records.with_user(self.boss).search([("id", "in", records.ids)]))

    def test_a_dry_run_shows_no_leads_of_other_companies(self):
        abroad = self.env["res.company"].create({"name": "Maroc"})
        lead = self.incoming(company_id=abroad.id)
        rule = self.rule(is_on=False)
        action = rule.with_user(self.boss).action_dry_run()
        lines = self.env["customer.sheet.routing.preview"].search(action["domain"])
        self.assertNotIn(lead, lines.lead_id)

    def test_forged_calls_are_refused(self):
        rule = self.rule()
        lead = self.incoming()
        trace = self.traces(lead)
        self.authenticate("sheet_clerk", "sheet_clerk")
        for model, method, args in (
            ("customer.sheet.routing.trace", "create", [{"lead_id": lead.id, "kind": "rule"}]),
            ("customer.sheet.routing.trace", "write", [trace.ids, {"user_id": self.clerk.id}]),
            ("customer.sheet.routing.trace", "unlink", [trace.ids]),
            ("customer.sheet.routing.rule", "write", [rule.ids, {"user_id": self.clerk.id}]),
            ("customer.sheet.routing.rule", "action_dry_run", [rule.ids]),
            ("customer.sheet.routing.rule", "action_dry_run_all", [[]]),
        ):
            with (
                self.subTest(method=method, model=model),
                self.assertRaisesRegex(JsonRpcException, "AccessError"),
            ):
                self.call(model, method, *args)
        # a private method
        with self.assertRaisesRegex(JsonRpcException, "AccessError"):
            self.call("crm.lead", "_sheet_route", lead.ids, "created")
