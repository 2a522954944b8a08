"""Tables as files that any spreadsheet opens, and takes for nothing else."""

import csv
import io


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

    >>> _plain("=1+1"), _plain("+33 1 42"), _plain("Ada")
    ("'=1+1", "'+33 1 42", 'Ada')
    """
    text = "" if cell is False or cell is None else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
