from odoo import api, fields, models
from odoo.fields import Command

from ...models.sheet.called import called


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
        compute_sudo=False,
        store=True,
        readonly=False,
    )

    @api.constrains("merge_id")
    def _check_merge_id(self):
        """Show nothing of a merge that the person may not undo."""
        for undo in self:
            undo.merge_id.with_user(self.env.uid)._check_may_undo()

    @api.depends("merge_id")
    def _compute_line_ids(self):
        for undo in self:
            merge = undo.merge_id.with_user(self.env.uid)  # whoever flushes, maybe superuser
            if merge:
                merge._check_may_undo()
            words = merge._conflict_words() if merge else []
            undo.line_ids = [Command.clear(), *map(Command.create, words)]

    @called(one=True)
    def action_undo(self):
        """Take the merge back, with the changes that the user has ticked."""
        self.merge_id._undo(overwrite=self.line_ids.filtered("put_back").mapped("key"))
        return self.merge_id._action_undone()
