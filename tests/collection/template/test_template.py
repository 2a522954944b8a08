import base64
import io

import openpyxl

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from ..columns.columns_common import ColumnsCase


def _opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def _saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return base64.b64encode(buffer.getvalue()).decode()


def _fill(sheet, **cells):
    """Write cells below the titles, by the last word of the codes of their columns."""
    codes = {cell.value.partition(":")[2]: cell.column for cell in sheet[2] if cell.value}
    for code, value in cells.items():
        sheet.cell(3, codes[code], value)


@tagged("post_install", "-at_install")
class TestTemplate(ColumnsCase):
    """A template that is filled in, and an export that is edited, need no click."""

    def chosen(self, content, host="crm.lead", name="template.xlsx"):
        """Return the import of a workbook that the steward has chosen and had looked through."""
        desks = self.env["customer.sheet.import"].with_user(self.steward)
        desk = desks.browse(desks.begin(name, content, host)["id"])
        desk.look_through()
        return desk

    def test_filled_in_it_needs_no_click(self):
        for lang, label in (("en_US", "Trade fair"), ("fr_FR", "Salon professionnel")):
            with self.subTest(lang=lang):
                option = self.env.ref("crm_customer_sheet.option_source_trade_fair")
                label = option.with_context(lang=lang).name
                desks = self.env["customer.sheet.import"].with_context(lang=lang)
                book = _opened(desks._template("crm.lead"))
                self.steward.lang = lang
                _fill(
                    book.worksheets[0],
                    email="ada@analytical-engines.fr",
                    zip="01000",
                    source=label,
                    sheet_phone2="0612345678",
                )
                desk = self.chosen(_saved(book))
                self.assertTrue(all(column.target for column in desk.column_ids))
                [row] = desk.row_ids
                self.assertEqual(
                    desk._row_values(row.cells),
                    (
                        {
                            "question:email": "ada@analytical-engines.fr",
                            "question:zip": "01000",
                            "question:source": "trade_fair",
                            "field:sheet_phone2": "0612345678",
                        },
                        [],
                    ),
                )
                self.assertFalse(desk._mapping_warnings(desk._target_map()))

    def test_it_says_what_is_meant_and_keeps_zeros(self):
        book = _opened(self.env["customer.sheet.import"]._template("crm.lead"))
        sheet, lists = book.worksheets
        self.assertEqual(lists.sheet_state, "hidden")
        self.assertEqual(sheet.cell(2, 1).value, "question:name")
        self.assertTrue(sheet.row_dimensions[2].hidden)
        by_code = {cell.value: sheet.cell(1, cell.column) for cell in sheet[2]}
        place = by_code["question:company_registry"].column
        formats = [
            each for each in sheet.column_dimensions.values() if each.min <= place <= each.max
        ]
        self.assertEqual([each.number_format for each in formats], ["@"])
        self.assertIn("xample", by_code["question:company_registry"].comment.text)
        validated = {
            str(each.sqref).partition("3")[0] for each in sheet.data_validations.dataValidation
        }
        self.assertIn(by_code["question:headcount"].column_letter, validated)

    def test_export_comes_back_as_it_is(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "=Engines",
                "contact_name": "Ada Byron",
                "partner_name": "Analytical; Engines",
                "email_from": "ada@analytical-engines.fr",
                "phone": "+33 4 65 71 00 01",
                "street2": "Building 1",
                "zip": "01000",
                "country_id": self.env.ref("base.fr").id,
                "sheet_budget_max": 12345.5,
                "sheet_deadline": "2999-01-31",
                "sheet_typology": "b2b",
                "sheet_headcount_id": self.env.ref("crm_customer_sheet.option_headcount_20_49").id,
                "sheet_need": "Audit, then a plan",
                "user_id": self.sales.id,
                "tag_ids": [(0, 0, {"name": "Gold; silver"}), (0, 0, {"name": "Fast, cheap"})],
            }
        )
        desks = self.env["customer.sheet.import"].with_user(self.steward)
        content = desks._template("crm.lead", lead.with_user(self.steward))
        desk = self.chosen(base64.b64encode(content).decode())
        [row] = desk.row_ids
        values, problems = desk._row_values(row.cells)
        self.assertFalse(problems)
        self.assertNotIn("note", values)
        questions = self.env["customer.sheet.question"]
        plain = {
            f"question:{each.code}": value
            for each in questions.search([("code", "not in", ("owner", "campaign"))])
            if (value := each._plain_value(lead)) is not None
        }
        self.assertEqual({code: values.get(code) for code in plain}, plain)
        self.assertEqual(values["field:sheet_reference"], lead.sheet_reference)
        self.assertEqual(values["field:name"], "=Engines")
        self.assertEqual(values["field:street2"], "Building 1")
        self.assertEqual(values["field:user_id"], self.sales.id)
        self.assertEqual(set(values["field:tag_ids"]), set(lead.tag_ids.ids))

    def run_all(self, desk, **policy):
        """Have an import reviewed and run."""
        if policy:
            desk.set_policy(policy)
        for step in (desk.check, desk.run):
            step()
            while desk.state == "running":
                desk.sudo()._advance()
            self.env.flush_all()
            self.env.invalidate_all()

    def test_edited_export_changes_what_was_edited_and_nothing_else(self):
        leads = self.env["crm.lead"].create(
            [
                {"name": "Engines", "contact_name": "Ada Byron", "phone": "+33 4 65 71 00 01"},
                {"name": "Looms", "contact_name": "Joseph Marie", "email_from": "jo@looms.fr"},
            ]
        )
        desks = self.env["customer.sheet.import"].with_user(self.steward)
        book = _opened(desks._template("crm.lead", leads.with_user(self.steward)))
        first = leads[0].sheet_reference
        line = next(row[0].row for row in book.worksheets[0].iter_rows() if row[0].value == first)
        codes = {cell.value: cell.column for cell in book.worksheets[0][2]}
        book.worksheets[0].cell(line, codes["question:phone"], "+33 4 65 71 00 02")
        book.worksheets[0].cell(line, codes["question:need"], "A bigger engine")
        before = leads.read(["name", "contact_name", "email_from", "user_id", "tag_ids"])
        named = [("name", "in", ["Engines", "Looms"])]
        desk = self.chosen(_saved(book))
        self.run_all(desk)
        self.assertEqual([row.verdict for row in desk.row_ids], ["complete", "skip"])
        self.assertEqual(leads[0].phone, "+33 4 65 71 00 02")
        self.assertEqual(leads[0].sheet_need, "A bigger engine")
        after = leads.read(["name", "contact_name", "email_from", "user_id", "tag_ids"])
        self.assertEqual(after, before)
        self.assertEqual(leads.search(named).sorted("id"), leads.sorted("id"))

    def test_contact_comes_back_with_its_company(self):
        company = self.env["res.partner"].create({"name": "Engines", "is_company": True})
        ada = company.create({"name": "Ada", "parent_id": company.id, "email": "ada@acme.fr"})
        desks = self.env["customer.sheet.import"].with_user(self.steward)
        content = desks._template("res.partner", ada.with_user(self.steward))
        desk = self.chosen(base64.b64encode(content).decode(), "res.partner")
        values, _problems = desk._row_values(desk.row_ids.cells)
        self.assertEqual(values["field:parent"], "Engines")
        self.assertEqual(values["question:name"], "Ada")


