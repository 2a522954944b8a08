from odoo import fields, models


class CustomerSheetImportValue(models.Model):
    """A text that stands in a column of list values, and which value it is."""

    _name = "customer.sheet.import.value"
    _description = "List Value of an Import"
    _order = "column_id, count desc, id"
    _rec_name = "text"

    column_id = fields.Many2one(
        "customer.sheet.import.column", required=True, readonly=True, ondelete="cascade", index=True
    )
    text = fields.Char(required=True, readonly=True)
    count = fields.Integer("Rows", readonly=True)
    decision = fields.Selection(
        [
            ("match", "Is this value"),
            ("add", "Add it to the list"),
            ("aside", "Set aside"),
            ("skip", "Leave it out"),
        ],
        required=True,
        readonly=True,
        default="aside",
    )
    value = fields.Char("Code", readonly=True)
