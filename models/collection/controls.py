from datetime import timedelta

from odoo import api, fields, models

from ..sheet.controls.control import Control, Finding
from ..sheet.fields import STEWARD

#: How long what was sent in may wait for the steward.
MOST_WAITING = timedelta(days=7)


class CustomerSheetControl(models.Model):
    _inherit = "customer.sheet.control"

    @api.model
    def _controls(self):
        return [
            *super()._controls(),
            Control(
                "form",
                "setup",
                self.env._("A form is online"),
                self.env._(
                    "What people type themselves needs no typing, and says where it comes from."
                ),
                "customer_sheet_form_action",
                room="collection",
            ),
            Control(
                "form_notices",
                "privacy",
                self.env._("Every form tells people what becomes of their data"),
                self.env._("A box without a notice in force is not shown, and nobody agrees."),
                "customer_sheet_form_action",
                room="collection",
            ),
            Control(
                "held",
                "data",
                self.env._("Nothing that was sent in waits longer than 7 days"),
                self.env._("Behind every one of them somebody waits for an answer."),
                "customer_sheet_submission_action",
                STEWARD,
                room="collection",
            ),
        ]

    def _check_form(self):
        online = [("use", "=", "public"), ("version_ids", "!=", False)]
        return self._some(self.env["customer.sheet.form"], online)

    @api.model
    def _untold_forms(self):
        forms = self.env["customer.sheet.form"].search([("version_ids", "!=", False)])
        return forms.filtered(lambda form: form._untold_purposes())

    def _check_form_notices(self):
        untold = self._untold_forms()
        return Finding(not untold, self._counted(len(untold)))

    def _fix_form_notices(self):
        domain = [("id", "in", self._untold_forms().ids)]
        return self._action("customer_sheet_form_action", domain=domain)

    @api.model
    def _held(self):
        return [
            ("state", "=", "held"),
            ("received_at", "<", fields.Datetime.now() - MOST_WAITING),
        ]

    def _check_held(self):
        return self._none(self.env["customer.sheet.submission"], self._held())

    def _fix_held(self):
        return self._action("customer_sheet_submission_action", domain=self._held())
