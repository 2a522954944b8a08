from odoo import models

from ..sheet.settings import MOST_DAYS, Setting

HOT_SCORE = Setting("hot_score", "integer", "Hot lead from", 70, 1, 100)
MQL_SCORE = Setting("mql_score", "integer", "Promising lead from", 50, 1, 100)
HOT_ACTIVITY = Setting("hot_activity", "boolean", "Call hot leads", default=True)
CONFIRMED_DAYS = Setting(
    "confirmed_days", "integer", "Check evidence again after (days)", 60, 1, MOST_DAYS
)
CALL_ENABLED = Setting("call_enabled", "boolean", "Qualification call")
#: 0 is the same day.
CALL_DAYS = Setting("call_days", "integer", "Working days until the call", 1, 0, 60)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_hot_score = HOT_SCORE.field()
    sheet_mql_score = MQL_SCORE.field()
    sheet_hot_activity = HOT_ACTIVITY.field()
    sheet_confirmed_days = CONFIRMED_DAYS.field()
    sheet_call_enabled = CALL_ENABLED.field()
    sheet_call_days = CALL_DAYS.field()
