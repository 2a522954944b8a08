from odoo import api, models

#: Of a login; the rest of it is written on its contact, and refused there.
GUARDED = frozenset({"login", "signature"})


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse a login for somebody who was erased."""
        owners = {vals["partner_id"] for vals in vals_list if vals.get("partner_id")}
        self.env["res.partner"].browse(owners)._sheet_check_none_erased()
        return super().create(vals_list)

    def write(self, vals):
        """Refuse a person on the login of somebody who was erased."""
        if names := {name for name in GUARDED if vals.get(name)}:
            self.sudo().partner_id._sheet_check_not_erased(names)
        return super().write(vals)
