from odoo import api, models

from ..sheet.upkeep import WEEKLY, Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "merge_purge",
                self.env._("Forget old merges"),
                "customer.sheet.merge",
                "_cron_purge",
            ),
            Chore(
                "match_rebuild",
                self.env._("Once a week: match everything anew"),
                "customer.sheet.duplicate",
                "_request_rebuild",
                hours=WEEKLY,
            ),
        ]
