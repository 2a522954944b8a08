"""A workbook that needs no choice when it is imported: titles, hidden codes, lists, formats."""

import io
from datetime import date
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

#: Rows of an empty template that have drop-downs and formats.
ROWS = 5000

#: Titles of columns, their codes and the first row of data.
TITLES, CODES, FIRST = 0, 1, 2

LISTS = "Lists"


class Column(NamedTuple):
    """A column of the workbook.

    :ivar code: what it becomes: hidden, below its title
    :ivar kind: ``text``, ``date`` or ``number``
    :ivar hint: shown beside its title
    :ivar labels: the values of its list, if it has one
    :ivar is_open: whether a cell may hold other texts, as several values
    """

    code: str
    title: str
    kind: str = "text"
    hint: str = ""
    labels: tuple = ()
    is_open: bool = False


def write(columns, rows=(), *, name, error, date_format="yyyy-mm-dd"):
    """Return the bytes of a workbook.

    No cell is a formula, whatever a text begins with.

    :param columns: list of :class:`Column`
    :param rows: lists of cells: text, number, date or nothing
    :param name: of the sheet
    :param error: what a cell says that is no value of its list
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet(name[:31])
        formats = {
            "text": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": date_format}),
            "number": book.add_format({"num_format": "General"}),
        }
        title = book.add_format({"bold": True, "bg_color": "#E9ECEF", "bottom": 1})
        for place, column in enumerate(columns):
            sheet.set_column(place, place, max(14, len(column.title) + 2), formats[column.kind])
            sheet.write_string(TITLES, place, column.title, title)
            sheet.write_string(CODES, place, column.code)
            if column.hint:
                sheet.write_comment(TITLES, place, column.hint, {"x_scale": 2})
        sheet.set_row(CODES, None, None, {"hidden": True})
        sheet.freeze_panes(FIRST, 1)
        last = FIRST
        for last, cells in enumerate(rows, FIRST):
            for place, (column, cell) in enumerate(zip(columns, cells, strict=True)):
                _write(sheet, last, place, cell, formats[column.kind])
        _lists(book, sheet, columns, max(last, FIRST + ROWS), error)
    return buffer.getvalue()


def _write(sheet, row, place, cell, shape):
    if cell is None or cell == "":
        return
    if isinstance(cell, date):
        sheet.write_datetime(row, place, cell, shape)
    elif isinstance(cell, (int, float)):
        sheet.write_number(row, place, cell, shape)
    else:
        sheet.write_string(row, place, cell, shape)


def _lists(book, sheet, columns, last, error):
    """Give the columns of list values their drop-downs, from a hidden sheet."""
    listed = [(place, column) for place, column in enumerate(columns) if column.labels]
    if not listed:
        return
    lists = book.add_worksheet(LISTS)
    lists.hide()
    for number, (place, column) in enumerate(listed):
        for row, label in enumerate(column.labels):
            lists.write_string(row, number, label)
        letter = xl_col_to_name(number)
        source = f"={LISTS}!${letter}$1:${letter}${len(column.labels)}"
        options = {"validate": "list", "source": source, "show_error": not column.is_open}
        sheet.data_validation(FIRST, place, last, place, options | {"error_message": error})
