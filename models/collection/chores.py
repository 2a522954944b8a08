from odoo import api, models

from ..sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        """Let what was sent in land before all else: somebody is waiting for it."""
        submissions = "customer.sheet.submission"
        return [
            Chore(
                "landing",
                self.env._("Let what was sent in land"),
                submissions,
                "_cron_land",
                "prompt",
            ),
            *super()._chores(),
            Chore(
                "forms",
                self.env._("Tell people what is in force: forms follow the notices"),
                "customer.sheet.form",
                "_follow",
                "prompt",
            ),
            Chore(
                "drafts",
                self.env._("Delete drafts that have expired"),
                submissions,
                "_cron_expire",
            ),
            Chore(
                "submissions",
                self.env._("Erase the content of old submissions"),
                submissions,
                "_cron_erase",
            ),
        ]
