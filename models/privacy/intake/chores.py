from odoo import api, models

from ...sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "request_arrivals",
                self.env._("Take the privacy requests of the public page"),
                "customer.sheet.request.arrival",
                "_cron_take",
                "prompt",
            ),
        ]
