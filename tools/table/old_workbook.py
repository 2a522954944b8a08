"""Workbooks of Excel before 2007 (.xls), read by xlrd as far as it is installed."""

import io

from .cells import cut, dressed, plain
from .fault import TableError

try:
    import xlrd
except ImportError:
    xlrd = None


class Book:
    """A workbook; hidden sheets are offered last."""

    format = "xls"
    encoding = separator = ""

    def __init__(self, data):
        if not xlrd:
            raise TableError("no_reader", "xlrd")
        try:
            self._book = xlrd.open_workbook(
                file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO()
            )
        except xlrd.XLRDError as error:
            raise TableError("password" if "encrypted" in str(error) else "broken") from error
        sheets = [self._book.sheet_by_name(name) for name in self._book.sheet_names()]
        self.sheets = [sheet.name for sheet in sorted(sheets, key=lambda each: each.visibility)]
        shown_sheets = [sheet for sheet in sheets if not sheet.visibility] or sheets
        self.best = max(shown_sheets, key=lambda sheet: sheet.nrows * sheet.ncols).name
        self._codes = [
            self._book.format_map[each.format_key].format_str for each in self._book.xf_list
        ]

    def notes(self, _sheet):
        """Return what the user should know, as codes: nothing."""
        return ()

    def lines(self, sheet):
        """Return how many rows a sheet has."""
        return self._book.sheet_by_name(sheet).nrows

    def rows(self, sheet):
        """Yield the cells of each row of a sheet."""
        sheet = self._book.sheet_by_name(sheet)
        for number in range(sheet.nrows):
            yield cut([self._cell(cell) for cell in sheet.row(number)])

    def _cell(self, cell):
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        if cell.ctype == xlrd.XL_CELL_DATE:
            return self._date(cell.value)
        if cell.ctype == xlrd.XL_CELL_NUMBER:
            return dressed(plain(cell.value), self._codes[cell.xf_index])
        return plain(cell.value) if cell.ctype == xlrd.XL_CELL_TEXT else None

    def _date(self, value):
        try:
            moment = xlrd.xldate_as_datetime(value, self._book.datemode)
        except (ValueError, OverflowError, xlrd.XLDateError):
            return plain(value)
        return plain(moment.time() if 0 < value < 1 else moment)