@tagged("post_install", "-at_install")
class TestDownloads(HttpCase):
    """Who may download templates and sheets."""

    def setUp(self):
        super().setUp()
        groups = "sales_team.group_sale_salesman_all_leads"
        self.rep = new_test_user(self.env, "sheets_rep", password="sheets_rep1", groups=groups)
        self.lead = self.env["crm.lead"].create({"name": "Lead of the export"})

    def download(self, url):
        self.authenticate("sheets_rep", "sheets_rep1")
        return self.url_open(url)

    def test_template_is_for_people_with_sheets(self):
        action = self.env["customer.sheet.import"].with_user(self.rep).template("crm.lead")
        response = self.download(action["url"])
        self.assertEqual(response.status_code, 200)
        self.assertEqual(_opened(response.content).worksheets[0].cell(2, 1).value[:9], "question:")
        self.assertEqual(
            self.url_open("/customer_sheet/import/template/res.users.xlsx").status_code, 404
        )

    def test_export_needs_the_right_and_is_logged(self):
        lead = self.lead.with_user(self.rep)
        with self.assertRaises(AccessError):
            lead.action_sheet_export()
        self.rep.group_ids += self.env.ref("base.group_allow_export")
        response = self.download(lead.action_sheet_export()["url"])
        self.assertEqual(response.status_code, 200)
        cells = [cell.value for cell in _opened(response.content).worksheets[0][3]]
        self.assertIn("Lead of the export", cells)
        log = self.env["customer.sheet.export.log"].search([], limit=1)
        self.assertEqual((log.user_id, log.res_ids), (self.rep, self.lead.ids))

    def test_nobody_downloads_the_export_of_somebody_else(self):
        log = self.env["customer.sheet.export.log"]._note("crm.lead", self.lead.ids, "export")
        self.assertEqual(self.download(f"/customer_sheet/export/{log.id}.xlsx").status_code, 404)
