from odoo import api, models

from ..sheet.upkeep import Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "consent_expired",
                self.env._("Note the consents that have run out"),
                "customer.sheet.consent.state",
                "_cron_expired",
            ),
            Chore(
                "consent_seal",
                self.env._("Seal the consent ledger"),
                "customer.sheet.consent.seal",
                "_cron_seal",
            ),
            Chore(
                "consent_links",
                self.env._("Send links to preferences"),
                "customer.sheet.consent.link.request",
                "_cron_send",
                "prompt",
            ),
            Chore(
                "consent_reminders",
                self.env._("Remind of requests for consent"),
                "customer.sheet.consent.event",
                "_cron_opt_in_remind",
                "prompt",
            ),
        ]
