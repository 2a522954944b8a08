import json

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tests.common import JsonRpcException

from ..rights import RpcCase
from .common import SheetCase


@tagged("post_install", "-at_install")
class TestSheetRights(SheetCase):
    """Who may read and change what (D11): role x operation x company."""

    def test_whoever_sees_no_sheet_copies_records_as_before(self):
        clerk = new_test_user(self.env, "clerk", groups="base.group_partner_manager")
        technician = new_test_user(self.env, "technician", groups="base.group_system")
        contact = self.env["res.partner"].create({"name": "Ada", "sheet_sector": "saas"})
        document = self.env["ir.attachment"].create(
            {"name": "x", "res_model": "res.partner", "res_id": contact.id}
        )
        copy = contact.with_user(clerk).copy()
        self.assertFalse(copy.sudo().sheet_sector)
        self.assertTrue(document.with_user(technician).copy())
        self.assertEqual(contact.with_user(self.rep).copy().sheet_sector, "saas")

    def test_every_sheet_field_is_reserved_to_sheet_users(self):
        for host in ("res.partner", "crm.lead"):
            for name, field in self.env[host]._fields.items():
                if name.startswith("sheet_"):
                    self.assertEqual(field.groups, "crm_customer_sheet.group_sheet_user", name)

    def test_salespeople_are_sheet_users_and_sales_managers_sheet_managers(self):
        self.assertTrue(self.rep.has_group("crm_customer_sheet.group_sheet_user"))
        self.assertFalse(self.rep.has_group("crm_customer_sheet.group_sheet_manager"))
        self.assertTrue(self.manager.has_group("crm_customer_sheet.group_sheet_manager"))
        self.assertFalse(self.outsider.has_group("crm_customer_sheet.group_sheet_user"))

    def test_an_employee_without_the_group_uses_contacts_as_before(self):
        partner = self.env["res.partner"].with_user(
            new_test_user(self.env, "hr", groups="base.group_partner_manager,base.group_user")
        )
        ada = partner.create({"name": "Ada", "email": "ada@nestor.fr"})
        ada.phone = "+33142685300"
        self.assertTrue(ada.sudo().sheet_reference)
        self.assertNotIn("sheet_", json.dumps(list(partner.fields_get())))
        self.assertNotIn('<field name="sheet_', partner.get_view(view_type="form")["arch"])
        with self.assertRaises(AccessError):
            ada.read(["sheet_completeness"])
        with self.assertRaises(AccessError):
            partner.search([("sheet_completeness", ">", 0)])

    def test_questions_and_answers_of_another_company_are_invisible(self):
        other = self.env["res.company"].create({"name": "Other company"})
        question = self.question("q", lead=["city"], company_id=other.id)
        theirs = self.env["crm.lead"].create(
            {"name": "Theirs", "company_id": other.id, "user_id": False, "team_id": False}
        )
        theirs.sheet_set_unknown("email", "Away")
        answers = self.env["customer.sheet.answer"].search([("lead_id", "=", theirs.id)])
        self.assertTrue(answers)
        for user in (self.rep, self.manager):
            self.assertFalse(self.questions.with_user(user).search([("id", "=", question.id)]))
            with self.assertRaises(AccessError):
                question.with_user(user).read(["name"])
            with self.assertRaises(AccessError):
                answers.with_user(user).read(["reason"])

    def test_stakeholders_follow_the_visibility_of_their_lead(self):
        theirs = self.lead(user=self.manager, user_id=self.manager.id)
        person = self.env["customer.sheet.stakeholder"].create(
            {"lead_id": theirs.id, "name": "Bob"}
        )
        as_rep = person.with_user(self.rep)
        self.assertFalse(as_rep.search([("id", "=", person.id)]))
        for operation in (
            lambda: as_rep.read(["name"]),
            lambda: as_rep.write({"name": "X"}),
            as_rep.unlink,
        ):
            with self.assertRaises(AccessError):
                operation()
        with self.assertRaises(AccessError):
            as_rep.create({"lead_id": theirs.id, "name": "Eve"})

    def test_answers_follow_the_visibility_of_their_lead(self):
        theirs = self.lead(user=self.manager, user_id=self.manager.id)
        theirs.sheet_set_unknown("email", "Away")
        answers = self.env["customer.sheet.answer"].search([("lead_id", "=", theirs.id)])
        self.assertTrue(answers.with_user(self.manager).search([("id", "in", answers.ids)]))
        self.assertFalse(answers.with_user(self.rep).search([("id", "in", answers.ids)]))


