from odoo import api, models

from .upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "unfinished",
                self.env._("Finish the sheets of what was created in great number"),
                "customer.sheet.unfinished",
                "_cron_finish",
                "prompt",
            ),
            Chore(
                "purchases",
                self.env._("What customers buy: figures, value, loyalty"),
                "res.partner",
                "_cron_sheet_purchases",
            ),
        ]
