from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sheet.called import called


class CustomerSheetRequest(models.Model):
    """Erasure: what a request to be forgotten leads to."""

    _inherit = "customer.sheet.request"

    erasure_ids = fields.One2many("customer.sheet.erasure", "request_id", "Erasures")
    is_erased = fields.Boolean("Their data are erased", compute="_compute_is_erased")

    @api.depends("erasure_ids.state")
    def _compute_is_erased(self):
        for request in self:
            request.is_erased = "done" in request.erasure_ids.mapped("state")

    @called(one=True)
    def action_prepare_erasure(self):
        """Open the erasure of whoever asks, prepared anew where there is none."""
        self._check_open()
        person = self.partner_id or self.lead_id
        if self.kind != "erasure" or not person:
            raise UserError(
                self.env._("Say first whose contact or lead it is, in “Correct” of this request.")
            )
        if self.state != "working":
            raise UserError(self.env._("Start work first: it must be clear who asks."))
        erasures = self.erasure_ids.filtered(lambda each: each.state != "stopped").sudo()
        # of whoever it is now: that may have been corrected
        erasure = erasures.filtered(lambda each: (each.partner_id or each.lead_id) == person)[:1]
        erasure = erasure.sudo(False) or self.env["customer.sheet.erasure"]._start(person, self)
        return erasure._action_open()
