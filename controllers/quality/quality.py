import logging

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request

from ...models.sheet.fields import STEWARD
from ..guarded import guarded
from ..tables import as_csv

_logger = logging.getLogger(__name__)


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
        return as_csv(rows, f"data_check_{run.id}.csv")
