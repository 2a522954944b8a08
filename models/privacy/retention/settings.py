from odoo import models

from ...collection.settings import DRAFT_DAYS, IMPORT_DAYS, KEPT_DAYS, UNDO_DAYS
from ...duplicates.settings import KEPT_DAYS as MERGE_DAYS
from ...sheet.settings import Setting

#: A preview changes nothing: it only says whose time is over.
EVERY_DAYS = Setting("retention_days", "integer", "Look anew every (days)", 30, 1, 366)
#: What goes by itself, without a preview: by the name of its field in Settings.
ELSEWHERE = {
    "sheet_draft_days": DRAFT_DAYS,
    "sheet_submission_days": KEPT_DAYS,
    "sheet_import_days": IMPORT_DAYS,
    "sheet_import_undo_days": UNDO_DAYS,
    "sheet_merge_kept_days": MERGE_DAYS,
}


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_retention_days = EVERY_DAYS.field()
