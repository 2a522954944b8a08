from odoo import models

from ..sheet.settings import MOST_DAYS, Setting

DRAFT_DAYS = Setting("draft_days", "integer", "Drafts live (days)", 14, 1, MOST_DAYS)
#: What a submission says is on the sheet by then; what it was is kept for disputes.
KEPT_DAYS = Setting(
    "submission_days", "integer", "Keep what was sent (days)", 365, 30, MOST_DAYS
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_draft_days = DRAFT_DAYS.field()
    sheet_submission_days = KEPT_DAYS.field()
