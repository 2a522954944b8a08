from odoo import api, models

from ...consent.ledger.words import PRIVACY_OFFICER
from ...sheet.controls.control import Control

LATE = [("is_late", "=", True)]


class CustomerSheetControl(models.Model):
    _inherit = "customer.sheet.control"

    @api.model
    def _controls(self):
        return [
            *super()._controls(),
            Control(
                "breaches",
                "privacy",
                self.env._("No breach is past the hours in which the authority is told"),
                self.env._("After 72 hours a reason is owed, too."),
                "customer_sheet_breach_action",
                PRIVACY_OFFICER,
                room="privacy",
            ),
        ]

    def _check_breaches(self):
        return self._none(self.env["customer.sheet.breach"], LATE)

    def _fix_breaches(self):
        return self._action("customer_sheet_breach_action", domain=LATE)
