from odoo import api, models

from ..sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "waivers",
                self.env._("Remind of waivers that ended"),
                "customer.sheet.gate.waiver",
                "_cron_expired",
            ),
            Chore(
                "next_actions",
                self.env._("Every six hours: score leads whose next action has passed"),
                "crm.lead",
                "_cron_next_actions",
                "prompt",
                hours=6,
            ),
        ]
