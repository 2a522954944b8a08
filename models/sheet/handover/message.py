from odoo import api, fields, models

from ..fields import SHEET_FIELD

AUTOMATIC = "sheet_is_automatic"


class MailMessage(models.Model):
    """An absence notice or a ticket's acknowledgement is no sign of life of a customer.

    Only incoming mail says so, which Odoo reads as superuser: nobody types it (T4).
    """

    _inherit = "mail.message"

    sheet_is_automatic = fields.Boolean(
        "Written by a machine", copy=False, readonly=True, **SHEET_FIELD
    )

    @api.model
    def _add_missing_default_values(self, values):
        return self._sheet_untyped(super()._add_missing_default_values(values))

    def write(self, vals):
        return super().write(self._sheet_untyped(vals))

    @api.model
    def _sheet_untyped(self, vals):
        """Return the values without what a person brings of how a message came in."""
        if AUTOMATIC not in vals or self.env.su:
            return vals
        return {name: value for name, value in vals.items() if name != AUTOMATIC}
