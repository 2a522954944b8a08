from odoo import api, models

from ...sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "inform",
                self.env._("Note until when people are told where we have their data from"),
                "res.partner",
                "_cron_sheet_inform",
            ),
        ]
