from odoo import api, models

from ...sheet.upkeep import Chore

#: A week, less the time that nights differ.
WEEKLY = 7 * 24 - 12


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "worth",
                self.env._("Once a week: what each question is worth"),
                "customer.sheet.question.figure",
                "_cron_figure",
                hours=WEEKLY,
            ),
        ]
