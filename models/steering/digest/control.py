from odoo import api, models
from odoo.fields import Domain

from ...sheet.controls.control import Control, Finding
from .digest import CONTROLS, FIGURES


class CustomerSheetControl(models.Model):
    _inherit = "customer.sheet.control"

    @api.model
    def _controls(self):
        return [
            *super()._controls(),
            Control(
                "digest_readers",
                "governance",
                self.env._("Somebody gets the figures every week"),
                self.env._("Figures that nobody sees mend nothing."),
                fix="digest.digest_digest_action",
                who="base.group_erp_manager",
                room="steering",
            ),
        ]

    def _check_digest_readers(self):
        told = Domain.OR(Domain(line, "=", True) for line in (*FIGURES, CONTROLS))
        digests = self.env["digest.digest"].search(told & Domain("state", "=", "activated"))
        count = len(digests.user_ids.filtered("active"))
        return Finding(bool(count), self.env._("Readers: %(count)s", count=count))
