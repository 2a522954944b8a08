"""The register as a workbook: the list of activities, then a sheet for each, as the CNIL has it."""

import io
import re

import xlsxwriter


def workbook(register, list_name):
    """Return the bytes of a workbook.

    :param register: as ``headings`` describes it
    :param list_name: of the first sheet
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        shapes = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "label": book.add_format({"bold": True, "valign": "top", "text_wrap": True}),
            "text": book.add_format({"valign": "top", "text_wrap": True}),
        }
        _list(book.add_worksheet(_name(list_name)), register, shapes)
        for activity in register["activities"]:
            name = _name(f"{activity['reference']} {activity['name']}")
            _activity(book.add_worksheet(name), register, activity, shapes)
    return buffer.getvalue()


def _list(sheet, register, shapes):
    _start(sheet, register["title"], shapes)
    activities = [[each["reference"], each["name"]] for each in register["activities"]]
    _rows(sheet, 2, [*register["head"], ["", ""], *activities], shapes)


def _activity(sheet, register, activity, shapes):
    _start(sheet, activity["name"], shapes)
    lines = activity["lines"]
    rows = [[label, "\n".join(lines.get(code) or ["–"])] for code, label in register["headings"]]
    _rows(sheet, 2, rows, shapes)


def _start(sheet, title, shapes):
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, title, shapes["title"])


def _rows(sheet, first, rows, shapes):
    for number, (label, text) in enumerate(rows, first):
        sheet.write_string(number, 0, label, shapes["label"])
        sheet.write_string(number, 1, text, shapes["text"])


def _name(text):
    """Return a text as the name of a sheet.

    >>> _name("T001 What/for: a very long name of an activity")
    'T001 What for  a very long name'
    """
    return re.sub(r"[\[\]:*?/\\']", " ", text)[:31].strip() or "-"
