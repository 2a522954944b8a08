from odoo import api, models

from ..sheet.controls.control import Control, Finding


class CustomerSheetControl(models.Model):
    _inherit = "customer.sheet.control"

    @api.model
    def _controls(self):
        return [
            *super()._controls(),
            Control(
                "gate",
                "setup",
                self.env._("A gate stands before a stage, and warns or enforces"),
                self.env._("“Qualified” means the same for everybody only where it is checked."),
                "customer_sheet_gate_action",
            ),
        ]

    def _check_gate(self):
        gates = self.env["customer.sheet.gate"].search([("mode", "!=", "off")])
        gates = gates.filtered("stage_ids")
        return Finding(bool(gates), ", ".join(gates.mapped("name")))
