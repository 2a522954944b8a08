"""Workbooks of Excel (.xlsx).

Read by python-calamine where it is installed, which is fast, else by openpyxl, which is not.
Calamine does not tell number formats; where some show what the numbers do not say (zeros as in
"0612345678", currencies), the cells that have them are looked up beside it.
"""

import os
import re
import tempfile
import zipfile
from typing import NamedTuple

from lxml import etree

from .cells import cut, dressed, is_telling, plain
from .fault import TableError

try:
    import python_calamine
except ImportError:
    python_calamine = None

#: Unpacked; a file of a few kilobytes can unpack to anything.
LARGEST = 2**29
#: A part that is read as a tree, which takes many times as much.
LARGEST_TREE = 2**25
_CHUNK = 2**20
_STRINGS = "xl/sharedStrings.xml"
#: A cell that names a text: '<c t="s"><v>0</v></c>'.
_TEXT_RE = re.compile(rb't="s"[^>]*>\s*<v>(\d+)</v>')
_LEAST_CELL = 22
#: The number of a row, as it says itself or as its cells do.
_ROW_RE = re.compile(rb' r="[A-Z]*(\d+)"')
#: A cell beyond column Z.
_WIDE_RE = re.compile(rb' r="([A-Z]{2,})\d')
_HIDDEN_RE = re.compile(rb'<(?:\w+:)?(?:row|col)\b[^>]*\bhidden="(?:1|true)"')
#: A formula whose result was not stored, as programs write it that cannot calculate.
_BARE_FORMULA_RE = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)
#: What is told of a sheet: its code, a part of its sign to look for first, the sign.
_SIGNS = (("hidden", b"hidden=", _HIDDEN_RE), ("formulas", b"f>", _BARE_FORMULA_RE))
#: Of a sheet; Excel has no more.
_MOST_ROWS, _MOST_COLUMNS = 2**20, 2**14
#: Calamine takes the room of all cells up to the last one, empty ones too: more are read slowly.
MOST_CELLS = 8_000_000


def check_size(archive):
    """Refuse an archive that unpacks to more than can be read.

    :raise TableError: ``too_large``
    """
    parts = archive.infolist()
    if sum(each.file_size for each in parts) > LARGEST:
        raise TableError("too_large")
    for part in parts:
        with archive.open(part) as packed:  # as far as it says; what says less is broken
            while packed.read(_CHUNK):
                pass


class Survey(NamedTuple):
    """What a sheet is like before it is read."""

    rows: int
    columns: int
    notes: list


