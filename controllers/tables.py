"""Tables that are downloaded."""

from odoo.http import content_disposition, request
from odoo.tools import get_lang

from ..tools.table import plain


def as_csv(rows, name):
    """Return rows as the answer to a download, as spreadsheets of the user's language read them.

    :param name: of the file
    """
    return request.make_response(
        plain.as_csv(rows, get_lang(request.env).decimal_point),
        [
            ("Content-Type", "text/csv; charset=utf-8"),
            ("Content-Disposition", content_disposition(name)),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ],
    )
