from odoo import models

from ..sheet.settings import Setting

DIGEST = Setting("forgotten_digest", "boolean", "Daily digest", default=True)
#: 0 is the day itself.
DEADLINE_DAYS = Setting(
    "forgotten_deadline_days",
    "integer",
    "Days before a deadline",
    14,
    0,
    365,
    field_name="sheet_forgotten_days",
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_forgotten_digest = DIGEST.field()
    sheet_forgotten_days = DEADLINE_DAYS.field()
