from odoo import api, fields, models

from .gate_plan import GateCriterion, GateItem


class CustomerSheetGateCriterion(models.Model):
    """One thing that a gate asks for: any of some questions and pillars."""

    _name = "customer.sheet.gate.criterion"
    _description = "Stage Gate Criterion"
    _inherit = ["customer.sheet.cached.mixin"]
    _order = "sequence, id"

    gate_id = fields.Many2one("customer.sheet.gate", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    pillar_ids = fields.Many2many(
        "customer.sheet.option",
        string="Pillars",
        domain="[('kind', '=', 'pillar')]",
        help="Any question of the pillar answers for it.",
    )
    question_ids = fields.Many2many("customer.sheet.question", string="Questions")
    minimum = fields.Integer(
        "Needed", default=1, help="How many of these pillars and questions are enough."
    )
    is_confirmed = fields.Boolean(
        "Confirmed", help="Somebody must have confirmed the answer with evidence."
    )

    _minimum_positive = models.Constraint(
        "CHECK (minimum > 0)", "At least one pillar or question of a criterion is needed."
    )

    @api.depends("pillar_ids.name", "question_ids.name")
    def _compute_display_name(self):
        for criterion in self:
            names = [*criterion.pillar_ids.mapped("name"), *criterion.question_ids.mapped("name")]
            criterion.display_name = self.env._(" or ").join(names)

    def _compile(self, plan):
        by_code = {question.code: question for question in plan.questions}
        items = [
            GateItem(pillar.name, tuple(q for q in plan.questions if q.pillar == pillar.code))
            for pillar in self.pillar_ids
        ]
        items += [
            GateItem(question.name, (by_code[question.code],))
            for question in self.question_ids
            if question.code in by_code
        ]
        return GateCriterion(
            label=self.display_name,
            items=tuple(item for item in items if item.questions),
            minimum=self.minimum,
            is_confirmed=self.is_confirmed,
        )
