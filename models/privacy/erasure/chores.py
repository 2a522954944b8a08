from odoo import api, models

from ...sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "erasures",
                self.env._("Go on with the erasures that were approved"),
                "customer.sheet.erasure",
                "_cron_erase",
                "prompt",
            ),
        ]
