from odoo import api, models

from ...sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "places",
                self.env._("Compare the data map with the apps that are installed"),
                "customer.sheet.place",
                "_refresh",
            ),
        ]
