from odoo import models

from ...sheet.settings import Setting

REMIND_DAYS = Setting(
    "privacy_remind_days", "integer", "Remind of proving who they are after (days)", 7, 1, 90
)
CLOSE_DAYS = Setting("privacy_close_days", "integer", "Close after the reminder (days)", 14, 1, 365)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_privacy_remind_days = REMIND_DAYS.field()
    sheet_privacy_close_days = CLOSE_DAYS.field()
