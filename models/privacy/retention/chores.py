from odoo import api, models

from ...sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "retention_preview",
                self.env._("Look whose data have been kept long enough"),
                "customer.sheet.retention.run",
                "_cron_preview",
            ),
            Chore(
                "retention",
                self.env._("Go on with signed retention runs"),
                "customer.sheet.retention.run",
                "_cron_go_on",
                "prompt",
            ),
        ]
