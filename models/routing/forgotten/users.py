from odoo import fields, models


class ResUsers(models.Model):
    """Who gets the daily digest of what must not be forgotten."""

    _inherit = "res.users"

    # loaded apart: stock reads users before the columns exist, while the module is installed
    sheet_digest_off = fields.Boolean(
        "No daily digest",
        prefetch=False,
        help="No e-mail in the morning about what must not be forgotten.",
    )
    sheet_digest_on = fields.Date("Last daily digest", readonly=True, copy=False, prefetch=False)

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "sheet_digest_off"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "sheet_digest_off"]
