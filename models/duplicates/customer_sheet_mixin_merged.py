from odoo import api, fields, models
from odoo.exceptions import UserError

from ..sheet.sheet_fields import SHEET_FIELD


class CustomerSheetMixin(models.AbstractModel):
    """A record that was merged says into which, and opens the way back."""

    _inherit = "customer.sheet.mixin"

    sheet_merge_id = fields.Many2one(
        "customer.sheet.merge",
        "Merge",
        compute="_compute_sheet_merge_id",
        compute_sudo=True,
        help="The merge that archived this record, while it can be undone.",
        **{**SHEET_FIELD, "prefetch": False},
    )

    @api.depends("sheet_merged_into_id")
    def _compute_sheet_merge_id(self):
        self.sheet_merge_id = False
        merged = self.filtered("sheet_merged_into_id")
        if merged:
            merges = self.env["customer.sheet.merge"].search(
                [
                    ("host", "=", self._name),
                    ("state", "=", "done"),
                    ("survivor_id", "in", merged.sheet_merged_into_id.ids),
                ],
                order="id",
            )
            for merge in merges:
                merged.filtered(lambda r, m=merge: r.id in (m.tail_ids or ())).sheet_merge_id = merge

    def _sheet_kept(self):
        """Return the record that this one ended up in, however many merges later."""
        record, seen = self, self.browse()
        while record.sheet_merged_into_id and record not in seen:
            seen |= record
            record = record.sheet_merged_into_id
        return record

    def action_sheet_open_kept(self):
        """Open the record that this one was merged into."""
        self._sheet_check_access("read")
        kept = self._sheet_kept()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": kept.id,
            "views": [(False, "form")],
            "name": kept.display_name,
        }

    def action_sheet_undo_merge(self):
        """Undo the merge that archived this record."""
        self._sheet_check_access("write")
        if not self.sheet_merge_id:
            raise UserError(
                self.env._(
                    "The journal of this merge is no longer kept, so that it cannot be undone."
                    " Unarchive the record and correct it by hand."
                )
            )
        return self.sheet_merge_id.action_undo()
