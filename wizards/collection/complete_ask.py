import base64

from markupsafe import Markup

from odoo import api, fields, models

from ...models.sheet.called import called
from ...models.sheet.toast import toast
from ...tools.qr import svg


class CustomerSheetCompleteAsk(models.TransientModel):
    """Asks a customer for what is still open: by e-mail, or by a code that they scan."""

    _name = "customer.sheet.complete.ask"
    _inherit = "customer.sheet.dialog.mixin"
    _description = "Ask to Complete a Sheet"

    lead_id = fields.Many2one("crm.lead", ondelete="cascade", readonly=True)
    partner_id = fields.Many2one("res.partner", "Contact", ondelete="cascade", readonly=True)
    asked = fields.Text("They are asked", compute="_compute_link")
    url = fields.Char("Link", compute="_compute_link")
    qr = fields.Html("Code to scan", compute="_compute_link", sanitize=False)

    @api.depends("lead_id", "partner_id")
    @api.depends_context("lang")
    def _compute_link(self):
        for dialog in self:
            sheet = dialog._sheet()
            if not sheet:
                dialog.asked = dialog.url = dialog.qr = False
                continue
            dialog.asked = "\n".join(sheet._sheet_complete_labels())
            dialog.url = sheet._sheet_complete_url()
            data = base64.b64encode(svg(dialog.url).encode()).decode()
            dialog.qr = Markup('<img width="240" height="240" alt="%s" src="%s"/>') % (
                self.env._("Code to scan"),
                f"data:image/svg+xml;base64,{data}",
            )

    @called(one=True)
    def action_send(self):
        """Mail the link to the customer and note it on the sheet."""
        sheet = self._sheet()
        sheet._sheet_check_access("write")
        sheet._sheet_complete_check()
        sheet._sheet_complete_send()
        sheet._message_log(body=self.env._("Asked by e-mail to complete the sheet."))
        return toast(self.env._("%(name)s was asked by e-mail.", name=sheet.display_name))

    def _sheet(self):
        """Return the contact or lead, as the user sees it."""
        sheet = self.lead_id or self.partner_id
        if sheet:
            sheet._sheet_check_access("read")
        return sheet
