from odoo.tests import tagged

from .common import SheetCase


@tagged("post_install", "-at_install")
class TestSheetReference(SheetCase):
    """A1: every sheet has a readable reference, unique in its company."""

    def test_leads_and_contacts_have_their_own_series(self):
        partner = self.env["res.partner"].create({"name": "Ada"})
        self.assertRegex(self.lead().sheet_reference, r"^L\d{5}$")
        self.assertRegex(partner.sheet_reference, r"^C\d{5}$")

    def test_a_copy_gets_its_own_reference(self):
        lead = self.lead()
        copy = lead.copy()
        self.assertTrue(copy.sheet_reference)
        self.assertNotEqual(copy.sheet_reference, lead.sheet_reference)

    def test_it_never_changes_by_itself(self):
        lead = self.lead()
        reference = lead.sheet_reference
        lead.write({"contact_name": "Ada", "stage_id": self.qualified.id})
        self.assertEqual(lead.sheet_reference, reference)

    def test_an_administrator_imports_references(self):
        leads = self.env["crm.lead"].with_user(self.manager)
        result = leads.load(["name", "sheet_reference"], [["Old", "OLD-7"], ["New", ""]])
        old, new = leads.browse(result["ids"])
        self.assertEqual(old.sheet_reference, "OLD-7")
        self.assertRegex(new.sheet_reference, r"^L\d{5}$")

    def test_a_batch_is_numbered_in_one_query(self):
        draw = self.env["crm.lead"]._sheet_draw_references
        draw(self.env.company, 1)
        with self.assertQueryCount(1):
            references = draw(self.env.company, 500)
        self.assertEqual(len(set(references)), 500)

    def test_a_company_may_have_its_own_series(self):
        other = self.env["res.company"].create({"name": "Other company"})
        self.env["ir.sequence"].create(
            {
                "name": "Theirs",
                "code": "customer.sheet.crm.lead",
                "company_id": other.id,
                "prefix": "X%(year)s-",
                "padding": 3,
            }
        )
        theirs = self.env["crm.lead"].create({"name": "Theirs", "company_id": other.id})
        self.assertRegex(theirs.sheet_reference, r"^X\d{4}-001$")
        self.assertRegex(self.lead().sheet_reference, r"^L\d{5}$")

    def test_a_gapless_series_works_too(self):
        sequence = self.env.ref("crm_customer_sheet.sequence_lead_sheet")
        sequence.implementation = "no_gap"
        first, second = self.env["crm.lead"].create([{"name": "A"}, {"name": "B"}])
        self.env.flush_all()
        self.assertEqual(int(second.sheet_reference[1:]), int(first.sheet_reference[1:]) + 1)

    def test_a_new_form_does_not_burn_numbers(self):
        sequence = self.env.ref("crm_customer_sheet.sequence_lead_sheet")
        before = sequence.number_next_actual
        self.assertFalse(self.env["crm.lead"].new({"name": "Draft"}).sheet_reference)
        self.assertEqual(sequence.number_next_actual, before)
