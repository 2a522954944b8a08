from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ...models.consent.ledger.words import PRIVACY_OFFICER
from ...models.sheet.called import called


class CustomerSheetErasureBack(models.TransientModel):
    """Lets an erased person be written on their record again, and says why."""

    _name = "customer.sheet.erasure.back"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "An Erased Person Came Back (Dialog)"

    partner_id = fields.Many2one("res.partner", "Contact", ondelete="cascade")
    lead_id = fields.Many2one("crm.lead", ondelete="cascade")
    words = fields.Text("How they came back", required=True)

    @called(one=True)
    def action_came_back(self):
        """Let names, addresses and phones be written on the record again."""
        record = (self.partner_id or self.lead_id).sudo(False)
        if not self.env.user.has_group(PRIVACY_OFFICER):
            raise AccessError(self.env._("Only privacy officers let somebody come back."))
        record.check_access("read")
        if not record.sudo().sheet_erased_on:
            raise UserError(self.env._("Nobody was erased here."))
        record.sudo()._sheet_came_back(self.words)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
