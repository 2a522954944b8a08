from odoo import api, fields, models


class CustomerSheetMatchLearningLine(models.Model):
    """What one finding is worth: as shipped, when it was learned, and as learned."""

    _name = "customer.sheet.match.learning.line"
    _description = "Learned Weight"
    _order = "rule_id, id"
    _rec_name = "rule_id"

    learning_id = fields.Many2one(
        "customer.sheet.match.learning", required=True, index=True, ondelete="cascade"
    )
    rule_id = fields.Many2one(
        "customer.sheet.match.rule", "Finding", required=True, index=True, ondelete="cascade"
    )
    comparison = fields.Selection(
        string="Compared", related="rule_id.comparison", related_sudo=False
    )
    shipped = fields.Float(digits=(6, 1), readonly=True, aggregator=False)
    before = fields.Float("In force", digits=(6, 1), readonly=True, aggregator=False)
    learned = fields.Float(digits=(6, 1), readonly=True, aggregator=False)
    moved = fields.Float("Difference", compute="_compute_moved", digits=(6, 1))

    @api.depends("before", "learned")
    def _compute_moved(self):
        for line in self:
            line.moved = line.learned - line.before
