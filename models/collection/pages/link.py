from datetime import timedelta

from odoo import api, models

from ..settings import COMPLETE_DAYS

COMPLETE = "complete"


class CustomerSheetConsentLink(models.AbstractModel):
    _inherit = "customer.sheet.consent.link"

    @api.model
    def _days(self, kind):
        if kind != COMPLETE:
            return super()._days(kind)
        return timedelta(days=COMPLETE_DAYS.value(self.env))

    @api.model
    def _open_complete(self, token):
        """Return the contact or lead that a link lets its holder complete, or an empty one.

        It dies when the e-mail address changes; one that was made without an address works
        until there is one.
        """
        holder = self._open(COMPLETE, token)
        if not holder:
            return None
        if holder.point_hash:
            return holder.sheet
        model, sheet_id, *_rest = self._verified(COMPLETE, token)
        sheet = self.env[model].sudo().browse(sheet_id).exists()
        return sheet.filtered(lambda each: not each._sheet_contact_point("email"))


class CustomerSheetConsentLinkRequest(models.Model):
    _inherit = "customer.sheet.consent.link.request"

    def _send(self):
        if self.kind != COMPLETE:
            super()._send()
            return
        for sheet in self._sheets():
            sheet._sheet_complete_send()
