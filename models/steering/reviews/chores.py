from odoo import api, models

from ...sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "review",
                self.env._("Open the reviews of a month or quarter, and remind of them"),
                "customer.sheet.review",
                "_cron_review",
            ),
        ]
