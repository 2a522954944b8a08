import io

import xlsxwriter

from odoo import models

from ...sheet.called import called
from ..rows.desk import MENDED
from ..template.workbook import CODES, FIRST, TITLES

#: Longest number that a spreadsheet keeps whole.
DIGITS = 15

#: Rows in which a key is looked for that tells where the file comes from.
LOOKED_AT = 50

#: Rows read at once while the workbook is written.
BATCH = 1000


class CustomerSheetImport(models.Model):
    """The error workbook: the rows that failed, as they were, and what to correct in each.

    Dropped back it corrects those rows and no other: each has a key.
    """

    _inherit = "customer.sheet.import"

    @called(one=True)
    def workbook(self):
        """Download the rows that could not be imported, to be corrected and imported again."""
        url = f"/customer_sheet/import/{self.id}.xlsx"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def _workbook(self):
        """Return the error workbook: original cells, *What to correct* and the key of each row."""
        self._note_workbook()
        buffer = io.BytesIO()
        with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
            sheet = book.add_worksheet(self.env._("To correct"))
            text = book.add_format({"num_format": "@"})
            bold = book.add_format({"bold": True, "text_wrap": True})
            columns = self.column_ids.sorted("position")
            headers = [column.header or "" for column in columns]
            extra = [self.env._("What to correct"), self.env._("Row key (leave as it is)")]
            for position, header in enumerate([*headers, *extra]):
                sheet.write_string(TITLES, position, header, bold)
            codes = [*(column.target or "" for column in columns), "", "key"]
            for position, code in enumerate(codes):
                sheet.write_string(CODES, position, code)
            sheet.set_row(CODES, None, None, {"hidden": True})
            sheet.set_column(len(headers), len(headers), 60)
            sheet.freeze_panes(FIRST, 0)
            for number, row in enumerate(self._failed_rows(), FIRST):
                cells = list(row.cells or ())[: len(headers)]
                cells += [None] * (len(headers) - len(cells))
                for position, cell in enumerate([*cells, row.problem_text, row._key()]):
                    _write(sheet, number, position, cell, text)
        return buffer.getvalue()

    def _note_workbook(self):
        rows = self.env["customer.sheet.import.row"].search(self._outcome_domain("failed"))
        headers = self.column_ids.mapped("header")
        log = self.env["customer.sheet.export.log"]
        log._note(rows._name, rows.ids, "export", [each or "" for each in headers])

    def _failed_rows(self):
        """Yield the rows that could not be imported, in the order of the file."""
        rows = self.env["customer.sheet.import.row"]
        found = rows.search(self._outcome_domain("failed"))
        for start in range(0, len(found), BATCH):
            yield from found[start : start + BATCH]
            rows.invalidate_model()

    # -- the way back ------------------------------------------------------------------

    def _columns_read(self):
        done = super()._columns_read()
        if original := self._comes_from():
            self._decide_as(original)
        return done

    def _comes_from(self):
        """Return the import whose rows come back in this file, if any."""
        rows = self.env["customer.sheet.import.row"]
        places = self.column_ids.filtered(lambda each: each.target == "key").mapped("position")
        of_person = rows.with_user(self.user_id)
        for row in rows.search([("import_id", "=", self.id)], limit=LOOKED_AT) if places else ():
            key = row.cells[places[0]] if places[0] < len(row.cells) else None
            original = of_person._by_key(key).import_id.sudo()
            if original.host == self.host and original.id < self.id:
                return original
        return None

    def _decide_as(self, original):
        """Take over what was decided of a file: its order of dates, its values, its policy."""
        self.policy = original.policy
        targets = self.with_user(self.user_id)._target_map()
        before = {(each.header, each.target): each for each in original.column_ids}
        for column in self.column_ids:
            same = before.get((column.header, column.target))
            if same and same.target in targets:
                as_person = column._with_person(self.with_user(self.user_id).env)
                as_person._become(targets[same.target], column.why, same._known_values())
                column.month_first = same.month_first

    def _read_rows(self, rows):
        """Let a row with a key correct the row that the key names, once."""
        read = super()._read_rows(rows)
        for row, (values, _problems) in read.items():
            if key := values.get("key"):
                original = self.env["customer.sheet.import.row"]._by_key(key)
                row.mends_id = original
                if original.outcome != "failed":
                    read[row] = values, [self._wrong_key(original)]
        return read

    def _wrong_key(self, original):
        if original:
            words = self.env._("This row has been corrected and imported already.")
            return {"position": None, "code": MENDED, "words": words}
        words = self.env._(
            "The key of this row is none of an import of yours: empty the cell to import it as a"
            " new row."
        )
        return {"position": None, "code": "key", "words": words}


def _write(sheet, row, position, cell, text):
    """Write a cell as what it is: a text that starts with ``=`` is no formula."""
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, position, cell)
    elif isinstance(cell, (int, float)) and len(str(cell).strip("-")) <= DIGITS + 2:
        sheet.write_number(row, position, cell)
    else:
        sheet.write_string(row, position, str(cell), text)
