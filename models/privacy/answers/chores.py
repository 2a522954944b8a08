from odoo import api, models

from ...sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "answers",
                self.env._("Delete the files that people were given, once their link has ended"),
                "customer.sheet.request",
                "_cron_answers",
            ),
        ]
