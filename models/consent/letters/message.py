from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...sheet.fields import SHEET_FIELD

PURPOSE, STAMP = "sheet_consent_purpose_id", "sheet_consent_event_hash"

#: Context keys of any RPC call that would fill the columns.
FORGEABLE = {f"default_{PURPOSE}", f"default_{STAMP}"}


class MailMessage(models.Model):
    """Every message may say what it is for, and what allowed it (issue: the legal stamp).

    Both columns stay empty for ordinary correspondence, and load apart from the stock row.
    """

    _inherit = "mail.message"

    sheet_consent_purpose_id = fields.Many2one(
        "customer.sheet.consent.purpose",
        "Purpose",
        copy=False,
        help="What the message is for. Empty for ordinary correspondence.",
        **SHEET_FIELD,
    )
    sheet_consent_event_hash = fields.Char(
        "Allowed by",
        copy=False,
        readonly=True,
        help="The event of the consent ledger that allowed this message or, where the law"
        " asks for no consent, the rule that did.",
        **SHEET_FIELD,
    )

    @api.model_create_multi
    def create(self, vals_list):
        """Note the purpose for users without a sheet too, and never a stamp from outside."""
        forged = FORGEABLE.intersection(self.env.context)
        if forged:
            self = self.with_context(**dict.fromkeys(forged, False))
        purposes = [vals.get(PURPOSE) for vals in vals_list]
        messages = super().create(
            [{k: v for k, v in vals.items() if k not in (PURPOSE, STAMP)} for vals in vals_list]
        )
        for message, purpose in zip(messages.sudo(), purposes, strict=True):
            if purpose:
                message[PURPOSE] = purpose
        # saves the query that asks for it when the mail is sent
        field = self._fields[PURPOSE]
        field._insert_cache(messages, [purpose or None for purpose in purposes])
        return messages

    def write(self, vals):
        """Refuse to change what a message was for: that would bend the evidence."""
        if not self.env.su and (PURPOSE in vals or STAMP in vals):
            raise AccessError(
                self.env._(
                    "The purpose of a message is fixed when it is written. Write another message"
                    " for another purpose."
                )
            )
        return super().write(vals)
