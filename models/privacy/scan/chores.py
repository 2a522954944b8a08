from odoo import api, models

from ...sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "searches",
                self.env._("Go on with the searches for a person, forget what old ones found"),
                "customer.sheet.search",
                "_cron_search",
                "prompt",
            ),
        ]
