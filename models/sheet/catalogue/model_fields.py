from odoo import models


class IrModelFields(models.Model):
    _inherit = "ir.model.fields"

    def unlink(self):
        """Archive, with a message, the questions that lose their last field."""
        ours = self.env["ir.module.module"]._get("crm_customer_sheet")
        if ours.state == "to remove":  # the questions are going, too
            return super().unlink()
        questions = self.env["customer.sheet.question"]._losing_fields(self)
        result = super().unlink()
        questions._archive_without_field()
        return result
