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
        """Return the contact or lead that a link lets its holder complete, or None.

        It follows a merge, and dies with its record or when the e-mail address changes; one that
        was made without an address works until there is one.
        """
        holder = self._open(COMPLETE, token)
        if not holder:
            return None
        model, sheet_id, *_rest = self._verified(COMPLETE, token)
        own = self.env[model].sudo().browse(sheet_id).exists()._sheet_kept()
        others = self._sheets_of(holder.subject) if holder.point_hash else ()
        return next((each for each in (own, *others) if self._is_of(each, holder)), None)

    @api.model
    def _is_of(self, sheet, holder):
        """Return whether a contact or lead is in use, and its address that of the holder."""
        is_used = bool(sheet) and sheet.active
        return is_used and (self._address_hash(sheet) or "") == holder.point_hash


class CustomerSheetConsentLinkRequest(models.Model):
    _inherit = "customer.sheet.consent.link.request"

    def _send(self):
        if self.kind != COMPLETE:
            super()._send()
            return
        for sheet in self._sheets():
            sheet._sheet_complete_send()
