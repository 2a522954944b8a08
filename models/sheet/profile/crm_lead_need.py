from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_amount

from ..fields import SHEET_FIELD, amount, char, choice, options, text

NEED_LENGTH = 240


class CrmLead(models.Model):
    """What the customer needs, by when and for how much (A6)."""

    _inherit = "crm.lead"
    _sheet_future_fields = frozenset({"sheet_deadline"})

    sheet_product_id = fields.Many2one(
        "product.template",
        "Product of interest",
        index="btree_not_null",
        ondelete="set null",
        tracking=True,
        **SHEET_FIELD,
    )
    sheet_need = char("Need", help="In one sentence, at most 240 characters.", tracking=True)
    sheet_use_case = text("Use case")
    sheet_stake = text("Business stake")
    sheet_criticality = choice(
        "Criticality",
        [("low", "Low"), ("medium", "Medium"), ("high", "High"), ("vital", "Vital")],
    )
    sheet_deadline = fields.Date("Deadline", tracking=True, **SHEET_FIELD)
    sheet_budget_min = amount("Budget from", tracking=True)
    sheet_budget_max = amount("Budget to", tracking=True)
    sheet_constraint_ids = options("Technical constraints", "constraint")
    sheet_constraint_note = text("Details of the constraints")
    sheet_integration_ids = options("Required integrations", "integration")

    @api.constrains("sheet_need")
    def _check_sheet_need_length(self):
        for lead in self:
            if len(lead.sheet_need or "") > NEED_LENGTH:
                raise ValidationError(
                    self.env._(
                        "“Need” has %(length)s characters; please sum it up in at most %(most)s."
                        " Details go to “Use case”.",
                        length=len(lead.sheet_need),
                        most=NEED_LENGTH,
                    )
                )

    @api.constrains("sheet_budget_min", "sheet_budget_max")
    def _check_sheet_budget(self):
        for lead in self:
            if lead.sheet_budget_min < 0 or lead.sheet_budget_max < 0:
                raise ValidationError(
                    self.env._("“Budget from” and “Budget to” cannot be negative.")
                )
            if lead.sheet_budget_max and lead.sheet_budget_min > lead.sheet_budget_max:
                raise ValidationError(
                    self.env._(
                        "“Budget from” (%(low)s) is above “Budget to” (%(high)s). Swap them or"
                        " correct one.",
                        low=format_amount(self.env, lead.sheet_budget_min, lead.sheet_currency_id),
                        high=format_amount(self.env, lead.sheet_budget_max, lead.sheet_currency_id),
                    )
                )
