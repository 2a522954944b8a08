from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from ...models.privacy.requests.words import RIGHTS
from ...models.sheet.called import called
from ...models.sheet.toast import toast


class CustomerSheetRequestFile(models.TransientModel):
    """Tells the privacy officer what somebody asks; whoever tells it sees no request."""

    _name = "customer.sheet.request.file"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Tell of a Privacy Request"

    partner_id = fields.Many2one("res.partner", "Contact", ondelete="cascade", readonly=True)
    lead_id = fields.Many2one("crm.lead", ondelete="cascade", readonly=True)
    kind = fields.Selection(RIGHTS, "What they ask for", required=True, default="access")
    channel = fields.Selection(
        [
            ("phone", "On the phone"),
            ("email", "By e-mail"),
            ("meeting", "Face to face"),
            ("post", "By post"),
            ("other", "Otherwise"),
        ],
        "How it came",
        required=True,
        default="phone",
    )
    received_on = fields.Date("Asked on", required=True, default=fields.Date.context_today)
    words = fields.Text("Their words")

    @called(one=True)
    def action_file(self):
        """File the request, and say thank you."""
        sheet = self.partner_id or self.lead_id
        if not sheet:
            raise UserError(self.env._("Open the contact or lead of whoever asks first."))
        sheet._sheet_check_access("read")
        if self.received_on > fields.Date.context_today(self):
            raise ValidationError(self.env._("“Asked on” cannot be in the future."))
        self.env["customer.sheet.request"]._file(
            sheet, self.kind, self.channel, self.received_on, self.words
        )
        return toast(self.env._("Thank you: the privacy officer has been told."))
