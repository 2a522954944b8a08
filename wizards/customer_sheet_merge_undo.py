from odoo import api, fields, models
from odoo.fields import Command

from ..models.sheet.called import called


class CustomerSheetMergeUndo(models.TransientModel):
    """What has changed since a merge: each can be put back or left as it is."""

    _name = "customer.sheet.merge.undo"
    _inherit = ["customer.sheet.dialog.mixin"]
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
            # a stored compute runs as superuser: it must not show more than the person may see
            merge = undo.merge_id.with_user(self.env.uid)
            if merge:
                merge._check_may_undo()
            words = merge._conflict_words() if merge else []
            undo.line_ids = [Command.clear(), *map(Command.create, words)]

    @called(one=True)
    def action_undo(self):
        """Take the merge back, with the changes that the user has ticked."""
        self.merge_id._undo(overwrite=self.line_ids.filtered("put_back").mapped("key"))
        return self.merge_id._action_undone()
