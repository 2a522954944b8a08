from odoo.http import Controller, request

from ...models.privacy.past.statement import BRANCHES
from ...models.sheet.fields import HOSTS
from ..guarded import guarded, text
from ..tables import as_csv


class PrivacyPast(Controller):
    @guarded(
        "/customer_sheet/past/<string:model>/<int:record_id>.csv",
        runs=("GET",),  # each download is written down
        auth="user",
    )
    def past_csv(self, model, record_id, **_filters):
        """Download what happened to the data of a person.

        :raise AccessError: for everybody but privacy officers
        """
        record = request.env[model].browse(record_id).exists() if model in HOSTS else None
        if not record:
            return request.not_found()
        kind = text("kind")
        rows = record._sheet_past_table(kind if kind in BRANCHES else "")
        name = record.sudo().sheet_reference or record_id
        return as_csv(rows, f"{request.env._('what_happened')}_{name}.csv")
