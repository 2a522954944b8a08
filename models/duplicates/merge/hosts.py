from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sheet.called import called
from ...sheet.fields import SHEET_FIELD, SHEET_USER


class CustomerSheetMixin(models.AbstractModel):
    """A record that was merged says into which, and opens the way back."""

    _inherit = "customer.sheet.mixin"

    sheet_can_undo_merge = fields.Boolean(
        "The merge can be undone", compute="_compute_sheet_can_undo_merge", groups=SHEET_USER
    )

    @api.depends("sheet_merged_into_id")
    @api.depends_context("uid")
    def _compute_sheet_can_undo_merge(self):
        merges = self._sheet_merges()
        steward = self.env.user.has_group("crm_customer_sheet.group_sheet_steward")
        for record in self:
            merge = merges.get(record.id)
            record.sheet_can_undo_merge = bool(
                merge and (steward or merge.user_id == self.env.user)
            )

    def _sheet_merges(self):
        """Return ``{id: the merge that archived the record}``, those that can be undone."""
        merged = self.sudo().filtered("sheet_merged_into_id")
        if not merged:
            return {}
        merges = self.env["customer.sheet.merge"].sudo()
        found = merges.search(
            [
                ("host", "=", self._name),
                ("state", "=", "done"),
                ("survivor_id", "in", merged.sheet_merged_into_id.ids),
            ],
            order="id",
        )
        return {
            tail: merge for merge in found for tail in merge._tail_numbers() if tail in merged._ids
        }

    def _sheet_merged(self):
        """Extend this for what has to follow once these records came out of a merge or its undo."""

    def _sheet_kept(self):
        """Return the record that this one ended up in, however many merges later."""
        record, seen = self, self.browse()
        while record.sheet_merged_into_id and record not in seen:
            seen |= record
            record = record.sheet_merged_into_id
        return record

    @called(one=True)
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

    @called(one=True)
    def action_sheet_undo_merge(self):
        """Undo the merge that archived this record."""
        self._sheet_check_access("write")
        merge = self._sheet_merges().get(self.id)
        if not merge:
            raise UserError(
                self.env._(
                    "The journal of this merge is no longer kept, so that it cannot be undone."
                    " Unarchive the record and correct it by hand."
                )
            )
        return merge.with_env(self.env).action_undo()


class ResPartner(models.Model):
    """Where a merged record went."""

    _inherit = "res.partner"

    sheet_merged_into_id = fields.Many2one(
        "res.partner",
        "Merged into",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        **SHEET_FIELD,
    )


class CrmLead(models.Model):
    """Where a merged record went."""

    _inherit = "crm.lead"

    sheet_merged_into_id = fields.Many2one(
        "crm.lead",
        "Merged into",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        **SHEET_FIELD,
    )
