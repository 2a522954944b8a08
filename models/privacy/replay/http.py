from odoo import models

from ...consent.ledger.words import PRIVACY_OFFICER


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell the web client of a privacy officer that a backup has brought people back."""
        info = super().session_info()
        if self.env.user.has_group(PRIVACY_OFFICER):
            info["sheet_restored"] = self.env["customer.sheet.erasure.replay"]._open_words()
        return info
