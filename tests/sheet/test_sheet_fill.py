from lxml import etree

from odoo.tests import Form, tagged

from .common import SheetCase


@tagged("post_install", "-at_install")
class TestSheetFill(SheetCase):
    """Fill the gaps: choose a missing answer, type it sheet after sheet."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.only(
            cls.question("town", lead=["city"], partner=["city"], lead_required="creation"),
            cls.question("call", lead=["phone"], lead_required="creation"),
        )
        leads = cls.env["crm.lead"].with_user(cls.rep)
        cls.first, cls.second = leads.create(
            [{"name": "A"}, {"name": "B", "phone": "+33142685300"}]
        )
        cls.theirs = cls.env["crm.lead"].create({"name": "C", "user_id": cls.manager.id})

    def wizard(self, user=None):
        return Form(self.env["customer.sheet.fill"].with_user(user or self.rep))

    def test_the_most_frequent_gap_is_proposed_with_its_count(self):
        form = self.wizard()
        self.assertEqual(form.question_id.code, "town")
        self.assertEqual(form.count, 2)
        form.question_id = self.questions.search([("code", "=", "call")])
        self.assertEqual(form.count, 1)

    def test_only_sheets_that_one_may_see_are_counted(self):
        form = self.wizard(self.manager)
        form.scope = "all"
        everybody = form.count
        form = self.wizard()
        form.scope = "all"
        self.assertEqual(everybody, form.count + 1)

    def test_the_list_has_the_columns_of_the_question(self):
        action = self.wizard().save().action_open()
        leads = self.env["crm.lead"].with_user(self.rep).with_context(**action["context"])
        self.assertEqual(leads.search(action["domain"]), self.second | self.first)
        arch = leads.get_view(action["views"][0][0], "list")["arch"]
        self.assertIn('<field name="city"', arch)
        self.assertNotIn('<field name="phone"', arch)

    def test_amounts_are_asked_in_order_and_with_their_currency(self):
        names = ["sheet_budget_max", "sheet_budget_min", "expected_revenue"]
        self.only(self.question("money", lead=names, lead_required="creation"))
        leads = self.env["crm.lead"].with_user(self.rep)
        view = self.env.ref("crm_customer_sheet.crm_lead_view_list_fill")
        arch = leads.with_context(sheet_fill_view_ref="money").get_view(view.id, "list")["arch"]
        fields = etree.fromstring(arch).xpath("./field")
        shown = [field.get("name") for field in fields if not field.get("column_invisible")]
        self.assertEqual(shown[:4], ["name", *reversed(names)])
        hidden = [field.get("name") for field in fields if field.get("column_invisible")]
        self.assertEqual(hidden, ["company_currency", "sheet_currency_id"])

    def test_what_related_sheets_know_is_suggested(self):
        partner = self.env["res.partner"].create({"name": "Ada"})
        (self.first | self.second).partner_id = partner
        self.first.city = "Lyon"
        second = self.second.with_context(sheet_fill_view_ref="town")
        self.assertEqual(second.sheet_suggestion, "Lyon")

    def test_nothing_missing_is_said_so(self):
        (self.first | self.second).write({"city": "Lyon", "phone": "+33142685300"})
        form = self.wizard()
        self.assertFalse(form.question_id)
        self.assertFalse(form.count)


@tagged("post_install", "-at_install")
class TestSheetDocuments(SheetCase):
    """A9: documents and links by kind."""

    def test_files_and_links_of_a_lead_have_a_kind(self):
        lead = self.lead()
        action = lead.action_sheet_documents()
        documents = self.env["ir.attachment"].with_user(self.rep).with_context(**action["context"])
        documents.create(
            [
                {"name": "spec.pdf", "raw": b"%PDF", "sheet_document_kind": "specification"},
                {"name": "Drive", "type": "url", "url": "https://drive.example.com/1"},
            ]
        )
        self.assertEqual(documents.search_count(action["domain"]), 2)
        self.assertFalse(self.lead().action_sheet_documents()["domain"] == action["domain"])
