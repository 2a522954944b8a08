"""Tables as files that any spreadsheet opens, and takes for nothing else."""

import csv
import io
import string

_FORMULA = tuple("=+-@＝＋－＠")  # noqa: RUF001 - spreadsheets take the wide ones for them
_UNSEEN = string.whitespace + "\u00a0\u200b\u200e\u200f\u202f\u2060\ufeff"


def as_csv(rows):
    """Return rows as the text of a CSV file.

    >>> as_csv([["Ada", "=1+1"], [False, 3]])
    "\\ufeffAda,'=1+1\\r\\n,3\\r\\n"
    """
    buffer = io.StringIO()
    csv.writer(buffer).writerows([[_plain(cell) for cell in row] for row in rows])
    return "\ufeff" + buffer.getvalue()  # spreadsheets take it for Latin-1 otherwise


def _plain(cell):
    """Return a cell that a spreadsheet does not take for a formula.

    Spaces and invisible signs before it are no help, nor the wide signs of East Asian keyboards.

    >>> _plain("=1+1"), _plain("+33 1 42"), _plain("Ada")
    ("'=1+1", "'+33 1 42", 'Ada')
    >>> _plain(" =1+1"), _plain("\\n@SUM(1)"), _plain("\uff1d1+1")
    ("' =1+1", "'\\n@SUM(1)", "'\uff1d1+1")
    """
    text = "" if cell is False or cell is None else str(cell)
    first = text.lstrip(_UNSEEN)[:1]
    return f"'{text}" if first in _FORMULA or text[:1] in ("\t", "\r") else text
