from odoo import api, models

from .upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "purchases",
                self.env._("Purchase figures from sales orders"),
                "res.partner",
                "_cron_sheet_purchases",
            ),
        ]
