from odoo import models

from ...consent.ledger.words import PRIVACY_OFFICER

#: Who sees restricted contacts: their documents have to be kept and shown. The groups of the
#: accounting app are nobody's where it is not installed.
SEEING = (PRIVACY_OFFICER, "account.group_account_readonly", "account.group_account_invoice")


class ResUsers(models.Model):
    _inherit = "res.users"

    def _sheet_sees_restricted(self):
        """Tell whether this user sees restricted contacts and leads: the record rules ask."""
        return any(map(self.has_group, SEEING))
