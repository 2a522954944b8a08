from odoo import api, models

from ...sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "request_identity",
                self.env._("Remind people of proving who they are, close requests of nobody"),
                "customer.sheet.request",
                "_cron_identity",
            ),
            Chore(
                "request_names",
                self.env._("Forget who asked to be erased, once they are"),
                "customer.sheet.request",
                "_cron_forget",
            ),
        ]
