from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ...models.sheet.called import called


class CustomerSheetControlAttest(models.TransientModel):
    """Attests what Odoo cannot see: by whom, what was looked at, until when it counts."""

    _name = "customer.sheet.control.attest"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Attest a Control"

    control_id = fields.Many2one("customer.sheet.control", required=True, readonly=True)
    why = fields.Char(related="control_id.why", related_sudo=False)
    note = fields.Char(
        "What was looked at", required=True, help="Where, and what it says; a colleague reads it."
    )
    until = fields.Date(
        "Counts until",
        required=True,
        compute="_compute_until",
        precompute=True,
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    document = fields.Binary(attachment=False)
    document_name = fields.Char()

    @api.depends("control_id")
    def _compute_until(self):
        for dialog in self:
            dialog.until = dialog._latest()

    @api.constrains("until")
    def _check_until(self):
        for dialog in self:
            until = dialog.until
            if not until or not fields.Date.context_today(dialog) < until <= dialog._latest():
                raise ValidationError(
                    self.env._(
                        "“Counts until” is a day after today, at the latest %(latest)s.",
                        latest=format_date(self.env, dialog._latest()),
                    )
                )

    @api.constrains("note")
    def _check_note(self):
        if any(not (dialog.note or "").strip() for dialog in self):
            raise ValidationError(self.env._("Say what was looked at: a colleague reads it."))

    def _latest(self):
        control = self.control_id._by_code().get(self.control_id.code)
        months = control.months if control else 0
        return fields.Date.context_today(self) + relativedelta(months=months)

    @called(one=True)
    def action_attest(self):
        """Keep the attestation, in the name of the user."""
        self.control_id._attest(self.note, self.until, self.document, self.document_name)
        return {"type": "ir.actions.act_window_close"}
