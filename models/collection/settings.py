from odoo import models

from ..sheet.settings import MOST_DAYS, Setting

DRAFT_DAYS = Setting("draft_days", "integer", "Drafts live (days)", 14, 1, MOST_DAYS)
#: What a submission says is on the sheet by then; what it was is kept for disputes.
KEPT_DAYS = Setting("submission_days", "integer", "Keep what was sent (days)", 365, 30, MOST_DAYS)

# public pages
COMPLETE_DAYS = Setting(
    "collection_complete_days", "integer", "Links to complete a sheet live (days)", 30, 1, 365
)
COMPLETE_FORM = Setting(
    "collection_complete_form_id",
    "many2one",
    "Form that completes a sheet",
    comodel="customer.sheet.form",
)
NETWORK_HOURLY = Setting(
    "collection_network_hourly", "integer", "Forms from one network in an hour", 20, 0, 10_000
)

CAPTCHA = Setting("collection_captcha", "boolean", "Ask the captcha of the website, too")

# API
API_MINUTE = Setting(
    "collection_api_minute", "integer", "Submissions of a program in a minute", 300, 0, 100_000
)

# imports
#: What was there before is kept in the rows of an import for so long.
UNDO_DAYS = Setting("import_undo_days", "integer", "Imports can be taken back (days)", 30, 0, 365)
IMPORT_ROWS = Setting(
    "import_rows", "integer", "Rows that a salesperson imports at once", 1_000, 0, 200_000
)
IMPORT_DAYS = Setting("import_days", "integer", "Keep imported files (days)", 30, 1, MOST_DAYS)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_draft_days = DRAFT_DAYS.field()
    sheet_submission_days = KEPT_DAYS.field()

    # public pages
    sheet_collection_complete_days = COMPLETE_DAYS.field()
    sheet_collection_complete_form_id = COMPLETE_FORM.field()
    sheet_collection_network_hourly = NETWORK_HOURLY.field()
    sheet_collection_captcha = CAPTCHA.field()
    sheet_collection_api_minute = API_MINUTE.field()

    # imports
    sheet_import_undo_days = UNDO_DAYS.field()
    sheet_import_rows = IMPORT_ROWS.field()
    sheet_import_days = IMPORT_DAYS.field()
