"""Tables as files that any spreadsheet opens, and takes for nothing else."""

import csv
import io
import string

_FORMULA = tuple("=+-@＝＋－＠")  # noqa: RUF001 - spreadsheets take the wide ones for them
_UNSEEN = string.whitespace + "\u00a0\u200b\u200e\u200f\u202f\u2060\ufeff"


def as_csv(rows, decimal_point="."):
    """Return rows as the text of a CSV file, as spreadsheets of the reader's language write it.

    :param decimal_point: of that language; where it is a comma, semicolons separate the cells

    >>> as_csv([["Ada", "=1+1"], [False, 1.5]])
    "\\ufeffAda,'=1+1\\r\\n,1.5\\r\\n"
    >>> as_csv([["Ada", 1.5]], ",")
    '\\ufeffAda;1,5\\r\\n'
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";" if decimal_point == "," else ",")
    writer.writerows([[_plain(cell, decimal_point) for cell in row] for row in rows])
    return "\ufeff" + buffer.getvalue()  # spreadsheets take it for Latin-1 otherwise


def _plain(cell, decimal_point="."):
    """Return a cell that a spreadsheet does not take for a formula.

    Spaces and invisible signs before it are no help, nor the wide signs of East Asian keyboards.

    >>> _plain("=1+1"), _plain("+33 1 42"), _plain("Ada")
    ("'=1+1", "'+33 1 42", 'Ada')
    >>> _plain(-1.5, ","), _plain(1500.0)
    ('-1,5', '1500')
    >>> _plain(" =1+1"), _plain("\\n@SUM(1)"), _plain("\uff1d1+1")
    ("' =1+1", "'\\n@SUM(1)", "'\uff1d1+1")
    """
    if isinstance(cell, float):
        return str(cell).removesuffix(".0").replace(".", decimal_point)
    text = "" if cell is False or cell is None else str(cell)
    first = text.lstrip(_UNSEEN)[:1]
    return f"'{text}" if first in _FORMULA or text[:1] in ("\t", "\r") else text
