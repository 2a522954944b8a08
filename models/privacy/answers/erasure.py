from odoo import models


class CustomerSheetErasure(models.Model):
    _inherit = "customer.sheet.erasure"

    def _do_files(self):
        own = self._own()
        theirs = [
            ("partner_id", "in", [*own.get("res.partner", ())]),
            ("lead_id", "in", [*own.get("crm.lead", ())]),
        ]
        self.env["customer.sheet.request"].sudo().search(["|", *theirs])._forget_package()
        return super()._do_files()
