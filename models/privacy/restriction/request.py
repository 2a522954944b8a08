from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sheet.called import called


class CustomerSheetRequest(models.Model):
    """Restricting the person of a request, and lifting it."""

    _inherit = "customer.sheet.request"

    is_restricted = fields.Boolean("Restricted", compute="_compute_is_restricted")

    @api.depends("partner_id.sheet_restricted_on", "lead_id.sheet_restricted_on")
    def _compute_is_restricted(self):
        for request in self:
            person = request.sudo().partner_id or request.sudo().lead_id
            request.is_restricted = bool(person and person.sheet_restricted_on)

    @called(one=True)
    def action_restrict(self):
        """Open the dialog that restricts the person of this request, or lifts it."""
        self.check_access("write")
        if not (self.partner_id or self.lead_id):
            raise UserError(
                self.env._("Say first whose contact or lead it is, in “Correct” of this request.")
            )
        return self.env["customer.sheet.restrict"]._open({"request_id": self.id})
