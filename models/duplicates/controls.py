from datetime import timedelta

from odoo import api, fields, models

from ..sheet.controls.control import Control, Finding
from ..sheet.fields import STEWARD

#: How long a pair may wait for a decision.
MOST_WAITING = timedelta(days=30)


class CustomerSheetControl(models.Model):
    _inherit = "customer.sheet.control"

    @api.model
    def _controls(self):
        return [
            *super()._controls(),
            Control(
                "matching",
                "data",
                self.env._("Duplicates are looked for"),
                self.env._("One customer with two sheets is called twice and counted twice."),
                "customer_sheet_match_rule_action",
                room="duplicates",
            ),
            Control(
                "duplicate_queue",
                "data",
                self.env._("No likely duplicate waits longer than 30 days"),
                self.env._("The longer two sheets live on, the harder they are to merge."),
                "customer_sheet_duplicate_action",
                STEWARD,
                room="duplicates",
            ),
        ]

    def _check_matching(self):
        rules = self.env["customer.sheet.match.rule"].search_count([])
        is_on = self.env.ref("crm_customer_sheet.ir_cron_sheet_match").active
        return Finding(
            bool(rules and is_on),
            self.env._("Rules: %(count)s.", count=rules)
            if is_on
            else self.env._("Its scheduled action is switched off."),
        )

    @api.model
    def _waiting(self):
        return [
            ("kind", "=", "duplicate"),
            ("band", "in", ("certain", "probable")),
            ("state", "in", ("new", "review")),
            ("create_date", "<", fields.Datetime.now() - MOST_WAITING),
        ]

    def _check_duplicate_queue(self):
        return self._none(self.env["customer.sheet.duplicate"], self._waiting())

    def _fix_duplicate_queue(self):
        return self._action("customer_sheet_duplicate_action", domain=self._waiting())
