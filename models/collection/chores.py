from odoo import api, models

from ..sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        """Let what visitors sent land before all else: somebody is waiting for it."""
        name = "customer.sheet.submission"
        landing = Chore(
            "landing", self.env._("Let what was sent in land"), name, "_cron_land", "prompt"
        )
        return [
            landing,
            *super()._chores(),
            Chore("drafts", self.env._("Delete drafts that have expired"), name, "_cron_expire"),
            Chore(
                "submissions",
                self.env._("Erase the content of old submissions"),
                name,
                "_cron_erase",
            ),
            Chore(
                "import",
                self.env._("Read and import files"),
                "customer.sheet.import",
                "_go_on",
                "prompt",
            ),
            Chore(
                "forms",
                self.env._("Tell people what is in force: forms follow the notices"),
                "customer.sheet.form",
                "_follow",
                "prompt",
                hours=1,
            ),
            Chore(
                "registers",
                self.env._("Ask registers what waits"),
                "customer.sheet.register.request",
                "_cron_ask",
                "prompt",
            ),
            Chore(
                "registers_yearly",
                self.env._("Once a year: look companies up again"),
                "customer.sheet.register.request",
                "_cron_yearly",
            ),
        ]
