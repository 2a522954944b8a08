from odoo import models

#: Of a login; the rest of it is written on its contact, and refused there.
GUARDED = frozenset({"login", "signature"})


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        """Refuse a person on the login of somebody who was erased."""
        if names := {name for name in GUARDED if vals.get(name)}:
            self.sudo().partner_id._sheet_check_not_erased(names)
        return super().write(vals)
