from odoo import api, models

from ..upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "controls",
                self.env._("Note which controls have changed"),
                "customer.sheet.control",
                "_cron_note",
            ),
        ]
