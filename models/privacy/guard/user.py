from odoo import models

#: Of a login; the rest of it is written on its contact, and refused there.
GUARDED = frozenset({"login", "signature"})


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        """Refuse a person on the login of somebody who was erased."""
        if any(vals.get(name) for name in GUARDED):
            if self.env["res.partner"]._sheet_somebody_is_erased():
                self.sudo().partner_id._sheet_check_not_erased()
        return super().write(vals)
