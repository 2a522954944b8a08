from odoo import api, fields, models

from .words import DECISIONS, GROUNDS


class CustomerSheetErasureLine(models.Model):
    """What an erasure does in one place: how many rows, and what is kept why and until when."""

    _name = "customer.sheet.erasure.line"
    _description = "Place of an Erasure"
    _order = "decision desc, model, id"
    _rec_name = "model"

    erasure_id = fields.Many2one(
        "customer.sheet.erasure", required=True, readonly=True, ondelete="cascade", index=True
    )
    company_id = fields.Many2one(related="erasure_id.company_id", store=True, index=True)
    model = fields.Char(required=True, readonly=True)
    columns = fields.Char(readonly=True)
    decision = fields.Selection(DECISIONS, "What happens", required=True, readonly=True)
    row_count = fields.Integer("Rows", readonly=True)
    ground = fields.Selection(GROUNDS, "Why kept", readonly=True)
    until = fields.Date("Kept until", readonly=True)
    words = fields.Char("Which law", readonly=True)
    model_label = fields.Char("Where", compute="_compute_labels")
    columns_label = fields.Char("Fields", compute="_compute_labels")

    @api.depends("model", "columns")
    @api.depends_context("lang")
    def _compute_labels(self):
        for line in self:
            model = self.env.get(line.model)
            name = self.env["ir.model"]._get(line.model).name if model is not None else ""
            line.model_label = name or line.model
            labels = [
                model._fields[name]._description_string(self.env)
                for name in (line.columns or "").split()
                if model is not None and name in model._fields
            ]
            line.columns_label = ", ".join(dict.fromkeys(labels))
