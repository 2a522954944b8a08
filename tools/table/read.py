"""A file as a table: which one, where its titles stand, and its rows."""

import io
import re
import zipfile
from dataclasses import asdict, dataclass, field
from itertools import islice

from . import cards, old_workbook, open_document, separated, titles, workbook
from .cells import cut
from .encoding import ENCODINGS
from .fault import TableError, told
from .memory import give_back
from .workbook import LARGEST

_SAMPLE = 200
_SHOWN = 10
#: Of a cell of the sample.
_GLIMPSE = 500
#: Signs in the cells of a file that leaves memory behind.
_LARGE = 1_000_000
#: Columns beyond are left out.
WIDEST = 1000
_PACKED = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_OLD_EXCEL = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_MARK = "\ufeff"
_ODD_RE = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x9f]")
#: Texts that are no tables: web pages, JSON, RTF, PostScript, mails.
_NO_TABLE_RE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<[!?a-z]|\{\s*[\"\\}]|\[\s*[\[{\"]|%PDF|%!PS|From: )", re.I
)
#: What some programs save as ".xls": a web page with a table, or XML.
_PAGE_RE = re.compile(rb"<table\b|<(?:\w+:)?Workbook\b", re.I)


@dataclass
class Look:
    """What a file is, and how it is read.

    :ivar format: ``csv``, ``xlsx``, ``xls``, ``ods`` or ``vcard``
    :ivar sheets: names of the sheets of a workbook; ``sheet`` is the one that is read
    :ivar encoding: of a text, else empty, as ``separator``
    :ivar header_row: in which row the titles stand; 0: in none
    :ivar headers: the titles, one a column
    :ivar codes: what the columns of a template become, one a column; empty elsewhere
    :ivar sample: the first rows
    :ivar lines: about how many rows there are
    :ivar notes: codes of what the user should know: ``titles_above``, ``no_titles``, ``sheets``,
        ``quotes`` (one is not closed), ``undecoded`` (signs that the encoding has not), ``mixed``
        (lines of two encodings), ``hidden`` (rows or columns), ``formulas`` (without results),
        ``apart`` (an empty column parts the others)
    """

    format: str
    sheets: list = field(default_factory=list)
    sheet: str = ""
    encoding: str = ""
    separator: str = ""
    header_row: int = 0
    headers: list = field(default_factory=list)
    codes: list = field(default_factory=list)
    sample: list = field(default_factory=list)
    lines: int = 0
    notes: list = field(default_factory=list)

    def choices(self):
        """Return what the file is to be read with, as :func:`rows` takes it."""
        names = ("sheet", "encoding", "separator", "header_row")
        return {name: getattr(self, name) for name in names}

    def as_json(self):
        """Return it as plain values."""
        return asdict(self)


def look(data, **choices):
    """Return how a file is read, found by what is in it.

    :param data: its bytes
    :param choices: what the user knows better: ``sheet``, ``encoding``, ``separator``,
        ``header_row``
    :raise TableError: it cannot be read
    """
    with told():
        return _look(data, choices)


def _look(data, choices):
    book = _open(data, choices)
    sheet = choices.get("sheet") or book.best
    if sheet and sheet not in book.sheets:
        raise TableError("no_sheet")
    sample = [cut(cells[:WIDEST]) for cells in islice(book.rows(sheet), _SAMPLE)]
    if not any(sample):
        raise TableError("empty")
    row = choices.get("header_row")
    row = titles.find(sample) if row is None or row < 0 else min(row, len(sample))
    codes = titles.codes(sample[row]) if 0 < row < len(sample) else []
    below = [cells for cells in sample[row + bool(codes) :] if cells]
    headers = titles.names(sample, row)
    width = max(map(len, [headers, *below]))
    notes = [*book.notes(sheet), *(["apart"] if _is_apart(headers, below) else [])]
    notes += ["no_titles"] if not row else ["titles_above"] if row > 1 else []
    notes += ["sheets"] if len(book.sheets) > 1 else []
    return Look(
        format=book.format,
        sheets=list(book.sheets),
        sheet=sheet,
        encoding=book.encoding,
        separator=book.separator,
        header_row=row,
        headers=headers + [""] * (width - len(headers)),
        codes=codes + [""] * (width - len(codes)) if codes else [],
        sample=[[_glimpse(cell) for cell in cells] for cells in below[:_SHOWN]],
        lines=max((book.lines(sheet) if book.sheets else book.lines()) - row - bool(codes), 1),
        notes=notes,
    )


def _is_apart(headers, rows):
    """Tell whether an empty column stands between others: of two tables side by side."""
    filled = {place for cells in rows for place, cell in enumerate(cells) if cell is not None}
    filled |= {place for place, header in enumerate(headers) if header}
    return bool(filled) and len(filled) <= max(filled) - min(filled)


def _glimpse(cell):
    return cell[:_GLIMPSE] if isinstance(cell, str) else cell


def rows(data, looked):
    """Yield ``(line, cells)`` of each row under the titles that is not empty.

    :param looked: a :class:`Look`
    :return: the line as the program that wrote the file shows it, from 1, and its cells, without
        the empty ones at the end
    """
    with told():
        book = _open(data, looked.choices())
        del data  # the largest thing here, beside what is made of it
        first = looked.header_row + bool(looked.codes)
        size = 0
        for line, cells in enumerate(book.rows(looked.sheet), 1):
            cells = cut(cells[:WIDEST])
            if line > first and cells:
                size += sum(len(cell) for cell in cells if isinstance(cell, str))
                if size > LARGEST:
                    raise TableError("too_large")
                yield line, cells
        del book
        if size > _LARGE:
            give_back()


def _open(data, choices):
    """Return the book that a file is."""
    if not data.strip(b"\0 \t\r\n"):
        raise TableError("empty")
    if data.startswith(_PACKED) or data.startswith(b"PK\x05\x06"):
        return _packed(data)(data)
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise TableError("password")
        if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
            raise TableError("not_table")
        return old_workbook.Book(data)
    if data[:2] in _OLD_EXCEL:
        return old_workbook.Book(data)
    return _text(data, choices)


def _packed(data):
    """Return what reads this archive."""
    names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    if "xl/workbook.xml" in names:
        return workbook.Book
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return open_document.Book
    is_table = any(name in names for name in ("xl/workbook.bin", "Index/Document.iwa"))
    raise TableError("other_format" if is_table else "not_table")


def _text(data, choices):
    encoding = choices.get("encoding") or ""
    if encoding and encoding.removesuffix("-le").removesuffix("-be") not in (*ENCODINGS, "utf-32"):
        encoding = ""
    separator = choices.get("separator") or ""
    start = data[:2000]
    if _NO_TABLE_RE.match(start):
        is_table = _PAGE_RE.search(data[:100_000])
        raise TableError("other_format" if is_table else "not_table")
    book = separated.Book(data, encoding, separator if len(separator) == 1 else "")
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").upper().startswith(b"BEGIN:VCARD"):
        return cards.Book(data, encoding)
    if _is_binary(data[:4000].decode(book.encoding, "replace")):
        raise TableError("not_table")
    return book


def _is_binary(text):
    """Tell whether this is no text: many signs in it are none that anybody writes."""
    return len(_ODD_RE.findall(text)) > max(3, len(text) / 50)