@tagged("post_install", "-at_install")
class TestSheetOverRpc(RpcCase, SheetCase):
    """The same over JSON-RPC, where nothing but the server protects the data."""

    def sheet_fields(self):
        return [name for name in self.env["res.partner"]._fields if name.startswith("sheet_")]

    def test_a_portal_user_reads_and_writes_no_sheet_field_of_his_own_company(self):
        company = self.env["res.partner"].create({"name": "Atlas Meca", "is_company": True})
        portal = new_test_user(self.env, "visitor", groups="base.group_portal")
        portal.partner_id.parent_id = company
        colleague = self.env["res.partner"].create({"name": "Salma", "parent_id": company.id})
        self.authenticate("visitor", "visitor")
        for partner in (portal.partner_id, company, colleague):
            self.assertTrue(self.call("res.partner", "read", partner.ids, ["name"]))
            for name in self.sheet_fields():
                with self.subTest(field=name), self.assertRaisesRegex(JsonRpcException, "Access"):
                    self.call("res.partner", "read", partner.ids, [name])
            for method, args in {
                "sheet_answers": (),
                "sheet_set_unknown": ("email", "x"),
                "sheet_clear_unknown": ("email",),
                "sheet_confirm_value": ("email",),
            }.items():
                with self.subTest(method=method), self.assertRaises(JsonRpcException):
                    self.call("res.partner", method, partner.ids, *args)
        for name in self.sheet_fields():
            with self.subTest(search=name), self.assertRaisesRegex(JsonRpcException, "Access"):
                self.call("res.partner", "search_count", [(name, "!=", False)])
        for name in ("sheet_band", "sheet_typology", "sheet_completeness"):
            with self.subTest(group=name), self.assertRaisesRegex(JsonRpcException, "Access"):
                self.call("res.partner", "formatted_read_group", [], [name], ["__count"])
        with self.assertRaises(JsonRpcException):
            self.call("res.partner", "write", portal.partner_id.ids, {"sheet_sector": "saas"})
        self.assertFalse(portal.partner_id.sheet_sector)

    def test_a_rep_cannot_forge_a_published_catalogue_or_an_answer(self):
        new_test_user(self.env, "forger", groups="sales_team.group_sale_salesman")
        self.authenticate("forger", "forger")
        version = self.versions._current()
        question = self.questions.search([("code", "=", "email")])
        for model, method, args in [
            ("customer.sheet.catalogue.version", "create", [{"name": "Mine", "snapshot": []}]),
            ("customer.sheet.catalogue.version", "write", [version.ids, {"snapshot": []}]),
            ("customer.sheet.catalogue.version", "unlink", [version.ids]),
            ("customer.sheet.catalogue.version", "_publish", []),
            ("customer.sheet.catalogue.version", "action_restore", [version.ids]),
            ("customer.sheet.question", "write", [question.ids, {"weight": 9}]),
            ("customer.sheet.answer", "create", [{"question_id": question.id}]),
            ("customer.sheet.catalogue.publish", "create", [{}]),
        ]:
            with self.subTest(model=model, method=method), self.assertRaises(JsonRpcException):
                self.call(model, method, *args)
        self.assertEqual(self.versions._current(), version)
        self.assertTrue(version.snapshot)
