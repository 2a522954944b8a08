"""The sheet on paper: each kind shows what it should, to whom it may, and is noted."""

import re
import shutil
from unittest import skipUnless
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, TransactionCase, tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader, io

from ...models.overview.printed import hosts
from ..people import people, person

MODULE = "crm_customer_sheet"
OURS = ("Secret title", "Grumpy", "Their old press", "71000", "Said at the fair", "Score", "BANT")


def plain(html):
    """Return what one reads of a page."""
    text = re.sub(r"<style.*?</style>|<[^>]*>", " ", html.decode(), flags=re.S)
    return " ".join(text.split())


class PrintedCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep, cls.rival, cls.steward, cls.outsider = people(
            cls.env, "rep", "rival", "steward", "outsider"
        )
        cls.company = cls.env["res.partner"].create(
            {"name": "Ateliers Mosans", "is_company": True, "email": "info@mosans.example.be"}
        )
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Secret title",
                "type": "opportunity",
                "user_id": cls.rep.id,
                "contact_name": "ليلى بناني",
                "partner_name": "Atlas Pumps",
                "email_from": "leila@atlas.example.ma",
                "sheet_typology": "b2b",
                "sheet_sector": "industry",
                "sheet_need": "Six new pumps",
                "sheet_pain": "Grumpy director",
                "sheet_use_case": "Their old press",
                "expected_revenue": 71000,
                "sheet_budget_max": 40000,
            }
        )

    def printed(self, kind, records=None, user=None):
        """Return what one reads on the printed sheets."""
        records = self.lead if records is None else records
        host = "lead" if records._name == "crm.lead" else "contact"
        reports = self.env["ir.actions.report"].with_user(user or self.rep)
        name = f"{MODULE}.printed_{host}_{kind}"
        return plain(reports._render_qweb_html(name, records.ids)[0])

    def logs(self):
        return self.env["customer.sheet.export.log"].sudo().search([("kind", "=", "print")])


@tagged("post_install", "-at_install")
class TestPrinted(PrintedCase):
    def test_a_book_is_cut(self):
        """Laying out 100,000 characters holds a worker for two minutes."""
        self.lead.sheet_use_case = "word " * 20000
        self.lead.sheet_stake = "x" * 30000
        self.lead.write({"name": "N" * 9000, "contact_name": "C" * 9000})
        lead = self.lead.with_user(self.rep)
        for kind in ("sheet", "blanks", "customer"):
            text = self.printed(kind)
            self.assertIn("C" * 500, text)
            self.assertLess(max(map(len, text.split())), 2100)
            self.assertLess(len(text), 20000)
        [grid] = lead._sheet_print_interview()
        self.assertLess(len(str(grid["questions"])), 40000)
        self.assertLess(len(grid["title"]), 2100)

    def test_our_address_is_no_empty_line(self):
        company = self.lead.with_user(self.rep)._sheet_printed("customer")
        self.assertNotIn("", [line.strip() for line in company["contact"]])

    def test_the_sheet_says_all(self):
        lead = self.lead.with_user(self.rep)
        lead.sheet_set_unknown("deadline", reason="They wait for the permit")
        lead.sheet_confirm_pillar("need", "Said at the fair")
        lead._sheet_stamp({"sheet_answer_dates": {"budget": "2025-03-04"}})
        text = self.printed("sheet")
        for told in (
            "Secret title",
            "ليلى بناني",
            "Six new pumps",
            "Grumpy director",
            "71,000",
            "03/04/2025",
            "Said at the fair",
            "They wait for the permit",
            "Need: confirmed",
            "Next action:",
            "May we contact them:",
            lead.sheet_reference,
        ):
            self.assertIn(told, text)
        _before, missing = text.split("Missing")
        self.assertIn("Product of interest", missing)
        self.assertNotIn("Deadline", missing)

    def test_figures_of_one_question_have_their_labels(self):
        self.assertIn("Budget to: $ 40,000.00", self.printed("sheet"))

    def test_the_customer_reads_what_is_theirs(self):
        self.lead.with_user(self.rep).sheet_confirm_pillar("need", "Said at the fair")
        self.lead._sheet_consent_record(
            [{"purpose": "prospecting", "channel": "email", "state": "given"}], method="phone"
        )
        text = self.printed("customer")
        for told in ("ليلى بناني", "Atlas Pumps", "Six new pumps", "E-mail: Given"):
            self.assertIn(told, text)
        for ours in OURS:
            self.assertNotIn(ours, text)

    def test_blanks_ask_what_is_open(self):
        text = self.printed("blanks")
        self.assertIn("By when do you need it?", text)
        self.assertNotIn("What would you like to achieve?", text, "it is known")
        self.assertIn("Six new pumps", text)
        self.assertIn("scan this code", text)
        for ours in OURS:
            self.assertNotIn(ours, text)

    def test_no_code_for_whoever_may_not_ask(self):
        rights = self.env["ir.model.access"].search([("model_id.model", "=", "crm.lead")])
        rights.perm_write = False
        self.env.registry.clear_cache()
        self.assertNotIn("scan this code", self.printed("blanks"))

    def test_a_contact_has_no_stage(self):
        text = self.printed("sheet", self.company)
        self.assertIn("Ateliers Mosans", text)
        self.assertNotIn("Qualification", text)
        self.assertNotIn("Next action", text)

    def test_the_customer_reads_their_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.company.lang = "fr_FR"
        pages = self.company.with_user(self.rep)._sheet_print("customer")
        self.assertEqual(pages[0]["lang"], "fr_FR")
        pages = self.company.with_user(self.rep)._sheet_print("sheet")
        self.assertEqual(pages[0]["lang"], "en_US")

    def test_interviews(self):
        text = self.printed("interview")
        self.assertIn("Six new pumps", text)
        playbook = self.env.ref(f"{MODULE}.playbook_industry")
        reports = self.env["ir.actions.report"].with_user(self.rep)
        text = plain(reports._render_qweb_html(f"{MODULE}.printed_playbook", playbook.ids)[0])
        self.assertIn(playbook.opening.strip(), text)
        self.assertEqual(len(self.logs()), 1, "an empty grid tells nothing of anybody")


