from odoo.tests import tagged

from ..upkeep import finish_many
from .common import SheetCase


@tagged("post_install", "-at_install")
class TestSheetImport(SheetCase):
    """C1, F5: stock import works as before; sheets come with scores."""

    def load(self, model, names, rows):
        return (
            self.env[model].with_user(self.manager).with_context(import_file=True).load(names, rows)
        )

    def test_a_thousand_messy_contacts_import_as_in_stock(self):
        rows = [
            [f"Client {n}", ("N/A", f"client{n}@atlas-meca.ma", "pas un mail", "")[n % 4], "Lyon"]
            for n in range(1000)
        ]
        result = self.load("res.partner", ["name", "email", "city"], rows)
        self.assertFalse(result["messages"])
        finish_many(self)
        partners = self.env["res.partner"].browse(result["ids"])
        self.assertEqual(len(partners), 1000)
        self.assertTrue(all(partner.sheet_reference for partner in partners))
        self.assertEqual(len(set(partners.mapped("sheet_reference"))), 1000)
        filler, good = partners[0], partners[1]
        self.assertIn("email", filler.sheet_missing)
        self.assertNotIn("email", good.sheet_missing)
        self.assertGreater(good.sheet_completeness, filler.sheet_completeness)

    def test_list_values_are_found_by_name_within_their_list(self):
        # "Other" is a source and a sector
        result = self.load("crm.lead", ["name", "sheet_source_id"], [["A", "Other"]])
        self.assertFalse(result["messages"])
        lead = self.env["crm.lead"].browse(result["ids"])
        self.assertEqual(
            lead.sheet_source_id, self.env.ref("crm_customer_sheet.option_source_other")
        )

    def test_a_value_that_is_not_in_the_list_is_named_with_its_field(self):
        result = self.load("crm.lead", ["name", "sheet_source_id"], [["A", "Software"]])
        [message] = result["messages"]
        self.assertIn("Software", message["message"])
        self.assertIn("Contact source", message["message"])

    def test_a_value_of_another_list_is_refused(self):
        sector = self.env.ref("crm_customer_sheet.option_sector_saas")
        with self.assertRaisesRegex(Exception, "“Software” is not in the list of “Contact source”"):
            self.lead(sheet_source_id=sector.id)
