from odoo import fields, models


class CustomerSheetImportRow(models.Model):
    """A row of a file, with its cells as they were."""

    _name = "customer.sheet.import.row"
    _description = "Row of an Import"
    _order = "import_id, line"
    _rec_name = "line"
    _log_access = False

    import_id = fields.Many2one(
        "customer.sheet.import", required=True, readonly=True, ondelete="cascade", index=True
    )
    line = fields.Integer("Row", required=True, readonly=True, aggregator=None)
    cells = fields.Json(readonly=True, help="The cells in the order of the columns.")

    _line_index = models.UniqueIndex("(import_id, line)")
