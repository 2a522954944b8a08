import csv
import io
import logging

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request

from ..guarded import guarded

_logger = logging.getLogger(__name__)

STEWARD = "crm_customer_sheet.group_sheet_steward"


class QualityController(http.Controller):
    @guarded("/customer_sheet/quality/<int:run_id>.csv", auth="user", readonly=True)
    def quality_csv(self, run_id):
        """Download the doubtful and invalid values of a data check, as the user may see them."""
        if not request.env.user.has_group(STEWARD):
            raise AccessError(request.env._("Only data stewards may export data checks."))
        run = request.env["customer.sheet.quality.run"].browse(run_id).exists()
        run.check_access("read")
        if not run:
            return request.not_found()
        rows = run._wrong_value_rows()
        _logger.info(
            "Data check %s exported by user %s: %s rows", run.id, request.env.uid, len(rows)
        )
        buffer = io.StringIO()
        csv.writer(buffer).writerows([[_plain(cell) for cell in row] for row in rows])
        return request.make_response(
            "\ufeff" + buffer.getvalue(),  # spreadsheets take it for Latin-1 otherwise
            [
                ("Content-Type", "text/csv; charset=utf-8"),
                ("Content-Disposition", content_disposition(f"data_check_{run.id}.csv")),
            ],
        )


def _plain(cell):
    """Return a cell that a spreadsheet does not take for a formula.

    >>> _plain("=1+1"), _plain("+33 1 42"), _plain("Ada")
    ("'=1+1", "'+33 1 42", 'Ada')
    """
    text = "" if cell is False or cell is None else str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
