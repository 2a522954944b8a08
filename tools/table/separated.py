"""Text with separators: CSV, as spreadsheets and programs of all kinds write it."""

import csv
import io
import re
from collections import Counter, deque
from itertools import islice

from . import encoding as encodings
from .cells import LONGEST, cut, plain

#: What the user may choose.
SEPARATORS = (";", ",", "\t", "|")
_RECORDS = 200
csv.field_size_limit(10_000_000)
#: More lines than a cell has.
_MOST_LINES = 200
_CLOSING_RE = re.compile(r'[^"]*(?:""[^"]*)*"(?!")')


class Book:
    """The one table of a text."""

    format = "csv"
    sheets = ()
    best = ""

    def __init__(self, data, encoding="", separator=""):
        self._data = data
        self.encoding = encoding or encodings.find(data)
        self._first_line()
        self._width = 0
        self.separator = separator or self._said or self._find()
        widths = Counter(map(len, islice(self._records(self.separator), _RECORDS)))
        self._width = widths.most_common(1)[0][0] if widths else 0

    def notes(self, _sheet=""):
        """Return what the user should know, as codes."""
        found, torn = [], []
        for _record in self._records(self.separator, torn):
            if torn:
                found.append("quotes")
                break
        if encodings.is_mixed(self._data, self.encoding):
            found.append("mixed")
        elif any("\ufffd" in line for line in islice(self._text(), 5000)):
            found.append("undecoded")
        return found

    def lines(self):
        """Return about how many rows there are."""
        text = self._data.rstrip(b"\r\n\0 ")
        return 1 + (text.count(b"\n") or text.count(b"\r"))

    def rows(self, _sheet=""):
        """Yield the cells of each row."""
        for cells in self._records(self.separator):
            yield cut([plain(cell) for cell in cells])

    def _text(self):
        text = io.TextIOWrapper(
            io.BytesIO(self._data), encoding=self.encoding, errors=encodings.REST, newline=""
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

    def _find(self):
        """Return the separator that cuts the first records into one width, the most often."""

        def rank(separator):
            records = islice(self._records(separator), _RECORDS)
            widths = Counter(len(record) for record in records if record)
            wide = [(count, width) for width, count in widths.items() if width > 1]
            count, width = max(wide, default=(0, 0))
            return count * (count > sum(widths.values()) // 4), width

        return max(SEPARATORS, key=rank)

    # -- records, of one or more lines -----------------------------------------------

    def _records(self, separator, torn=None):
        """Yield the texts of each record.

        A quotation mark that is opened and not closed would swallow the records below: it counts
        as an ordinary sign.

        :param torn: a list that the lines are added to which have one
        """
        lines = _Lines(_endings(self._text()))
        opening_re = re.compile(rf'(?:\A|(?<={re.escape(separator)}))"')
        for line in lines:
            quoting = csv.QUOTE_MINIMAL
            if '"' in line and _is_open(line, opening_re):
                record = self._closed(line, lines, opening_re, separator)
                if not record:
                    quoting = csv.QUOTE_NONE
                    if torn is not None:
                        torn.append(line)
                line = record or line
            yield from csv.reader([line], delimiter=separator, quoting=quoting)

    def _closed(self, line, lines, opening_re, separator):
        """Return a record that goes on in the next lines, ``""`` where it does not end there."""
        group, size, is_open = [line], 0, True
        while is_open:
            following = next(lines, None)
            size += len(following or "")
            if following is None or len(group) > _MOST_LINES or size > LONGEST:
                lines.back(group[1:] + ([following] if following else []))
                return ""
            group.append(following)
            is_open = _is_open(following, opening_re, True)
        full = self._width - 1
        if full > 1 and all(each.count(separator) == full for each in group):
            lines.back(group[1:])  # a whole record each
            return ""
        return "".join(group)


class _Lines:
    """Lines that may be put back."""

    def __init__(self, lines):
        self._lines, self._back = lines, deque()

    def __iter__(self):
        return self

    def __next__(self):
        return self._back.popleft() if self._back else next(self._lines)

    def back(self, lines):
        self._back.extendleft(reversed(lines))


def _is_open(line, opening_re, is_open=False):
    """Tell whether a quotation mark is open at the end of a line.

    :param opening_re: how one is opened
    :param is_open: whether one is, at its beginning
    """
    place = 0
    while True:
        if is_open:
            closing = _CLOSING_RE.match(line, place)
            if not closing:
                return True
            place = closing.end()
        opening = opening_re.search(line, place)
        if not opening:
            return False
        place, is_open = opening.end(), True


def _endings(lines):
    """Yield lines that end as ``csv`` expects, those of old Macintosh files too, without NUL."""
    for line in lines:
        yield line.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
