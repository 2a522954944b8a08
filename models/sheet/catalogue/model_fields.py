from odoo import models


class IrModelFields(models.Model):
    _inherit = "ir.model.fields"

    def unlink(self):
        """Archive, with a message, the questions that lose their last field."""
        questions = self.env["customer.sheet.question"]._losing_fields(self)
        result = super().unlink()
        questions._archive_without_field()
        return result
