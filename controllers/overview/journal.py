from odoo import http
from odoo.http import request

from ...models.sheet.fields import HOSTS
from ..guarded import LARGEST_ID, guarded, text
from ..tables import as_csv


class JournalController(http.Controller):
    @guarded(
        "/customer_sheet/journal/<string:model>/<int:record_id>.csv",
        runs=("GET",),  # each download is written down
        auth="user",
    )
    def journal_csv(self, model, record_id, **_filters):
        """Download the journal of a contact or lead, as the user sees it and has filtered it."""
        record = request.env[model].browse(record_id).exists() if model in HOSTS else None
        if not record:
            return request.not_found()
        person = text("person")
        is_id = person.isdecimal() and int(person) <= LARGEST_ID
        rows = record._sheet_journal_table(
            [kind for kind in text("kinds").split(",") if kind],
            int(person) if is_id else None,
            text("text"),
        )
        name = record.sudo().sheet_reference or record_id
        return as_csv(rows, f"{request.env._('journal')}_{name}.csv")
