from odoo import api, models

from ...sheet.fields import HOSTS


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse a file on the record of somebody who was erased."""
        for vals in vals_list:
            if vals.get("res_model") in HOSTS and vals.get("res_id"):
                self.env[vals["res_model"]].browse(vals["res_id"])._sheet_check_none_erased()
        return super().create(vals_list)
