from odoo import api, models

from ...sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "restriction_end",
                self.env._("Erase what was kept, once its time is over"),
                "customer.sheet.person",
                "_cron_end",
            ),
        ]
