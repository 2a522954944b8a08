import base64
import io

import openpyxl

from odoo.tests import tagged

from .import_common import ImportCase


@tagged("post_install", "-at_install")
class TestNastyRows(ImportCase):
    """Files as people keep them, from the first look to the sheets, without a click on columns."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.rep.lang = cls.steward.lang = "fr_FR"

    def file(self, content, name="clients.csv", user=None, host="crm.lead", **policy):
        """Return the import of a file, run."""
        content = content.encode() if isinstance(content, str) else content
        desks = self.imports.with_user(user or self.rep).with_context(lang="fr_FR")
        desk = desks.browse(desks.begin(name, base64.b64encode(content).decode(), host)["id"])
        desk.look_through()
        if policy:
            desk.set_policy(policy)
        for step in (desk.check, desk.run):
            step()
            self.work(desk)
        self.assertEqual(desk.state, "done")
        rows = desk.row_ids
        self.assertFalse(rows.filtered(lambda row: not row.outcome))
        return desk

    def lead(self, content, **options):
        return self.file(content, **options).row_ids.lead_id

    def test_titles_twice_and_deep(self):
        lead = self.lead(
            "Fichier clients;;;\n;;;\nExtrait le 01/02/2025;;;\n;;;\nConfidentiel;;;\n;;;\n"
            "Nom;Téléphone;E-mail;Téléphone\n"
            "Ada Lovelace;;ada@engines.fr;04 72 00 11 22\n"
            "Nom;Téléphone;E-mail;Téléphone\n"
            "Salma Bennani;04 72 00 11 23;salma@motors.fr;04 72 00 11 24\n"
        )
        self.assertEqual(lead.mapped("contact_name"), ["Ada Lovelace", "Salma Bennani"])
        self.assertIn("11 22", f"{lead[0].phone} {lead[0].sheet_phone2}")
        self.assertIn("11 23", lead[1].phone)
        told = f"{lead[1].sheet_phone2} {lead[1].description}"
        self.assertIn("11 24", told)

    def test_marks_and_spaces_in_cells(self):
        lead = self.lead(
            "\ufeffNom;E-mail;Société\n"
            "\ufeffAda\u00a0Lovelace\u200b; ADA@Engines.FR ;\u202fEngines\u202f\n"
        )
        self.assertEqual(lead.contact_name, "Ada Lovelace")
        self.assertEqual(lead.email_normalized, "ada@engines.fr")
        self.assertEqual(lead.partner_name, "Engines")

    def test_one_person_in_three_rows(self):
        desk = self.file(
            "Nom;E-mail;Société;Ville;Commentaire\n"
            "Ada Lovelace;ada@engines.fr;Engines;Lyon;Vue en mai\n"
            "LOVELACE Ada;ADA@engines.fr;;Paris;Rappeler\n"
            "Ada Lovelace;ada@engines.fr;Engines;Nice;\n"
        )
        lead = desk.row_ids.lead_id
        self.assertEqual(len(lead), 1)
        self.assertEqual(lead.city, "Lyon")
        self.assertIn("Rappeler", lead.description)
        self.assertIn("Nice", lead.sheet_proposal_ids.mapped("value"))

    def test_a_company_and_its_people(self):
        desk = self.file(
            "Nom;Société;E-mail;SIRET\n"
            ";Verdon Meca;contact@verdon-meca.fr;73282932000074\n"
            "Paul Roux;Verdon Meca;paul@verdon-meca.fr;73282932000074\n"
            "Julie Martin;Verdon Meca;julie@verdon-meca.fr;\n",
            host="res.partner",
            user=self.steward,
        )
        people = desk.row_ids.partner_id
        self.assertEqual(len(people), 3)
        self.assertEqual(people.mapped("is_company"), [True, False, False])
        self.assertEqual(people[1:].parent_id, people[0])

    def test_lists_in_the_other_language_and_yes_and_no(self):
        lead = self.lead(
            "Nom;E-mail;Origine;Effectif;CA annuel\n"
            "Ada Lovelace;ada@engines.fr;Trade fair;11-50;1 234 500,50 €\n"
            "Salma Bennani;salma@motors.fr;salon professionnel;45;2,5 M€\n"
        )
        self.assertEqual(lead.sheet_source_id.code, "trade_fair")
        self.assertTrue(all(each.sheet_revenue_id for each in lead), lead.mapped("description"))
        self.assertTrue(all(each.sheet_headcount_id for each in lead))

    def test_amounts_and_days_that_do_not_exist(self):
        desk = self.file(
            "Nom;E-mail;Budget;Échéance\n"
            "Ada Lovelace;ada@engines.fr;1 234,50 €;29/02/2025\n"
            "Salma Bennani;salma@motors.fr;1.234,50;30/06/2027\n"
            "Paul Roux;paul@meca.fr;12,345.60;2027-06-30\n"
        )
        lead = desk.row_ids.lead_id
        self.assertEqual(len(lead), 3)
        targets = desk._target_map()
        budget = targets[desk.column_ids[2].target].field.name
        self.assertEqual(lead.mapped(budget), [1234.5, 1234.5, 12345.6])
        self.assertIn("29/02/2025", lead[0].description)
        self.assertFalse(lead[0].sheet_deadline)
        self.assertEqual(str(lead[1].sheet_deadline), "2027-06-30")

    def test_consents_in_words(self):
        desk = self.file(
            "Nom;E-mail;Opt-in e-mail;Date du consentement;Source du consentement\n"
            "Ada Lovelace;ada@engines.fr;oui;01/02/2025;Salon de Lyon\n"
            "Salma Bennani;salma@motors.fr;x;;\n"
            "Paul Roux;paul@meca.fr;non;;\n"
            "Julie Martin;julie@martin.fr;peut-être;01/02/2025;Salon\n"
        )
        self.assertIn("ne compte pas", desk.row_ids[1].problem_text)
        self.assertIn("peut-être", desk.row_ids[3].lead_id.description or "")

    def test_a_mean_csv(self):
        desk = self.file(
            'Nom;E-mail;Société;Commentaire\n"Ada ""la"" Lovelace";ada@engines.fr;"A;B\nC";'
            '\'quoté\n;;;\n;;;\nSalma;salma@motors.fr;=HYPERLINK("http://x");@SUM(1)\n'
        )
        lead = desk.row_ids.lead_id
        self.assertEqual(lead[0].contact_name, 'Ada "la" Lovelace')
        self.assertEqual(lead[0].partner_name, "A;B C")
        self.assertIn("@SUM(1)", lead[1].description)

    def test_markup_is_text(self):
        lead = self.lead(
            "Nom;E-mail;Commentaire;Besoin\n"
            "<img src=x onerror=alert(1)>;x@engines.fr;<script>alert(1)</script>;"
            "Une pompe {{7*7}} ${7*7}\n"
        )
        self.assertNotIn("<script", lead.description or "")
        self.assertIn("{{7*7}}", lead.sheet_need)

    def test_numbers_of_excel(self):
        book = openpyxl.Workbook()
        book.active.append(["Raison sociale", "Téléphone", "CP", "SIRET", "E-mail"])
        book.active.append(["Engines", 472001122, 1000, 73282932000074, "a@engines.fr"])
        book.active.append(["Motors", 472001123.0, "01000", 7.3282932000074e13, "b@motors.fr"])
        content = io.BytesIO()
        book.save(content)
        lead = self.lead(content.getvalue(), name="clients.xlsx")
        self.assertEqual(lead.mapped("zip"), ["01000", "01000"])
        self.assertEqual(lead[0].phone_sanitized, "+33472001122")

    def test_more_cells_than_titles_and_fewer(self):
        desk = self.file(
            "Nom;E-mail\nAda Lovelace;ada@engines.fr;en trop;encore\nSalma Bennani\n;;;seul\n"
        )
        self.assertEqual(desk.row_ids.mapped("outcome"), ["done", "done", "failed"])

    def test_an_empty_table_under_titles(self):
        desk = self.file("Nom;E-mail\n")
        self.assertFalse(desk.row_ids)
        self.assertEqual(desk.desk()["report"]["failed"], 0)
