"""Text with separators: CSV, as spreadsheets and programs of all kinds write it."""

import csv
import io
from collections import Counter
from itertools import islice

from . import encoding as encodings
from .cells import LONGEST, cut, plain

#: What the user may choose.
SEPARATORS = (";", ",", "\t", "|")
_RECORDS = 200
# A quotation mark that is opened and not closed swallows the rest of the file, in one cell.
csv.field_size_limit(10_000_000)


class Book:
    """The one table of a text."""

    format = "csv"
    sheets = ()
    best = ""

    def __init__(self, data, encoding="", separator=""):
        self._data = data
        self.encoding = encoding or encodings.find(data)
        self._first_line()
        self.separator = separator or self._said or self._find()
        self._quoting = csv.QUOTE_NONE if self._is_left_open() else csv.QUOTE_MINIMAL

    @property
    def notes(self):
        """What the user should know, as codes."""
        found = []
        if self._quoting == csv.QUOTE_NONE:
            found.append("quotes")
        if any("\ufffd" in line for line in islice(self._text(), 5000)):
            found.append("undecoded")
        return found

    def lines(self):
        """Return about how many rows there are."""
        text = self._data.rstrip(b"\r\n\0 ")
        return 1 + (text.count(b"\n") or text.count(b"\r"))

    def rows(self, _sheet=""):
        """Yield the cells of each row."""
        for cells in self._records(self.separator, self._quoting):
            yield cut([plain(cell) for cell in cells])

    def _text(self):
        text = io.TextIOWrapper(
            io.BytesIO(self._data), encoding=self.encoding, errors="replace", newline=""
        )
        if self._said:
            text.readline()
        return text

    def _first_line(self):
        """Heed "sep=;", which Excel reads and does not show."""
        self._said = ""
        line = self._text().readline(50).strip("\ufeff\r\n\"' ")
        if line.lower().startswith("sep=") and len(line) == 5:
            self._said = line[4]

    def _records(self, separator, quoting=csv.QUOTE_MINIMAL):
        return csv.reader(_endings(self._text()), delimiter=separator, quoting=quoting)

    def _find(self):
        """Return the separator that cuts the first records into one width, the most often."""

        def rank(separator):
            records = islice(self._records(separator), _RECORDS)
            widths = Counter(len(record) for record in records if record)
            wide = [(count, width) for width, count in widths.items() if width > 1]
            count, width = max(wide, default=(0, 0))
            return count * (count > sum(widths.values()) // 4), width

        return max(SEPARATORS, key=rank)

    def _is_left_open(self):
        records = self._records(self.separator)
        try:
            return any(len(cell) > LONGEST for record in records for cell in record)
        except csv.Error:
            return True


def _endings(lines):
    """Yield lines that end as ``csv`` expects, those of old Macintosh files too, without NUL."""
    for line in lines:
        yield line.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
