"""Spreadsheets of LibreOffice and others (.ods): XML in an archive, read a row at a time."""

import io
import re
import zipfile

from lxml import etree

from .cells import cut, plain
from .fault import TableError
from .workbook import check_size

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_NUMBERS = ("float", "percentage", "currency")
_ZEROS_RE = re.compile(r"0[\d .()/-]+")
#: Sheets are filled up to their end with rows that are repeated a million times.
_MOST_REPEATED = 16_384


class Book:
    """A spreadsheet."""

    format = "ods"
    encoding = separator = ""

    def __init__(self, data):
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        check_size(self._archive)
        if b"encryption-data" in self._archive.read("META-INF/manifest.xml"):
            raise TableError("password")
        self._sizes = self._sizes_of_sheets()
        self.sheets = list(self._sizes)
        if not self.sheets:
            raise TableError("empty")
        self.best = max(self.sheets, key=lambda name: self._sizes[name])

    def notes(self, _sheet):
        """Return what the user should know, as codes: nothing."""
        return ()

    def lines(self, sheet):
        """Return about how many rows a sheet has."""
        return self._sizes[sheet]

    def rows(self, sheet):
        """Yield the cells of each row of a sheet."""
        missing = 0
        for name, row in self._rows():
            if name != sheet:
                continue
            cells = _cells(row)
            repeated = int(row.get(f"{_TABLE}number-rows-repeated", 1))
            if not cells:
                missing += repeated
                continue
            yield from ([] for _line in range(missing))
            missing = 0
            yield from (list(cells) for _line in range(min(repeated, _MOST_REPEATED)))

    def _rows(self):
        """Yield ``(name of the sheet, element of a row)``; an element lives until the next one."""
        name = None
        with self._archive.open("content.xml") as part:
            tags = (f"{_TABLE}table", f"{_TABLE}table-row")
            events = etree.iterparse(
                part, ("start", "end"), tag=tags, resolve_entities=False, huge_tree=True
            )
            for event, element in events:
                if element.tag == tags[0]:
                    name = element.get(f"{_TABLE}name") if event == "start" else None
                elif event == "end":
                    yield name, element
                    element.clear()
                    while element.getprevious() is not None:
                        del element.getparent()[0]

    def _sizes_of_sheets(self):
        """Return ``{name: rows with something in them}``, in order."""
        sizes = {}
        for name, row in self._rows():
            is_filled = any(cell.get(f"{_OFFICE}value-type") for cell in row)
            sizes[name] = sizes.get(name, 0) + is_filled
        return sizes


def _cells(row):
    cells = []
    for element in row:
        if element.tag not in _CELLS:
            continue
        value = _value(element)
        repeated = int(element.get(f"{_TABLE}number-columns-repeated", 1))
        cells.extend([value] * min(repeated, _MOST_REPEATED))
    return cut(cells)


def _value(element):
    kind = element.get(f"{_OFFICE}value-type")
    if kind in _NUMBERS:
        text = _shown(element)
        value = plain(float(element.get(f"{_OFFICE}value")))
        if currency := element.get(f"{_OFFICE}currency"):
            return f"{value} {currency}"
        return text if isinstance(value, int) and _ZEROS_RE.fullmatch(text) else value
    if kind == "date":
        return element.get(f"{_OFFICE}date-value").removesuffix("T00:00:00")
    if kind == "boolean":
        return element.get(f"{_OFFICE}boolean-value") == "true"
    return plain(_shown(element)) if kind else None


def _shown(element):
    """Return what the cell shows, without the comments on it."""
    lines = ("".join(_pieces(line)) for line in element.iterchildren(f"{_TEXT}p"))
    return "\n".join(lines)


def _pieces(line):
    yield line.text or ""
    for child in line:
        if child.tag == f"{_TEXT}s":
            yield " " * int(child.get(f"{_TEXT}c", 1))
        elif child.tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            yield " " if child.tag.endswith("tab") else "\n"
        else:
            yield from _pieces(child)
        yield child.tail or ""
