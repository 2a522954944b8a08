from odoo import SUPERUSER_ID, models
from odoo.http import request

from ...consent.ledger.words import PRIVACY_OFFICER


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _authenticate(cls, endpoint):
        """Notice first whether a backup was restored meanwhile."""
        request.env["customer.sheet.erasure.entry"].with_user(SUPERUSER_ID)._look_once()
        return super()._authenticate(endpoint)

    def session_info(self):
        """Tell the web client of a privacy officer that a backup has brought people back."""
        info = super().session_info()
        if self.env.user.has_group(PRIVACY_OFFICER):
            info["sheet_restored"] = self.env["customer.sheet.erasure.replay"]._open_words()
        return info
