from odoo import api, fields, models
from odoo.fields import Domain

from ...sheet.called import called
from ..checks.fields import REASONS, STATUSES


class CustomerSheetQualityFigure(models.Model):
    """How many records of a run have one kind of value in one state, and which."""

    _name = "customer.sheet.quality.figure"
    _description = "Data Check Figure"
    _order = "run_id desc, kind, count desc"
    _rec_name = "run_id"

    run_id = fields.Many2one(
        "customer.sheet.quality.run", required=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one("res.company", ondelete="cascade", index="btree_not_null")
    kind = fields.Selection(
        [
            ("email", "E-mail"),
            ("phone", "Phone"),
            ("phone2", "Second phone"),
            ("registry", "Company ID"),
            ("vat", "VAT number"),
            ("age", "Old answers"),
        ],
        "Checked value",
        required=True,
    )
    status = fields.Selection(STATUSES)
    reason = fields.Selection(REASONS)
    count = fields.Integer("Records")
    share = fields.Float("Percentage", compute="_compute_share", help="Of the values of this kind.")

    @api.depends("count", "kind", "run_id.figure_ids.count")
    def _compute_share(self):
        totals = {}
        for figure in self.run_id.figure_ids:
            key = figure.run_id, figure.kind
            totals[key] = totals.get(key, 0) + figure.count
        for figure in self:
            figure.share = figure.count / max(totals.get((figure.run_id, figure.kind), 0), 1)

    @called(one=True)
    def action_open(self):
        """Open the records that this figure counts."""
        host = self.run_id.host
        return {
            "type": "ir.actions.act_window",
            "name": self._title(),
            "res_model": host,
            "view_mode": "list,form",
            "domain": self._records_domain(),
            "context": {"active_test": False},
        }

    @api.model
    def _companies(self):
        """Return how many companies the database has."""
        return self.env["res.company"].sudo().with_context(active_test=False).search_count([])

    def _records_domain(self):
        domain = Domain(self.run_id.sudo()._checked_domain())
        if self._companies() > 1:
            domain &= Domain("company_id", "=", self.company_id.id)
        if self.kind == "age":
            return list(domain & Domain("sheet_stale", "!=", False))
        return list(
            domain
            & Domain(f"sheet_{self.kind}_status", "=", self.status)
            & Domain(f"sheet_{self.kind}_reason", "=", self.reason)
        )

    def _title(self):
        names = ("kind", "status", "reason")
        labels = [
            dict(self._fields[name]._description_selection(self.env)).get(self[name])
            for name in names
        ]
        return " · ".join(filter(None, labels))
