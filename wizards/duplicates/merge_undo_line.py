from odoo import fields, models


class CustomerSheetMergeUndoLine(models.TransientModel):
    _name = "customer.sheet.merge.undo.line"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Change since a Merge"

    undo_id = fields.Many2one(
        "customer.sheet.merge.undo", required=True, ondelete="cascade", index=True
    )
    key = fields.Char(required=True)
    record = fields.Char(readonly=True)
    field = fields.Char(readonly=True)
    before = fields.Char("Before the merge", readonly=True)
    now = fields.Char(readonly=True)
    put_back = fields.Boolean("Put back")
