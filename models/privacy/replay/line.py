from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...sheet.called import called


class CustomerSheetErasureReplayLine(models.Model):
    """One record of an erasure that a backup has brought back, or whose number another one has."""

    _name = "customer.sheet.erasure.replay.line"
    _inherit = ["customer.sheet.evidence.mixin"]
    _description = "Record of a Restored Backup"
    _order = "outcome, model, row"
    _rec_name = "model"

    replay_id = fields.Many2one(
        "customer.sheet.erasure.replay",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    entry_id = fields.Many2one(
        "customer.sheet.erasure.entry",
        "Erasure",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    model = fields.Char("Table", required=True, readonly=True)
    model_label = fields.Char("What", compute="_compute_model_label")
    row = fields.Integer("Number", required=True, readonly=True, aggregator=None)
    outcome = fields.Selection(
        [
            ("back", "Back: restricted"),
            ("erased", "Erased again"),
            ("another", "Another record: left alone"),
            ("gone", "No longer there"),
            ("left", "Left as it is"),
        ],
        "What became of it",
        required=True,
        readonly=True,
        index=True,
    )

    @api.depends("model")
    @api.depends_context("lang")
    def _compute_model_label(self):
        for line in self:
            line.model_label = self.env["ir.model"]._get(line.model).name or line.model

    @called(one=True)
    def action_open(self):
        """Open the record, if the user may read it."""
        model = self.env.get(self.model)
        if model is None or not model.has_access("read"):
            raise AccessError(self.env._("You may not open this record; its number is shown."))
        record = model.with_context(active_test=False).browse(self.row)
        record.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": model._name,
            "res_id": record.id,
            "view_mode": "form",
        }
