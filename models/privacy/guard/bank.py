from odoo import api, models


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse a bank account of somebody who was erased."""
        for vals in vals_list:
            self._sheet_check_owner(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._sheet_check_owner(vals)
        return super().write(vals)

    def _sheet_check_owner(self, vals):
        owner = self.env["res.partner"].browse(filter(None, [vals.get("partner_id")]))
        owner._sheet_check_none_erased()
