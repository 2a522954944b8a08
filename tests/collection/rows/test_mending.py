import io

import openpyxl

from odoo.tests import tagged

from .import_common import COLUMNS, ImportCase, person

NOBODY = ["", "", "", None, "=1+1"]


@tagged("post_install", "-at_install")
class TestMending(ImportCase):
    """The rows that failed come back corrected, and only those."""

    def failed(self, *more):
        return self.imported(person(1), NOBODY, ["", "", "", 612345678, "'quoted"], NOBODY, *more)

    def sheet(self, desk):
        book = openpyxl.load_workbook(io.BytesIO(desk._workbook()))
        return [list(row) for row in book.active.iter_rows(values_only=True)]

    def back(self, desk, rows, user=None):
        """Import the rows of a workbook, its hidden codes as columns."""
        _headers, codes, *_rows = self.sheet(desk)
        columns = [code or "What to correct" for code in codes]
        return self.imported(*rows, columns=columns, user=user)

    def test_cells_come_back_as_they_were(self):
        desk = self.failed()
        headers, codes, first, second = self.sheet(desk)
        self.assertEqual(codes[:5], list(COLUMNS))
        self.assertEqual(codes[-1], "key")
        self.assertEqual(first[:5], [None, None, None, None, "=1+1"])
        self.assertIn("Nothing says who this is", first[5])
        self.assertEqual(len(headers), 7)
        self.assertEqual(len({first[-1], second[-1]}), 2)

    def test_corrected_rows_are_imported_and_no_other(self):
        desk = self.failed()
        leads = desk.row_ids.lead_id
        _headers, _codes, first, second = self.sheet(desk)
        first[:3] = "Ada Lovelace", "Engines", "ada@engines.fr"
        again = self.back(desk, [first, second])
        self.assertEqual(self.figures(again.desk()["report"]), {"created": 1, "failed": 1})
        self.assertEqual(
            self.figures(desk.desk()["report"]), {"created": 2, "mended": 1, "failed": 1}
        )
        self.assertEqual(desk.row_ids.lead_id - again.row_ids.lead_id, leads)
        # and once more: what was corrected is no failure, nor a second lead
        second[:3] = "Salma Bennani", "Motors", "salma@motors.fr"
        third = self.back(desk, [first, second])
        self.assertEqual(self.figures(third.desk()["report"]), {"created": 1, "skipped": 1})
        self.assertEqual(self.figures(desk.desk()["report"]), {"created": 2, "mended": 2})

    def test_a_key_is_nobodys_to_make(self):
        desk = self.failed()
        _headers, _codes, first, _second = self.sheet(desk)
        named, _dash, _signed = first[-1].rpartition("-")
        forged = [*person(5), None, f"{named}-0123456789abcdef"]
        for key in (forged[-1], "x", "1-2", "é-à"):
            forged[-1] = key
            again = self.back(desk, [forged])
            self.assertEqual(self.figures(again.desk()["report"]), {"failed": 1})
        foreign = self.back(desk, [[*person(6), None, first[-1]]], user=self.rival)
        self.assertEqual(self.figures(foreign.desk()["report"]), {"failed": 1})

    def test_a_workbook_is_logged(self):
        desk = self.failed()
        desk._workbook()
        log = self.env["customer.sheet.export.log"].search([], limit=1)
        self.assertEqual((log.user_id, log.record_count), (self.rep, 2))
