from odoo import models

from ...sheet.settings import Setting

REVIEWER = Setting("reviewer_id", "many2one", "Reviews by", comodel="res.users")


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_reviewer_id = REVIEWER.field(
        domain=[("share", "=", False)], help="By default the first data steward."
    )
