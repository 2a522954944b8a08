import logging
from ast import literal_eval

from odoo import api, fields, models
from odoo.fields import Domain

from ...sheet import clock

_logger = logging.getLogger(__name__)

BUDGET = ("sheet_budget_min", "sheet_budget_max")
#: Texts may hold anything, also of a person: a trace tells only whether they are filled.
TEXTS = ("char", "text", "html")


class CustomerSheetRoutingRule(models.Model):
    """Which leads a rule is about: its condition as a domain, and the values it looked at."""

    _inherit = "customer.sheet.routing.rule"

    def _own_domain(self):
        return Domain(literal_eval(self.domain or "[]"))

    def _is_readable(self):
        """Return whether the condition makes sense with the fields that there are now."""
        try:
            self.env["crm.lead"].sudo()._search(self._own_domain())
        except (ValueError, SyntaxError):
            _logger.warning("Routing rule %s: its condition cannot be read.", self.id)
            return False
        return True

    def _condition(self):
        """Return the whole condition as a domain on leads, all companies included."""
        domain = self._own_domain()
        if self.company_id:
            domain &= Domain("company_id", "in", [self.company_id.id, False])
        if self.stage_ids:
            domain &= Domain("stage_id", "in", self.stage_ids.ids)
        if self.deadline_days:
            domain &= self._deadline_domain()
        if self.trigger == "score" or self.score_from:
            domain &= Domain("sheet_score", ">=", self._score_from())
        if self.budget_from:
            domain &= self._budget_domain()
        return domain

    def _score_from(self):
        return self.score_from or self.env["crm.lead"]._sheet_threshold("hot")

    def _deadline_domain(self):
        today = clock.today(self)
        last = fields.Date.add(today, days=self.deadline_days)
        return Domain("sheet_deadline", ">=", today) & Domain("sheet_deadline", "<=", last)

    def _budget_domain(self):
        """Return the domain of the leads with the budget, each in its company's currency."""
        own = self.env.company
        groups = self.env["res.company"].sudo()._read_group([], ["currency_id"], ["id:recordset"])
        return Domain.OR(
            Domain("company_id", "in", [*companies.ids, *([False] if own in companies else [])])
            & self._budget_of(self._budget_in(currency, companies[:1]))
            for currency, companies in groups
        )

    def _budget_in(self, currency, company):
        today = fields.Date.context_today(self)
        return self.currency_id._convert(self.budget_from, currency, company, today)

    @api.model
    def _budget_of(self, amount):
        lowest = Domain("sheet_budget_max", "=", False)
        lowest &= Domain("sheet_budget_min", ">=", amount)
        return Domain("sheet_budget_max", ">=", amount) | lowest

    def _matching(self, leads):
        """Return those of the leads that meet the condition, in one query."""
        domain = Domain("id", "in", leads.ids) & self._condition()
        return leads.with_context(active_test=False).search(domain, order="id")

    # -- the values that were looked at ---------------------------------------

    def _field_names(self):
        """Return the lead's fields that the condition reads, without what lies behind them."""
        names = [
            *(condition.field_expr for condition in self._own_domain().iter_conditions()),
            *(["stage_id"] if self.stage_ids else []),
            *(["sheet_deadline"] if self.deadline_days else []),
            *(["sheet_score"] if self.score_from or self.trigger == "score" else []),
            *(BUDGET if self.budget_from else []),
        ]
        known = self.env["crm.lead"]._fields
        return dict.fromkeys(first for n in names if (first := n.partition(".")[0]) in known).keys()

    def _facts(self, leads):
        """Return ``{lead id: {field: value}}`` of what the condition reads, as JSON holds it."""
        names = self._field_names()
        return {lead.id: {name: _json(lead, name) for name in names} for lead in leads}


def _json(lead, name):
    field, value = lead._fields[name], lead[name]
    if field.type in TEXTS:
        return bool(value)
    if field.relational:
        return value.ids
    if field.type in ("date", "datetime"):
        return field.to_string(value) if value else False
    return value if isinstance(value, (bool, int, float, str)) else bool(value)
