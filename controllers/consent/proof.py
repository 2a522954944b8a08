from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request

from ...models.consent.ledger.words import PRIVACY_OFFICER
from ...models.sheet.fields import HOSTS
from ..guarded import guarded


class ConsentProofController(http.Controller):
    @guarded(
        "/customer_sheet/consent/proof/<string:model>/<int:record_id>.zip",
        runs=("GET",),  # each download is written down
        auth="user",
    )
    def consent_proof(self, model, record_id):
        """Download the proof pack of a contact or lead; each download is logged.

        :raise AccessError: whoever asks is no privacy officer, or may not see the record
        """
        if not request.env.user.has_group(PRIVACY_OFFICER):
            raise AccessError(
                request.env._("Only privacy officers may see the evidence of consents.")
            )
        record = request.env[model].browse(record_id).exists() if model in HOSTS else None
        pack = record and record._sheet_consent_pack()
        if not pack:
            return request.not_found()
        request.env["customer.sheet.export.log"]._note(model, record.ids, kind="proof")
        reference = record.sudo().sheet_reference or record_id
        return request.make_response(
            pack,
            [
                ("Content-Type", "application/zip"),
                ("Content-Length", len(pack)),
                ("Content-Disposition", content_disposition(f"proof_{reference}.zip")),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
