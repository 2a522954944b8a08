from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from . import lead_score

#: Factors that a parameter says more about, by parameter.
PARAMETERS = {
    "good_option_ids": ("source", "sector"),
    "days": ("urgency", "engagement"),
    "amount": ("budget",),
    "count": ("engagement",),
}

#: What a lead holds of an option, where that is not its id.
KEYS = {"sector": "code"}


class CustomerSheetScoreFactor(models.Model):
    """What one factor of the lead score is worth (C7): the table that a manager edits."""

    _name = "customer.sheet.score.factor"
    _description = "Lead Score Factor"
    _inherit = ["customer.sheet.cached.mixin"]
    _order = "sequence, id"
    _rec_name = "factor"

    sequence = fields.Integer(default=10)
    factor = fields.Selection(
        [
            ("completeness", "Completeness"),
            ("pillars", "Pillars"),
            ("source", "Source"),
            ("sector", "Sector fit"),
            ("urgency", "Urgency"),
            ("budget", "Budget"),
            ("engagement", "Engagement"),
        ],
        required=True,
        readonly=True,
    )
    explanation = fields.Char("Brings all its points when", compute="_compute_explanation")
    weight = fields.Integer(required=True, default=10, help="0: the factor does not count.")
    maximum = fields.Integer(
        "Points", compute="_compute_maximum", help="What the weight makes of 100 points."
    )
    good_option_ids = fields.Many2many(
        "customer.sheet.option",
        string="Good values",
        domain="[('kind', '=', factor)]",
        help="Leave empty if any value is good.",
    )
    days = fields.Integer()
    amount = fields.Monetary("Budget", currency_field="currency_id")
    count = fields.Integer("Signals")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")

    _factor_unique = models.Constraint("UNIQUE (factor)", "There is one line for each factor.")
    _weight_positive = models.Constraint("CHECK (weight >= 0)", "A weight cannot be negative.")

    @api.depends("weight")
    def _compute_maximum(self):
        maxima = lead_score.maxima(self._rules())
        for factor in self:
            factor.maximum = maxima.get(factor.factor, 0)

    @api.depends_context("company")
    def _compute_currency_id(self):
        self.currency_id = self.env.company.currency_id

    @api.depends("factor")
    @api.depends_context("lang")
    def _compute_explanation(self):
        texts = {
            "completeness": self.env._("the sheet is complete"),
            "pillars": self.env._(
                "budget, authority, need and timing are confirmed; stated counts half"
            ),
            "source": self.env._("the contact comes from one of these sources"),
            "sector": self.env._("the customer is in one of these sectors"),
            "urgency": self.env._("the deadline is at most so many days away; then it fades"),
            "budget": self.env._("the budget is at least this amount; less brings its share"),
            "engagement": self.env._(
                "the customer gave so many signals in so many days: messages, meetings, answers"
            ),
        }
        for factor in self:
            factor.explanation = texts.get(factor.factor, "")

    @api.constrains("factor", *PARAMETERS)
    def _check_parameters(self):
        for factor in self:
            for name in ("days", "amount", "count"):
                if factor.factor in PARAMETERS[name] and factor[name] <= 0:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” of “%(factor)s” must be above 0.",
                            field=self._fields[name]._description_string(self.env),
                            factor=factor._label(),
                        )
                    )
            if factor.good_option_ids.filtered(lambda o, kind=factor.factor: o.kind != kind):
                raise ValidationError(
                    self.env._(
                        "“Good values” of “%(factor)s” holds a value of another list.",
                        factor=factor._label(),
                    )
                )

    def _label(self):
        return dict(self._fields["factor"]._description_selection(self.env))[self.factor]

    # -- compiled ------------------------------------------------------------

    @api.model
    @tools.ormcache()
    def _rules(self):
        """Return ``{factor: lead_score.Rule}``; sources are known by id, sectors by code."""
        return {
            factor.factor: lead_score.Rule(
                weight=factor.weight,
                good=frozenset(factor.good_option_ids.mapped(KEYS.get(factor.factor, "id"))),
                days=factor.days,
                amount=factor.amount,
                count=factor.count,
            )
            for factor in self.sudo().search([])
        }

    @api.model
    def _sheet_cache_changed(self):
        """Score the open leads again, soon."""
        result = super()._sheet_cache_changed()
        cron = self.env.ref("crm_customer_sheet.ir_cron_sheet_scores", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger()
        return result
