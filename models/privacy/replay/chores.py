from odoo import api, models

from ...sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "erasure_replay",
                self.env._("Look whether a restored backup has brought erased people back"),
                "customer.sheet.erasure.replay",
                "_cron_look",
                "prompt",
            ),
            Chore(
                "erasure_register",
                self.env._("Verify the register of erasures, and mail what is new in it"),
                "customer.sheet.erasure.entry",
                "_cron_register",
            ),
        ]
