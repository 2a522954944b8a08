from odoo import models

from ..sheet.settings import Setting

# public pages
DRAFT_DAYS = Setting("collection_draft_days", "integer", "Drafts of forms live (days)", 14, 1, 90)
COMPLETE_DAYS = Setting(
    "collection_complete_days", "integer", "Links to complete a sheet live (days)", 30, 1, 365
)
NETWORK_HOURLY = Setting(
    "collection_network_hourly", "integer", "Forms from one network in an hour", 20, 0, 10_000
)

# API
API_MINUTE = Setting(
    "collection_api_minute", "integer", "Submissions of a program in a minute", 300, 0, 100_000
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_collection_draft_days = DRAFT_DAYS.field()
    sheet_collection_complete_days = COMPLETE_DAYS.field()
    sheet_collection_network_hourly = NETWORK_HOURLY.field()
    sheet_collection_api_minute = API_MINUTE.field()
