from odoo import fields, models


class CustomerSheetExportLog(models.Model):
    _inherit = "customer.sheet.export.log"

    kind = fields.Selection(
        selection_add=[("answer", "Answer to a person")], ondelete={"answer": "cascade"}
    )
