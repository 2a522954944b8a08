from datetime import timedelta

from odoo import api, fields, models

from ..sheet.controls.control import Control

#: How long a sensitive text may wait for the privacy officer.
MOST_WAITING = timedelta(days=30)


class CustomerSheetControl(models.Model):
    _inherit = "customer.sheet.control"

    @api.model
    def _controls(self):
        return [
            *super()._controls(),
            Control(
                "sensitive",
                "privacy",
                self.env._("No sensitive text waits longer than 30 days"),
                self.env._("Health, religion or card numbers have no place in a customer sheet."),
                "customer_sheet_sensitive_finding_action",
                "crm_customer_sheet.group_sheet_privacy",
            ),
        ]

    @api.model
    def _sensitive_waiting(self):
        return [
            ("state", "=", "review"),
            ("create_date", "<", fields.Datetime.now() - MOST_WAITING),
        ]

    def _check_sensitive(self):
        return self._none(self.env["customer.sheet.sensitive.finding"], self._sensitive_waiting())

    def _fix_sensitive(self):
        return self._action(
            "customer_sheet_sensitive_finding_action", domain=self._sensitive_waiting()
        )
