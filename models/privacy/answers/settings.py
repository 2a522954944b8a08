from odoo import models

from ...sheet.settings import Setting

ANSWER_DAYS = Setting("privacy_answer_days", "integer", "Links to an answer live (days)", 30, 1, 90)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_privacy_answer_days = ANSWER_DAYS.field()
