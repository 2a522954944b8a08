from odoo import models


class ResPartner(models.Model):
    """Who holds an address that was just blocked is asked at once, of a million contacts too."""

    _inherit = "res.partner"

    _sheet_email_index = models.Index("(email_normalized) WHERE email_normalized IS NOT NULL")
    _sheet_phone_index = models.Index("(phone_sanitized) WHERE phone_sanitized IS NOT NULL")
