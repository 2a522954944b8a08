from odoo import fields, models


class CustomerSheetExportLog(models.Model):
    _inherit = "customer.sheet.export.log"

    kind = fields.Selection(
        selection_add=[("import", "File import")], ondelete={"import": "cascade"}
    )
    file_name = fields.Char("File", readonly=True)
    file_hash = fields.Char(
        "SHA-256 of the file", readonly=True, help="Tells whether a file that somebody has is it."
    )
