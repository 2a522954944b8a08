from odoo import api, fields, models

from ...sheet.actor import acting
from ...sheet.fields import SHEET_FIELD
from ...sheet.mixins.protected import stamping


def _earliest(name, leads):
    return min((lead[name] for lead in leads if lead[name]), default=False)


def _latest(name, leads):
    return max((lead[name] for lead in leads if lead[name]), default=False)


STAMPS = ("sheet_mql_at", "sheet_qualified_at")
#: Protected fields that stock's merge of leads hands on.
MERGED = {
    **dict.fromkeys(STAMPS, _earliest),
    **dict.fromkeys(("sheet_hot_on", "sheet_gate_unasked_on"), _latest),
}


class CrmLead(models.Model):
    """Since when a lead is promising and since when it is qualified (E3): stamped once.

    The import of an administrator may bring the dates of new leads and a merge keeps the
    earliest; nobody types them.
    """

    _inherit = "crm.lead"

    sheet_mql_at = fields.Datetime(
        "Promising since",
        compute="_compute_sheet_mql_at",
        store=True,
        readonly=False,
        copy=False,
        help="When the score first reached the threshold of the settings.",
        **SHEET_FIELD,
    )
    sheet_qualified_at = fields.Datetime(
        "Qualified since",
        compute="_compute_sheet_qualified_at",
        store=True,
        readonly=False,
        copy=False,
        help="When the lead first entered the stage “Qualified” or one behind it.",
        **SHEET_FIELD,
    )

    @api.depends("sheet_score")
    def _compute_sheet_mql_at(self):
        threshold = self._sheet_threshold("mql")
        now = fields.Datetime.now()
        for lead in self:
            reached = (lead.sheet_score or 0) >= threshold
            lead.sheet_mql_at = lead.sheet_mql_at or (reached and now)

    @api.depends("stage_id")
    def _compute_sheet_qualified_at(self):
        qualified = self.env["customer.sheet.gate"]._qualified_stage_ids()
        now = fields.Datetime.now()
        for lead in self:
            entered = lead.stage_id.id in qualified
            lead.sheet_qualified_at = lead.sheet_qualified_at or (entered and now)

    def _sheet_stamps(self, score, now):
        """Return both dates of one lead, for the batch.

        A lead that was qualified before the module came has been so since its last move.
        """
        qualified = self.env["customer.sheet.gate"]._qualified_stage_ids()
        moved = self.date_last_stage_update or self.create_date
        return {
            "sheet_mql_at": self.sheet_mql_at
            or (now if score >= self._sheet_threshold("mql") else None),
            "sheet_qualified_at": self.sheet_qualified_at
            or (moved if self.stage_id.id in qualified else None),
        }

    # -- who may bring them ----------------------------------------------------

    @api.model
    def _sheet_protected_fields(self):
        return {*super()._sheet_protected_fields(), *STAMPS}

    @api.model
    def _sheet_imported_fields(self):
        return {*super()._sheet_imported_fields(), *STAMPS}

    def _merge_opportunity(self, *args, **kwargs):
        """Merge as such, the silent merges of the assignment included."""
        with acting("merge"), stamping(MERGED):
            return super()._merge_opportunity(*args, **kwargs)

    def _merge_get_fields_specific(self):
        return {**super()._merge_get_fields_specific(), **MERGED}