class Book:
    """A workbook; hidden sheets are offered last."""

    format = "xlsx"
    encoding = separator = ""

    def __init__(self, data):
        self._file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # less memory than the bytes
        self._file.write(data)
        self._archive = zipfile.ZipFile(self._file)
        check_size(self._archive)
        self._paths, hidden = self._parts()
        self._formats = self._telling_formats()
        self.sheets = sorted(self._paths, key=hidden.__contains__)
        if not self.sheets:
            raise TableError("empty")
        shown_sheets = [name for name in self.sheets if name not in hidden] or self.sheets
        self.best = max(shown_sheets, key=self._size)
        self._surveys = {}

    def notes(self, sheet):
        """Return what the user should know, as codes."""
        return self._survey(sheet).notes

    def lines(self, sheet):
        """Return about how many rows a sheet has."""
        with self._archive.open(self._paths[sheet]) as part:
            found = re.search(rb'<dimension ref="\w+:[A-Z]+(\d+)"', part.read(2000))
        return int(found[1]) if found else 0

    def rows(self, sheet):
        """Yield the cells of each row of a sheet."""
        survey = self._survey(sheet)
        if not python_calamine or survey.rows * survey.columns > MOST_CELLS:
            yield from self._slow_rows(sheet)
            return
        self._check_texts(sheet)
        first, rows = self._calamine_rows(sheet)
        places = self._telling_cells(sheet)
        place = next(places, None)
        for line, values in enumerate(rows, 1):
            cells = [plain(value) for value in values]
            while place and place[0] <= line:
                _line, column, code = place
                if _line == line and 0 <= column - first < len(cells):
                    cells[column - first] = dressed(cells[column - first], code)
                place = next(places, None)
            yield cut(cells)

    def _calamine_rows(self, sheet):
        """Return the first column that is filled, and the rows of a sheet from there on.

        The rest of the workbook is not kept: its texts are many.
        """
        self._file.flush()
        workbooks = python_calamine.CalamineWorkbook
        if os.name == "nt":  # which opens no file twice
            workbook = workbooks.from_filelike(self._file)
        else:
            workbook = workbooks.from_path(self._file.name)
        read = workbook.get_sheet_by_name(sheet)
        return (read.start or (0, 0))[1], read.iter_rows()

    def _slow_rows(self, sheet):
        import openpyxl
        from openpyxl.styles.numbers import BUILTIN_FORMATS_REVERSE as usual  # "$" is any currency

        workbook = openpyxl.load_workbook(self._file, read_only=True, data_only=True)
        workbook[sheet].reset_dimensions()  # some programs write wrong ones
        for row in workbook[sheet].iter_rows():
            yield cut([self._slow_cell(cell, usual) for cell in row])

    def _check_texts(self, sheet):
        """Refuse a sheet of which many cells name one long text: calamine copies it to each.

        :raise TableError: ``too_large``
        """
        if _STRINGS not in self._archive.namelist():
            return
        with self._archive.open(_STRINGS) as part:
            sizes = [len(text) for text in _pieces(part, b"</si>")]
        if max(sizes, default=0) * self._size(sheet) // _LEAST_CELL <= LARGEST:
            return
        with self._archive.open(self._paths[sheet]) as part:
            cells = (_TEXT_RE.search(cell) for cell in _pieces(part, b"</c>"))
            numbers = (int(found[1]) for found in cells if found)
            used = sum(sizes[number] for number in numbers if number < len(sizes))
        if used > LARGEST:
            raise TableError("too_large")

    @staticmethod
    def _slow_cell(cell, usual):
        if cell.data_type == "e":
            return None
        value = plain(cell.value)
        is_number = isinstance(value, (int, float)) and cell.number_format not in usual
        return dressed(value, cell.number_format) if is_number else value

    # -- parts of the archive ----------------------------------------------------

    def _xml(self, path):
        if self._archive.getinfo(path).file_size > LARGEST_TREE:
            raise TableError("too_large")
        parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
        return etree.fromstring(self._archive.read(path), parser)

    def _parts(self):
        """Return ``{name: path}`` of the sheets, and which are hidden."""
        targets = {
            each.get("Id"): each.get("Target") for each in self._xml("xl/_rels/workbook.xml.rels")
        }
        paths, hidden = {}, set()
        for sheet in self._xml("xl/workbook.xml").iter("{*}sheet"):
            target = targets[next(value for key, value in sheet.items() if key.endswith("}id"))]
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if "worksheets/" in path:
                paths[sheet.get("name")] = path
                if sheet.get("state", "visible") != "visible":
                    hidden.add(sheet.get("name"))
        return paths, hidden

    def _survey(self, sheet):
        if sheet not in self._surveys:
            self._surveys[sheet] = self._surveyed(sheet)
        return self._surveys[sheet]

    def _surveyed(self, sheet):
        rows, last, widest, notes = 0, 0, b"Z", {}
        with self._archive.open(self._paths[sheet]) as part:
            for text in _chunks(part):
                rows += text.count(b"<row")
                last = max([last, *map(int, set(_ROW_RE.findall(text)))])
                widest = max([widest, *_WIDE_RE.findall(text)], key=_column)
                for code, sign, sign_re in _SIGNS:
                    if code not in notes and sign in text and sign_re.search(text):
                        notes[code] = True
        columns = _column(widest) + 1
        if last > _MOST_ROWS or columns > _MOST_COLUMNS:
            raise TableError("broken")
        return Survey(max(rows, last), columns, list(notes))

    def _size(self, sheet):
        return self._archive.getinfo(self._paths[sheet]).file_size

    def _telling_formats(self):
        """Return ``{style: format}`` of the styles that say more than the numbers do."""
        if "xl/styles.xml" not in self._archive.namelist():
            return {}
        styles = self._xml("xl/styles.xml")
        codes = {
            each.get("numFmtId"): each.get("formatCode", "") for each in styles.iter("{*}numFmt")
        }
        cells = styles.find("{*}cellXfs")
        numbers = [] if cells is None else [each.get("numFmtId") for each in cells]
        return {
            style: codes[number]
            for style, number in enumerate(numbers)
            if is_telling(codes.get(number, ""))
        }

    def _telling_cells(self, sheet):
        """Yield ``(row, column, format)`` of the cells of such styles, in order."""
        if not self._formats:
            return
        styles = "|".join(map(str, self._formats)).encode()
        cell_re = re.compile(
            rb'<(?:\w+:)?c\s(?=[^>]*?\bs="(%s)")[^>]*?\br="([A-Z]+)(\d+)"' % styles
        )
        with self._archive.open(self._paths[sheet]) as part:
            for text in _chunks(part):
                for style, letters, line in cell_re.findall(text):
                    yield int(line), _column(letters), self._formats[int(style)]


def _chunks(part):
    """Yield a part of an archive, cut where a tag or a cell ends."""
    rest = b""
    while chunk := part.read(_CHUNK):
        text = rest + chunk
        end = text.rfind(b"</c>") + 4 if b"</c>" in chunk else text.rfind(b">") + 1
        yield text[:end]
        rest = text[end:]
    yield rest


def _pieces(part, end):
    """Yield what stands before each ``end`` in a part of an archive."""
    rest = b""
    while chunk := part.read(_CHUNK):
        *whole, rest = (rest + chunk).split(end)
        yield from whole


def _column(letters):
    """Return the position of a column, from 0.

    >>> _column(b"A"), _column(b"Z"), _column(b"AA")
    (0, 25, 26)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
