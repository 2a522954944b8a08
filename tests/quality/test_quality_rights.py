from odoo.exceptions import AccessError
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from ..people import person
from ..rights import RpcCase
from .common import QualityCase


@tagged("post_install", "-at_install")
class TestQualityRights(QualityCase):
    def test_a_rep_sees_only_their_own_checks(self):
        run = self.runs.with_user(self.rival)._start("res.partner", "selection", [1])
        self.assertFalse(self.runs.with_user(self.rep).search([("id", "=", run.id)]))
        self.assertTrue(self.runs.with_user(self.steward).search([("id", "=", run.id)]))

    def test_only_stewards_check_everything(self):
        with self.assertRaises(AccessError):
            self.runs.with_user(self.rep).action_check_all()
        self.runs.with_user(self.steward).action_check_all()

    def test_who_may_not_write_is_not_offered_to(self):
        """C3: no button that can only refuse."""
        writes = ("action_sheet_verify", "action_sheet_unverify", "action_sheet_apply_proposals")
        views = [(False, "form"), (False, "list")]
        listed = self.env.ref("crm_customer_sheet.res_partner_view_list_quality").id
        binding = self.env.ref("crm_customer_sheet.action_sheet_correct_partner").id
        for user, shown in ((self.rep, True), (self.officer, False)):
            partners = self.env["res.partner"].with_user(user)
            partners = partners.with_context(sheet_page_view_ref="whole")
            found = partners.get_views([*views, (listed, "list")], {"toolbar": True})["views"]
            form, last = found["form"]["arch"], found["list"]["arch"]
            offered = {name for name in writes if f'"{name}"' in form + last}
            self.assertEqual(offered, set(writes) if shown else set(), user.login)
            bound = partners.get_views(views, {"toolbar": True})["views"]["list"]["toolbar"]
            self.assertEqual(binding in [each["id"] for each in bound["action"]], shown)

    def test_findings_and_figures_stay_in_their_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        finding = self.env["customer.sheet.sensitive.finding"].create(
            {"res_model": "res.partner", "res_id": 1, "place": "comment", "category": "health"}
        )
        findings = self.env["customer.sheet.sensitive.finding"].with_user(self.officer)
        self.assertTrue(findings.search([("id", "=", finding.id)]))
        finding.company_id = other
        self.assertFalse(findings.search([("id", "=", finding.id)]))

    def test_a_check_of_several_companies_counts_each_apart(self):
        other = self.env["res.company"].create({"name": "Other"})
        contacts = self.env["res.partner"].create(
            [
                {"name": "A", "email": "a@b", "company_id": c}
                for c in (self.env.company.id, other.id)
            ]
        )
        run = self.runs.with_user(self.steward)._start("res.partner", "selection", contacts.ids)
        self.assertEqual(len(run.sudo().figure_ids), 2)
        figures = self.env["customer.sheet.quality.figure"].with_user(self.steward)
        seen = figures.search([("run_id", "=", run.id)])
        self.assertEqual(seen.company_id, self.env.company)
        opened = (
            self.env["res.partner"].with_user(self.steward).search(seen.action_open()["domain"])
        )
        self.assertEqual(opened, contacts[0])


@tagged("post_install", "-at_install")
class TestQualityForgery(RpcCase):
    """Evidence and rights hold against forged calls."""

    def setUp(self):
        super().setUp()
        self.rep = person(self.env, "rep", "forger", password="forger_pw1")
        self.portal = person(self.env, "visitor", "visitor", password="visitor_pw1")
        self.contact = self.env["res.partner"].create({"name": "Ada", "email": "ada@atlas"})

    def test_a_rep_cannot_forge_a_verification(self):
        self.authenticate("forger", "forger_pw1")
        forged = {
            "sheet_status": "verified",
            "sheet_verified_by_id": 2,
            "sheet_email_status": "valid",
        }
        self.call("res.partner", "write", [self.contact.id], forged)
        self.contact.invalidate_recordset()
        self.assertEqual(self.contact.sheet_status, "doubtful")
        self.assertEqual(self.contact.sheet_email_status, "invalid")
        self.assertFalse(self.contact.sheet_verified_by_id)

    @mute_logger("odoo.http")
    def test_private_methods_and_evidence_are_out_of_reach(self):
        self.authenticate("forger", "forger_pw1")
        finding = self.env["customer.sheet.sensitive.finding"].create(
            {"res_model": "res.partner", "res_id": 1, "place": "comment", "category": "health"}
        )
        for model, method, args in (
            ("res.partner", "_sheet_check", [[self.contact.id]]),
            ("customer.sheet.email.domain", "create", [{"name": "gmail.fr", "kind": "disposable"}]),
            ("customer.sheet.sensitive.finding", "action_removed", [[finding.id]]),
            ("customer.sheet.sensitive.term", "search_read", [[]]),
        ):
            with self.assertRaises(JsonRpcException, msg=method):
                self.call(model, method, *args)
        self.assertEqual(finding.state, "review")

    @mute_logger("odoo.http")
    def test_visitors_learn_nothing_of_the_quality_of_a_contact(self):
        self.authenticate("visitor", "visitor_pw1")
        own = self.portal.partner_id
        for method, args in (
            ("read", [[own.id], ["sheet_email_status"]]),
            ("sheet_check_typed", ["email", "a@b.fr"]),
            ("search", [[("sheet_stale", "!=", False)]]),
            ("search", [[("sheet_status", "=", "verified")]]),
        ):
            with self.assertRaises(JsonRpcException, msg=method):
                self.call("res.partner", method, *args)
