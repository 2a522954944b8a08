from odoo import fields, models

from .sheet_fields import SHEET_FIELD

AUTOMATIC = "sheet_is_automatic"


class MailMessage(models.Model):
    """An absence notice or a ticket's acknowledgement is no sign of life of a customer."""

    _inherit = "mail.message"

    sheet_is_automatic = fields.Boolean(
        "Written by a machine", copy=False, readonly=True, **SHEET_FIELD
    )
