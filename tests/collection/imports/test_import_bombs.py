import io
import struct
import zipfile
from unittest.mock import patch

import xlsxwriter

from odoo.tests import BaseCase, tagged

from ....tools.table import read, workbook
from ....tools.table.fault import TableError
from .nasty import _archive

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


@tagged("post_install", "-at_install")
class TestBombs(BaseCase):
    """A small file that unpacks to anything is refused in a sentence, before it is unpacked."""

    def refused(self, data):
        with self.assertRaises(TableError) as caught:
            looked = read.look(data)
            for _row in read.rows(data, looked):
                pass
        return caught.exception.code

    def workbook(self, rows=3):
        file = io.BytesIO()
        book = xlsxwriter.Workbook(file)
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Nom", "E-mail"])
        for row in range(1, rows):
            sheet.write_row(row, 0, ["A" * 30_000] * 2)
        book.close()
        return file.getvalue()

    def test_cells_that_are_repeated(self):
        row = (
            '<table:table-row table:number-rows-repeated="16000"><table:table-cell'
            ' table:number-columns-repeated="16384" office:value-type="string">'
            f"<text:p>{'A' * 30_000}</text:p></table:table-cell></table:table-row>"
        )
        content = f'<d {NAMES}><table:table table:name="S">{row}</table:table></d>'
        data = _archive({"META-INF/manifest.xml": "<m/>", "content.xml": content})
        self.assertEqual(self.refused(data), "too_large")
        self.assertLess(len(str(read.look(data).as_json())), 10_000_000)

    def test_one_text_in_many_cells(self):
        data = self.workbook(rows=100)
        with patch.object(workbook, "LARGEST", 1_000_000):
            self.assertEqual(self.refused(data), "too_large")
        self.assertEqual(len(list(read.rows(data, read.look(data)))), 99)

    def test_a_part_that_is_read_as_a_tree(self):
        with patch.object(workbook, "LARGEST_TREE", 100):
            self.assertEqual(self.refused(self.workbook()), "too_large")

    def test_a_part_that_says_that_it_is_small(self):
        data = self.workbook()
        size = zipfile.ZipFile(io.BytesIO(data)).getinfo("xl/sharedStrings.xml").file_size
        forged = data.replace(struct.pack("<I", size), struct.pack("<I", 100))
        self.assertNotEqual(forged, data)
        self.assertEqual(self.refused(forged), "broken")

    def test_cells_that_stand_nowhere(self):
        """A reader that takes room for all cells up to them would end with its server."""
        with zipfile.ZipFile(io.BytesIO(self.workbook())) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        sheet = "xl/worksheets/sheet1.xml"
        for place in (b"A4294967295", b"ABCDEF2", b"XFE2", b"A0"):
            with self.subTest(place=place):
                forged = {**parts, sheet: parts[sheet].replace(b'"A2"', b'"%s"' % place)}
                self.assertEqual(self.refused(_archive(forged)), "broken")

    def test_entities(self):
        bomb = f'<!DOCTYPE x [<!ENTITY a "{"A" * 1000}">'
        for name, before in zip("bcdefg", "abcdef", strict=True):
            bomb += f'<!ENTITY {name} "{f"&{before};" * 10}">'
        bomb += "]>"
        content = f'{bomb}<d {NAMES}><table:table table:name="&g;"/></d>'
        data = _archive({"META-INF/manifest.xml": "<m/>", "content.xml": content})
        self.assertEqual(self.refused(data), "broken")
