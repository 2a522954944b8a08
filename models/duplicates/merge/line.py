from odoo import fields, models


class CustomerSheetMergeLine(models.Model):
    """What a merge did to rows of one table: enough to take it back.

    Written in SQL, in sets.  Holds images of rows, hence personal data: nobody reads it
    through the client but an administrator, and it goes with its merge.
    """

    _name = "customer.sheet.merge.line"
    _description = "Line of a Merge Journal"
    _log_access = False
    _rec_name = "table_name"

    merge_id = fields.Many2one(
        "customer.sheet.merge", required=True, ondelete="cascade", index=True, readonly=True
    )
    kind = fields.Selection(
        [
            ("move", "References moved"),
            ("change", "Row changed"),
            ("insert", "Row added"),
            ("gone", "Row deleted by Odoo"),
        ],
        required=True,
        readonly=True,
    )
    table_name = fields.Char(required=True, readonly=True)
    column_name = fields.Char(readonly=True)
    key_name = fields.Char(readonly=True, help="What tells the rows of the table apart.")
    tail_id = fields.Integer(readonly=True)
    survivor_id = fields.Integer(readonly=True)
    row_ids = fields.Json(readonly=True)
    row_count = fields.Integer(readonly=True)
    before = fields.Json(readonly=True)
    after = fields.Json(readonly=True)
