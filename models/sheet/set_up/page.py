from odoo import api, fields, models

from ..called import called
from ..controls.control import KINDS


def _of_kind():
    return fields.Many2many("customer.sheet.control", compute="_compute_controls")


def _in_words():
    return fields.Char(compute="_compute_controls")


class CustomerSheetSetup(models.TransientModel):
    """The set-up page: all controls as they are now, by what they are about (G4).

    There is nothing to tick: a line turns green once it is so.
    """

    _name = "customer.sheet.setup"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Set-up"

    progress = fields.Float(compute="_compute_controls")
    progress_said = fields.Char(compute="_compute_controls")

    # by kind: the controls, and how many of them are right
    setup_ids, setup_said = _of_kind(), _in_words()
    data_ids, data_said = _of_kind(), _in_words()
    privacy_ids, privacy_said = _of_kind(), _in_words()
    security_ids, security_said = _of_kind(), _in_words()
    governance_ids, governance_said = _of_kind(), _in_words()

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("Set-up")

    @api.depends_context("lang", "uid")
    def _compute_controls(self):
        controls = self.env["customer.sheet.control"]._asked()
        right = controls.filtered(lambda control: control.state == "right")
        by_kind = controls.grouped("kind")
        for page in self:
            page.progress = 100 * len(right) / max(len(controls), 1)
            page.progress_said = self._said(controls)
            for kind, _label in KINDS:
                some = by_kind.get(kind, controls.browse())
                page[f"{kind}_ids"] = some
                page[f"{kind}_said"] = self._said(some)

    def copy_data(self, default=None):
        self.check_access("read")  # a page has no column that stock would read
        return super().copy_data(default)

    @api.model
    def _said(self, controls):
        right = controls.filtered(lambda control: control.state == "right")
        return self.env._("%(right)s of %(all)s right", right=len(right), all=len(controls))

    @api.model
    @called()
    def action_open_page(self):
        """Open the set-up page."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Set-up"),
            "res_model": self._name,
            "res_id": self.create({}).id,
            "view_mode": "form",
        }
