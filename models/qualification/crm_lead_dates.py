from odoo import api, fields, models

from ..sheet.sheet_fields import SHEET_FIELD
from .crm_lead_gate import _AUTOMATIC, _automatic

STAMPS = ("sheet_mql_at", "sheet_qualified_at")
#: What only our own code writes: whoever writes it by hand is not believed.
COUNTED = frozenset({*STAMPS, "sheet_score", "sheet_engagement", "sheet_scored_on", "sheet_hot_on"})


class CrmLead(models.Model):
    """Since when a lead is promising and since when it is qualified (E3): stamped once.

    An import may bring the dates and a merge keeps the earliest; nobody types them.
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

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._sheet_without_stamps(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._sheet_without_stamps(vals))

    def _sheet_without_stamps(self, vals):
        """Return the values without what a person may not type; empty dates are computed."""
        trusted = self.env.su or _AUTOMATIC.get()
        refused = {name for name in COUNTED.intersection(vals) if not (trusted and vals[name])}
        return {name: value for name, value in vals.items() if name not in refused}

    def _merge_opportunity(self, *args, **kwargs):
        """Merge as an automatic flow, the silent merges of the assignment included."""
        with _automatic():
            return super()._merge_opportunity(*args, **kwargs)

    def _merge_get_fields_specific(self):
        stamps = dict.fromkeys(STAMPS, _earliest)
        return {**super()._merge_get_fields_specific(), **stamps, "sheet_hot_on": _latest}


def _earliest(name, leads):
    return min((lead[name] for lead in leads if lead[name]), default=False)


def _latest(name, leads):
    return max((lead[name] for lead in leads if lead[name]), default=False)
