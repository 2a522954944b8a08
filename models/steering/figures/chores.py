from odoo import api, models

from ...sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "figures",
                self.env._("Freeze the figures of the day"),
                "customer.sheet.kpi",
                "_cron_snapshot",
            ),
        ]
