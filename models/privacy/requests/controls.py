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
                "requests",
                "privacy",
                self.env._("Nobody waits for an answer about their data past the end"),
                self.env._("The law gives a month; whoever hears nothing complains."),
                "customer_sheet_request_action",
                PRIVACY_OFFICER,
                room="privacy",
            ),
        ]

    def _check_requests(self):
        return self._none(self.env["customer.sheet.request"], LATE)

    def _fix_requests(self):
        return self._action("customer_sheet_request_action", domain=LATE)
