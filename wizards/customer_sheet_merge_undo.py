from odoo import api, fields, models


class CustomerSheetMergeUndo(models.TransientModel):
    """What has changed since a merge: each can be put back or left as it is."""

    _name = "customer.sheet.merge.undo"
    _description = "Undo a Merge"

    merge_id = fields.Many2one(
        "customer.sheet.merge", required=True, readonly=True, ondelete="cascade"
    )
    line_ids = fields.One2many(
        "customer.sheet.merge.undo.line",
        "undo_id",
        "Changed since",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("merge_id")
    def _compute_line_ids(self):
        for undo in self:
            merge = undo.merge_id
            if merge:
                merge._check_may_undo()
            undo.line_ids = [
                fields.Command.clear(),
                *(fields.Command.create(values) for values in merge._conflict_words()),
            ]

    def action_undo(self):
        """Take the merge back, with the changes that the user has ticked."""
        self.ensure_one()
        self.merge_id._undo(overwrite=self.line_ids.filtered("put_back").mapped("key"))
        return self.merge_id._action_undone()
