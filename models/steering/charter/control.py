from odoo import api, models
from odoo.fields import Domain

from ...sheet.controls.control import Control, Finding


class CustomerSheetControl(models.Model):
    _inherit = "customer.sheet.control"

    @api.model
    def _controls(self):
        return [
            *super()._controls(),
            Control(
                "charter",
                "governance",
                self.env._("People can do what the charter says, and no more"),
                self.env._(
                    "Whoever can delete or export without a part in it is a leak that nobody"
                    " answers for."
                ),
                fix="customer_sheet_charter_action",
                who="crm_customer_sheet.group_sheet_manager",
                room="steering",
            ),
        ]

    def _check_charter(self):
        lines = self.env["customer.sheet.charter.line"].search(Domain.TRUE)
        wrong = lines.filtered("difference")
        if not wrong:
            return Finding(True, self.env._("Rights and charter agree."))
        return Finding(False, self.env._("Rights that differ: %(count)s", count=len(wrong)))
