from odoo import fields, models


class CustomerSheetImportColumn(models.Model):
    """A column of a file: what was found in it, and what it becomes."""

    _name = "customer.sheet.import.column"
    _description = "Column of an Import"
    _order = "import_id, position"
    _rec_name = "header"

    import_id = fields.Many2one(
        "customer.sheet.import", required=True, readonly=True, ondelete="cascade", index=True
    )
    position = fields.Integer(required=True, readonly=True, aggregator=None, help="From 0.")
    header = fields.Char(readonly=True)
    audit = fields.Json(readonly=True, help="What was found in its cells.")
    target = fields.Char(
        readonly=True, help="What it becomes: see `_targets` of the import; empty: nothing."
    )
