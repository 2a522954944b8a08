from odoo import models

from ..sheet.settings import MOST_DAYS, Setting

# public pages
DRAFT_DAYS = Setting("draft_days", "integer", "Drafts live (days)", 14, 1, MOST_DAYS)
COMPLETE_DAYS = Setting(
    "collection_complete_days", "integer", "Links to complete a sheet live (days)", 30, 1, 365
)
NETWORK_HOURLY = Setting(
    "collection_network_hourly", "integer", "Forms from one network in an hour", 20, 0, 10_000
)
COMPLETE_FORM = Setting(
    "collection_complete_form_id",
    "many2one",
    "Form that completes a sheet",
    comodel="customer.sheet.form",
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_draft_days = DRAFT_DAYS.field()
    sheet_collection_complete_days = COMPLETE_DAYS.field()
    sheet_collection_network_hourly = NETWORK_HOURLY.field()
    sheet_collection_complete_form_id = COMPLETE_FORM.field()
