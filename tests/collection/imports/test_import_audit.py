"""What is wrong with a file is said before anything is imported."""

from odoo.tests import BaseCase, tagged

from ....models.collection.audit.facts import Column
from .import_file_common import FileCase


def found(header, *cells, **checks):
    """Return what a column looks like, and ``{code: count}`` of its findings."""
    column = Column(header, **checks)
    for line, cell in enumerate(cells, 2):
        if cell is not None:
            column.add(line, cell)
    result = column.result()
    return result["looks_like"], {each["code"]: each["count"] for each in result["findings"]}


@tagged("post_install", "-at_install")
class TestImportFacts(BaseCase):
    def test_lost_zeros(self):
        phones = ("0612345678", "612345678", 612345679, "+33612345670")
        self.assertEqual(found("Tél", *phones), ("phone", {"lost_zeros": 2, "no_country": 3}))
        self.assertEqual(found("CP", "75001", 1000, "01000"), ("zip", {"lost_zeros": 1}))
        self.assertEqual(found("SIRET", 5_552_100_300_017), ("siret", {"lost_zeros": 1}))

    def test_codes_of_four_digits_are_right_where_all_have_four(self):
        self.assertEqual(found("Code postal", 1000, 4000, "5000"), ("zip", {}))

    def test_lost_digits(self):
        self.assertEqual(
            found("SIRET", "7.32829E+13", "7,32829E+13", 73282900000000, "73282932000074"),
            ("siret", {"scientific": 3}),
        )

    def test_a_siren_is_no_phone_number(self):
        self.assertEqual(found("Identifiant", "732829320", 552100554)[0], "siren")
        self.assertEqual(found("Téléphone", "732829320", 552100554)[0], "phone")

    def test_floats(self):
        self.assertEqual(found("Réf", "12345.0", "12346")[1], {"floats": 1})
        self.assertEqual(
            found("Tél", "612345679.0", "+33612345670")[1],
            {"floats": 1, "lost_zeros": 1, "no_country": 1},
        )

    def test_dates(self):
        dates = ("25/12/2024", "26/12/2024", "12/25/2024", "01/02/2024", "2024-12-25")
        self.assertEqual(found("Date", *dates), ("date", {"two_orders": 1}))
        self.assertEqual(found("Date", "29/02/2025", "28/02/2025"), ("date", {"bad_dates": 1}))
        self.assertEqual(found("Né le (naissance)", "2999-01-01")[1], {"future": 1})

    def test_several_values(self):
        self.assertEqual(found("Mail", "a@b.fr; c@d.fr", "e@f.fr")[1], {"several": 1})
        phones = ("06 12 34 56 78 / 04 72 00 00 01", "+33612345678")
        self.assertEqual(found("Tél", *phones)[1]["several"], 1)

    def test_texts(self):
        self.assertEqual(found("Ville", "OrlÃ©ans", "Lyon")[1], {"broken": 1})
        self.assertEqual(found("Ville", "N/A", "xxx", "Lyon")[1], {"filler": 2})
        self.assertEqual(found("Réf", "'0612", '="0613"', "A1")[1], {"quoted": 2})

    def test_what_a_checker_finds(self):
        checks = {
            "find_sensitive": lambda text: "cancer" in text,
            "is_free": {"gmail.com"}.__contains__,
        }
        notes = ("il a un cancer", "rappeler lundi")
        self.assertEqual(found("Notes", *notes, **checks)[1], {"sensitive": 1})
        self.assertEqual(found("Nom", "rue du cancer bleu", **checks)[1], {})
        self.assertEqual(found("Mail", "a@gmail.com", "b@x.fr", **checks)[1], {"free_mail": 1})

    def test_kinds(self):
        self.assertEqual(found("Actif", "oui", "non", "oui")[0], "yes_no")
        self.assertEqual(found("Statut", *["chaud", "froid", "tiède"] * 10)[0], "list")
        self.assertEqual(found("CA", "1 234,50 €", 12, "3 k€")[0], "number")
        self.assertEqual(found("Site", "www.atlas.fr", "https://x.example/a")[0], "website")
        self.assertEqual(found("TVA", "FR44732829320")[0], "vat")
        self.assertEqual(found("ICE", "001561191000066")[0], "ice")
        self.assertEqual(found("Vide"), ("empty", {}))


@tagged("post_install", "-at_install")
class TestImportAudit(FileCase):
    def test_a_report_with_its_titles_again(self):
        desk = self.nasty("report.csv")
        desk.look_through()
        self.assertEqual(sorted(self.cells(desk)), [5, 6, 8, 9])
        self.assertEqual(self.found(desk)["titles_again"], (1, [7]))
        self.assertEqual(self.found(desk)["total"], (1, [9]))
        self.assertEqual(self.found(desk, "Date de naissance")["two_orders"][0], 1)
        self.assertEqual(self.found(desk, "Né le")["bad_dates"], (1, [8]))

    def test_the_same_customer_several_times(self):
        desk = self.begin(
            "Société;E-mail;Tél;CP\nAtlas;a@atlas.example;0612345678;69001\n"
            "Verdon;b@verdon.example;0612345679;04120\n"
            "ATLAS ;A@Atlas.example;06 12 34 56 70;69001\n"
        )
        desk.look_through()
        self.assertEqual(self.found(desk)["same_email"], (2, [2, 4]))
        self.assertEqual(self.found(desk)["same_name"], (2, [2, 4]))
        self.assertNotIn("same_phone", self.found(desk))

    def test_a_second_table_is_told(self):
        desk = self.nasty("two_tables.xlsx")
        desk.look_through()
        self.assertEqual(self.found(desk)["gap"], (1, [10]))
        self.assertIn("A column without title", " ".join(desk.desk()["look"]["notes"]))

    def test_numbers_that_lost_digits_are_not_the_same(self):
        desk = self.begin(
            "Nom,SIRET\nA,7.32829E+13\nB,7.32829E+13\nC,73282932000074\nD,732 829 320 00074\n"
            "E,73282932000074.0\n"
        )
        desk.look_through()
        self.assertEqual(self.found(desk)["same_number"], (3, [4, 5, 6]))

    def test_each_finding_is_a_sentence_and_names_rows(self):
        desk = self.nasty("numbers.csv")
        columns = desk.look_through()["audit"]["columns"]
        findings = [each for column in columns for each in column["findings"]]
        self.assertTrue(findings)
        for each in findings:
            self.assertNotIn("%", each["sentence"])
            self.assertTrue(each["lines"])

    def test_words_of_private_life_are_found(self):
        desk = self.begin("Nom;Notes\nDupont;Il est diabétique depuis longtemps\n")
        desk.look_through()
        self.assertEqual(self.found(desk, "Notes")["sensitive"], (1, [2]))


@tagged("post_install", "-at_install")
class TestImportAuditPrinted(FileCase):
    def test_it_is_printed(self):
        desk = self.nasty("report.csv")
        desk.look_through()
        action = desk.audit_report()
        report = self.env["ir.actions.report"].with_user(self.rep)
        html, kind = report._render_qweb_html(action["report_name"], desk.ids)
        self.assertEqual(kind, "html")
        self.assertIn("Date de naissance", html.decode())
        self.assertIn("day and month", html.decode())
