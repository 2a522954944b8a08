"""Tables that are downloaded: what a spreadsheet opens, and takes for nothing else."""

import csv
import io

from odoo.http import content_disposition, request


def as_csv(rows, name):
    """Return rows as the answer to a download.

    :param name: of the file
    """
    buffer = io.StringIO()
    csv.writer(buffer).writerows([[_plain(cell) for cell in row] for row in rows])
    return request.make_response(
        "\ufeff" + buffer.getvalue(),  # spreadsheets take it for Latin-1 otherwise
        [
            ("Content-Type", "text/csv; charset=utf-8"),
            ("Content-Disposition", content_disposition(name)),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )


def _plain(cell):
    """Return a cell that a spreadsheet does not take for a formula.

    >>> _plain("=1+1"), _plain("+33 1 42"), _plain("Ada")
    ("'=1+1", "'+33 1 42", 'Ada')
    """
    text = "" if cell is False or cell is None else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