@tagged("post_install", "-at_install")
class TestPrintedRights(PrintedCase):
    def test_printing_is_noted_and_nothing_is_kept(self):
        files = self.env["ir.attachment"].search_count([])
        self.printed("customer", self.lead | self.lead.copy({"name": "Another"}))
        log = self.logs()
        self.assertEqual(
            (log.user_id, log.res_model, log.record_count, log.field_names),
            (self.rep, "crm.lead", 2, "Customer sheet for the customer"),
        )
        self.assertEqual(self.env["ir.attachment"].search_count([]), files)
        self.assertFalse(self.env.ref(f"{MODULE}.printed_lead_sheet_report").attachment)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_nobody_prints_what_they_may_not_read(self):
        for user in (self.rival, self.outsider):
            with self.assertRaises(AccessError):
                self.printed("sheet", user=user)
            with self.assertRaises(AccessError):
                self.printed("interview", user=user)
        self.assertFalse(self.logs())

    def test_a_privacy_officer_prints_contacts(self):
        officer = person(self.env, "officer", "printing_officer")
        self.assertIn("Ateliers Mosans", self.printed("sheet", self.company, officer))

    @patch.multiple(hosts, FEW=1, MOST=2)
    def test_how_many_at_once(self):
        values = [{"name": str(number), "user_id": self.rep.id} for number in range(3)]
        leads = self.env["crm.lead"].create(values)
        self.rep.group_ids -= self.env.ref("base.group_allow_export")
        with self.assertRaises(AccessError):
            leads[:2].with_user(self.rep)._sheet_print("blanks")
        with self.assertRaises(UserError):
            leads.with_user(self.steward)._sheet_print("blanks")
        self.assertEqual(len(leads[:1].with_user(self.rep)._sheet_print("blanks")), 1)


@tagged("post_install", "-at_install")
class TestPrintedFile(HttpCase):
    @skipUnless(shutil.which("wkhtmltopdf"), "needs wkhtmltopdf")
    def test_a_pdf_of_two_sheets(self):
        rep = person(self.env, "rep", "printing_rep")
        values = {"user_id": rep.id, "sheet_typology": "b2b", "sheet_sector": "industry"}
        names = ({"name": "First", "contact_name": "Ada"}, {"name": "Second"})
        leads = self.env["crm.lead"].create([{**values, **name} for name in names])
        reports = self.env["ir.actions.report"].with_user(rep)
        reports = reports.with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            name = f"{MODULE}.printed_lead_sheet"
            content, kind = reports._render_qweb_pdf(name, leads.ids)
        self.assertEqual(kind, "pdf")
        pages = PdfFileReader(io.BytesIO(content)).pages
        self.assertEqual(len(pages), 2)
        self.assertIn("First", pages[0].extract_text())
        self.assertIn("Second", pages[1].extract_text())
