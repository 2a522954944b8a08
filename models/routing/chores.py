from odoo import api, models

from ..sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "digest",
                self.env._("In the morning: send the daily digest"),
                "customer.sheet.forgotten",
                "_cron_digest",
                "prompt",
            ),
            Chore(
                "sequences",
                self.env._("Go on with sequences"),
                "customer.sheet.sequence.enrolment",
                "_cron_run",
                "prompt",
            ),
        ]
