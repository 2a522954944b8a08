from odoo import fields, models
from odoo.exceptions import ValidationError

from ...models.sheet.called import called


class CustomerSheetConsentInform(models.TransientModel):
    """Notes what a person was told before a contract, how, and with which document.

    Credit and insurance law wants the trader to prove it (France: C. conso. L312-12 and
    C. assur. L521-4; Morocco: law 31-08, art. 77).
    """

    _name = "customer.sheet.consent.inform"
    _inherit = "customer.sheet.consent.entry.mixin"
    _description = "Record information given"

    what = fields.Text("What they were told")
    attachment_id = fields.Many2one(
        "ir.attachment",
        "Document of the sheet",
        domain="[('res_model', '=', host), ('res_id', 'in', sheet_refs)]",
        help="A document that is on the sheet already.",
    )

    @called(one=True)
    def action_save(self):
        """Append what was told to the ledger."""
        sheets = self._checked_sheets()
        self._require("what", "method", "effective_at")
        sheets._sheet_consent_record(
            [{"purpose": "precontract", "channel": False, "state": "informed"}],
            method=self.method,
            actor_kind="user",
            effective_at=self.effective_at,
            label=self.what,
            evidence=self._evidence(sheets),
            idempotency_key=self._key(),
        )
        return {"type": "ir.actions.act_window_close"}

    def _evidence(self, sheets):
        if self.document and self.attachment_id:
            raise ValidationError(
                self.env._(
                    "Choose either “%(file)s” or “%(sheet)s”, not both.",
                    file=self._label("document"),
                    sheet=self._label("attachment_id"),
                )
            )
        if self.attachment_id:
            self.attachment_id.check_access("read")
            self._check_whose(self.attachment_id, sheets)
        return self.attachment_id or self._uploaded()

    def _check_whose(self, attachment, sheets):
        """Refuse a document of somebody else: whoever downloads the proof would read it."""
        filed = attachment.res_model, attachment.res_id
        if not attachment.res_id and attachment.sudo().create_uid == self.env.user:
            return  # the user uploaded it and filed it nowhere else
        if not all(filed in _records_of(sheet) for sheet in sheets.sudo()):
            raise ValidationError(
                self.env._(
                    "“%(file)s” is not a document of %(names)s. Choose one of their sheet, or"
                    " upload the file here.",
                    file=attachment.name,
                    names=self.sheet_names,
                )
            )


def _records_of(sheet_sudo):
    """Return ``{(model, id)}`` of the records that are about the person of a sheet."""
    contacts, leads = sheet_sudo._sheet_consent_sheets()
    return {(record._name, record.id) for record in (*contacts, *leads)}
