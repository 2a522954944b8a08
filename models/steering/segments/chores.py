from odoo import api, models

from ...sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "segments",
                self.env._("Count who is in the followed segments"),
                "customer.sheet.segment.count",
                "_cron_count",
            ),
        ]
