from odoo import api, models

from ..sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "quality_changes",
                self.env._("Check what changed, look for old answers"),
                "customer.sheet.quality.run",
                "_cron_nightly",
            ),
        ]
