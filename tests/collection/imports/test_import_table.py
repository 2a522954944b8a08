"""Files become the right table, or one clear word why not."""

import csv
import io
import zipfile
from contextlib import suppress
from unittest.mock import patch

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ....tools.table import read, workbook
from ....tools.table.fault import TableError
from .import_file_common import FILES
from .nasty import _workbook

#: By file: format, titles, and the first row with its line.
TABLES = {
    "windows.csv": (
        "csv",
        ["Société", "Ville", "CA", "Notes"],
        (2, ["Hélène; et fils", "Orléans", "1 234,50 €", 'a dit "oui"\net rappelle']),
    ),
    "utf16.txt": ("csv", ["Nom", "Ville"], (2, ["Élodie", "Guéret"])),
    "macintosh.csv": (
        "csv",
        ["Prénom", "Métier", "Société"],
        (2, ["Hélène", "Géomètre à façon", "Société générale d'études"]),
    ),
    "report.csv": (
        "csv",
        ["Client", "E-mail", "Né le", "Date de naissance", "", ""],
        (5, ["Dupont", "a@dupont.example", "25/12/1980", "12/25/1980"]),
    ),
    "numbers.csv": (
        "csv",
        ["Raison sociale", "SIRET", "Téléphone", "CP"],
        (2, ["Atelier Un", "7.32829E+13", "612345678", "1000"]),
    ),
    "quotes.csv": ("csv", ["Nom", "Notes"], (2, ["Dupont", "\"n'a pas rappelé"])),
    "no_titles.csv": (
        "csv",
        ["", "", ""],
        (1, ["Julie Martin", "julie@martin.example", "0612345678"]),
    ),
    "cards.vcf": (
        "vcard",
        [
            *("name", "first_name", "last_name", "company", "function", "email", "phone"),
            *("website", "street", "zip", "city", "country", "note"),
        ],
        (
            2,
            [
                *("Julie Martin", "Julie", "Martin", "Atlas Meca", None, "julie@atlas.example"),
                "06 12 34 56 78",
            ],
        ),
    ),
    "merged.xlsx": (
        "xlsx",
        ["Société", "Siège Nom", "Ville", "Contact Nom", "E-mail"],
        (5, ["Atlas", "Tour Un", "Lyon", "Julie Martin", "j@atlas.example"]),
    ),
    "five_sheets.xlsx": ("xlsx", ["Nom", "Ville", "Total"], (2, ["Client 1", "Lyon", 1.5])),
    "zeros.xlsx": (
        "xlsx",
        ["Nom", "Tél.", "CP", "Depuis", "Vu le", "Actif", "SIRET"],
        (
            2,
            [
                *("Atlas", "06 12 34 56 78", "01000", "2025-02-28", "2025-02-28T10:00:00"),
                *(True, 73282932000074),
            ],
        ),
    ),
    "old.xls": (
        "xls",
        ["Nom", "CP", "Depuis", "Tél."],
        (2, ["Hélène", "01000", "2025-02-28", 612345678]),
    ),
    "open.ods": (
        "ods",
        ["Nom", "CP", "Depuis", "CA"],
        (2, ["Hélène", "01000", "2025-02-28", 1234.5]),
    ),
}
TABLES |= {
    "torn.csv": ("csv", ["Nom", "Notes", "Ville"], (2, ["Ada", '"à rappeler', "Lyon"])),
    "mixed.csv": ("csv", ["Nom", "Ville"], (2, ["Élodie", "Guéret"])),
    "nul.csv": ("csv", ["Nom", "Ville"], (2, ["Ada", "Lyon"])),
    "two_tables.xlsx": (
        "xlsx",
        ["Nom", "E-mail", "Ville", "", "Produit", "Prix"],
        (2, ["Client 1", "c1@atlas.example", "Lyon", None, "Vis", 3]),
    ),
    "hidden.xlsx": ("xlsx", ["Nom", "Marge", "Ville"], (2, ["Client 1", 0.5, "Lyon"])),
    "formulas.xlsx": ("xlsx", ["Nom", "E-mail", "Ville"], (2, ["Client 1", None, "Lyon"])),
    "far_cell.xlsx": ("xlsx", ["Nom", "Ville"], (2, ["Ada", "Lyon"])),
    "currencies.xlsx": ("xlsx", ["Nom", "Budget"], (2, ["Client 1", "1000.5 €"])),
    "macintosh.xlsx": ("xlsx", ["Nom", "Depuis"], (2, ["Ada", "2025-02-28"])),
    "very_old.xls": ("xls", ["Nom", "Ville"], (2, ["Hélène", "Nîmes"])),
    "phone.vcf": (
        "vcard",
        TABLES["cards.vcf"][1],
        (2, ["Renée Dupré", "Renée", "Dupré", None, None, None, "0612345678"]),
    ),
}
#: What the user is told of a file, beside where its titles stand.
TOLD = {
    "quotes.csv": ["quotes"],
    "torn.csv": ["quotes"],
    "mixed.csv": ["mixed"],
    "two_tables.xlsx": ["apart"],
    "hidden.xlsx": ["hidden"],
    "formulas.xlsx": ["formulas"],
}
FAULTS = {
    "blank.csv": "empty",
    "empty.xlsx": "empty",
    "cut_off.xlsx": "broken",
    "password.xlsx": "password",
    "letter.docx": "not_table",
    "page.xls.html": "not_table",
}
SETTINGS = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
_CELL = st.text("aé€ب\"'=;,|\t\n ", max_size=5)


