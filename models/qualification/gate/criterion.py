from odoo import api, fields, models
from odoo.tools import SQL

from .plan import GateCriterion, GateItem


class CustomerSheetGateCriterion(models.Model):
    """One thing that a gate asks for: any of some questions and pillars."""

    _name = "customer.sheet.gate.criterion"
    _description = "Stage Gate Criterion"
    _inherit = ["customer.sheet.cached.mixin"]
    _order = "sequence, id"
    _rec_names_search = ["pillar_ids", "question_ids"]

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

    @api.model
    def _rows_sql(self, in_lang):
        """Return a SELECT, for the gate ``g``, of its criteria as one Json list ``rows``.

        :param in_lang: a function from an alias to the SQL of its translated name
        """
        return SQL(
            """
            SELECT json_agg(json_build_object(
                       'minimum', k.minimum,
                       'confirmed', k.is_confirmed,
                       'pillars', (
                           SELECT json_agg(json_build_array(o.code, %s) ORDER BY o.sequence, o.id)
                             FROM %s p
                             JOIN customer_sheet_option o ON o.id = p.customer_sheet_option_id
                            WHERE p.customer_sheet_gate_criterion_id = k.id),
                       'questions', (
                           SELECT json_agg(json_build_array(q.code, %s) ORDER BY q.sequence, q.id)
                             FROM %s r
                             JOIN customer_sheet_question q ON q.id = r.customer_sheet_question_id
                            WHERE r.customer_sheet_gate_criterion_id = k.id))
                   ORDER BY k.sequence, k.id) AS rows
              FROM customer_sheet_gate_criterion k
             WHERE k.gate_id = g.id
            """,
            in_lang("o"),
            SQL.identifier(self._fields["pillar_ids"].relation),
            in_lang("q"),
            SQL.identifier(self._fields["question_ids"].relation),
        )

    def _row(self):
        """Return one criterion as it stands on a screen, like a row of :meth:`_rows_sql`."""
        return {
            "minimum": self.minimum,
            "confirmed": self.is_confirmed,
            "pillars": [(option.code, option.name) for option in self.pillar_ids],
            "questions": [(question.code, question.name) for question in self.question_ids],
        }

    @api.model
    def _compiled(self, rows, questions):
        """Return the :class:`GateCriterion` of the rows that the catalogue can answer.

        :param questions: the compiled questions in force
        """
        compiled = [self._compiled_row(row, questions) for row in rows]
        return tuple(criterion for criterion in compiled if criterion.items)

    @api.model
    def _compiled_row(self, row, questions):
        named = [*(row["pillars"] or ()), *(row["questions"] or ())]
        items = [
            GateItem(name, tuple(q for q in questions if q.pillar == code))
            for code, name in row["pillars"] or ()
        ]
        items += [
            GateItem(name, tuple(q for q in questions if q.code == code))
            for code, name in row["questions"] or ()
        ]
        return GateCriterion(
            label=self.env._(" or ").join(name for _code, name in named),
            items=tuple(item for item in items if item.questions),
            minimum=row["minimum"],
            is_confirmed=row["confirmed"],
        )
