from odoo import api, models

from ..sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "forms",
                self.env._("Tell people what is in force: forms follow the notices"),
                "customer.sheet.form",
                "_follow",
                "prompt",
            ),
        ]