def _aside(book):
    sheet = book.add_worksheet()
    sheet.write_row("C2", ["Nom", "CP", "Ville"])
    sheet.write_row("C3", ["Ada", None, "Bourg"])
    sheet.write_number("D3", 1000, book.add_format({"num_format": "00000"}))


@tagged("post_install", "-at_install")
class TestImportTable(BaseCase):
    def table(self, name, **choices):
        data = (FILES / name).read_bytes()
        looked = read.look(data, **choices)
        return looked, list(read.rows(data, looked))

    def test_nasty_files_become_the_right_table(self):
        for name, (kind, headers, first) in TABLES.items():
            with self.subTest(file=name):
                looked, rows = self.table(name)
                self.assertEqual(looked.format, kind)
                self.assertEqual(looked.headers, headers)
                self.assertEqual((rows[0][0], rows[0][1][: len(first[1])]), first)

    def test_what_is_odd_is_told(self):
        usual = {"no_titles", "titles_above", "sheets"}
        for name in TABLES:
            looked = read.look((FILES / name).read_bytes())
            with self.subTest(file=name):
                self.assertEqual([n for n in looked.notes if n not in usual], TOLD.get(name, []))

    def test_a_quotation_mark_swallows_no_row(self):
        _looked, rows = self.table("torn.csv")
        self.assertEqual([cells[0] for _line, cells in rows], ["Ada", *["Bob"] * 3, "Eva", "Zoé"])
        self.assertEqual(rows[-1][1], ["Zoé", 'a dit;\nau "revoir"', "Metz"])

    def test_lines_in_another_encoding(self):
        _looked, rows = self.table("mixed.csv")
        self.assertEqual([cells[0] for _line, cells in rows], ["Élodie", "Zoé", "Hélène", "René"])

    def test_currencies_that_are_shown(self):
        _looked, rows = self.table("currencies.xlsx")
        budgets = [cells[1] for _line, cells in rows]
        self.assertEqual(budgets, ["1000.5 €", "2001 $", "3001.5 DH", 4002])

    def test_zeros_of_a_table_that_begins_further_right(self):
        data = _workbook(_aside)
        rows = list(read.rows(data, read.look(data)))
        self.assertEqual(rows, [(3, ["Ada", "01000", "Bourg"])])

    def test_cards_of_groups_are_nobody(self):
        _looked, rows = self.table("phone.vcf")
        self.assertEqual([cells[0] for _line, cells in rows], ["Renée Dupré", "Ada Byron"])
        self.assertIn("ada@atlas.example", rows[1][1])
        self.assertIn("Atlas, Méca", rows[1][1])

    def test_workbooks_are_read_the_same_without_calamine(self):
        names = [name for name in TABLES if name.endswith(".xlsx")]
        expected = {name: self.table(name) for name in names}
        with patch.object(workbook, "python_calamine", None):
            self.assertEqual({name: self.table(name) for name in names}, expected)

    def test_what_is_no_table_says_why(self):
        for name, code in FAULTS.items():
            with self.subTest(file=name), self.assertRaises(TableError) as caught:
                self.table(name)
            self.assertEqual(caught.exception.code, code)

    def test_no_file_makes_it_crash(self):
        for path in FILES.iterdir():
            data = path.read_bytes()
            for cut in (*range(0, len(data), max(len(data) // 12, 1)), len(data) - 1):
                with self.subTest(file=path.name, cut=cut):
                    with suppress(TableError):
                        list(read.rows(data[:cut], read.look(data[:cut])))

    def test_a_damaged_archive_is_broken(self):
        for name in ("zeros.xlsx", "open.ods"):
            with zipfile.ZipFile(FILES / name) as archive:
                parts = {each: archive.read(each) for each in archive.namelist()}
            for part in parts:
                for damaged in ({**parts, part: b"<x"}, {**parts, part: b""}):
                    data = io.BytesIO()
                    with zipfile.ZipFile(data, "w") as archive:
                        for each, content in damaged.items():
                            archive.writestr(each, content)
                    with self.subTest(file=name, part=part):
                        with suppress(TableError):
                            list(read.rows(data.getvalue(), read.look(data.getvalue())))

    def test_a_card_with_a_picture_is_read_whole(self):
        card = "BEGIN:VCARD\nFN:Ada\nPHOTO;ENCODING=b:" + "QUJD\n " * 9000 + "\nEMAIL:a@b.example\n"
        ((_line, cells),) = read.rows(card.encode(), read.look(card.encode()))
        self.assertIn("a@b.example", cells)

    def test_every_column_of_a_wide_table_is_read(self):
        looked, rows = self.table("wide.xlsx")
        self.assertEqual(looked.headers[299], "Colonne 299")
        self.assertEqual(rows[0][1][299], "valeur 299")

    def test_the_user_knows_better(self):
        looked, rows = self.table("five_sheets.xlsx", sheet="Listes", header_row=0)
        self.assertEqual(rows, [(1, ["Lyon"]), (2, ["Paris"])])
        looked, rows = self.table("windows.csv", encoding="mac_roman", header_row=2)
        self.assertEqual(looked.encoding, "mac_roman")
        self.assertEqual([line for line, _cells in rows], [3])
        looked, _rows = self.table("windows.csv", separator=",")
        self.assertEqual(looked.separator, ",")

    def test_a_formula_that_fails_is_no_value(self):
        _looked, rows = self.table("five_sheets.xlsx")
        self.assertEqual(rows[1][1], ["Client 2", "Lyon"])

    def test_the_codes_of_a_template_are_no_row(self):
        data = b"E-mail;Ville\nquestion:email;field:city\na@b.example;Lyon\n"
        looked = read.look(data)
        self.assertEqual(looked.codes, ["question:email", "field:city"])
        self.assertEqual(list(read.rows(data, looked)), [(3, ["a@b.example", "Lyon"])])

    def test_what_excel_says_of_the_separator_is_heeded(self):
        looked = read.look(b"sep=|\nNom|Ville, pays\nAda|Lyon, France\n")
        self.assertEqual((looked.separator, looked.headers), ("|", ["Nom", "Ville, pays"]))

    @SETTINGS
    @given(
        rows=st.lists(st.lists(_CELL, min_size=3, max_size=3), min_size=1, max_size=5),
        separator=st.sampled_from(";,\t|"),
        encoding=st.sampled_from(("utf-8", "utf-8-sig", "utf-16")),
    )
    @example(rows=[['a"b', ";", ","]], separator=";", encoding="utf-8")
    def test_what_is_written_is_read(self, rows, separator, encoding):
        text = io.StringIO()
        csv.writer(text, delimiter=separator).writerows([["Nom", "Ville", "E-mail"], *rows])
        data = text.getvalue().encode(encoding)
        looked = read.look(data, separator=separator, header_row=1)
        got = dict(read.rows(data, looked))
        for line, cells in enumerate(rows, 2):
            wanted = [cell.replace("\ufeff", "") for cell in cells]
            filled = [cell if cell and not cell.isspace() else None for cell in wanted]
            self.assertEqual((got.get(line, []) + [None] * 3)[:3], filled)
