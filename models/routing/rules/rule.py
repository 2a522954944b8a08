import logging
from ast import literal_eval
from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet import clock
from ..room import ROUTING

TRIGGERS = [
    ("created", "A lead is created"),
    ("submitted", "A lead comes in by form, e-mail or API"),
    ("met", "A lead first meets the condition"),
    ("stage", "A lead enters a stage"),
    ("score", "The score reaches a threshold"),
    ("deadline", "The deadline comes near"),
    ("nobody", "A new lead has no owner after all other rules"),
]

STRATEGIES = [
    ("none", "As it is, or by Odoo's lead assignment"),
    ("fixed", "Always the same person"),
    ("leader", "The leader of the team"),
    ("turn", "The members of the team, in turn"),
    ("load", "The member with the least open leads"),
    ("stock", "The members' own assignment rules and capacity"),
]


class Active(NamedTuple):
    """What every save needs to know of a rule that is on."""

    id: int
    trigger: str
    field_names: frozenset
    is_last: bool


MOST_DAYS = 365


_logger = logging.getLogger(__name__)


BUDGET = ("sheet_budget_min", "sheet_budget_max")

#: Texts may hold anything, also of a person: a trace tells only whether they are filled.
TEXTS = ("char", "text", "html")


def _json(lead, name):
    field, value = lead._fields[name], lead[name]
    if field.type in TEXTS:
        return bool(value)
    if field.relational:
        return value.ids
    if field.type in ("date", "datetime"):
        return field.to_string(value) if value else False
    return value if isinstance(value, (bool, int, float, str)) else bool(value)


class CustomerSheetRoutingRule(models.Model):
    """Who gets which lead, and what else happens to it at once (E1).

    The rules are looked at in their order, and all that match act: the first one that names a
    team decides the team, the first one that finds a person decides the owner.
    """

    _name = "customer.sheet.routing.rule"
    _description = "Routing Rule"
    _inherit = ["mail.thread", "customer.sheet.walled.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    is_on = fields.Boolean("Switched on", tracking=True, copy=False)
    on_since = fields.Datetime("Switched on since", readonly=True, copy=False)
    company_id = fields.Many2one("res.company", help="Leave empty for all companies.")

    # when
    trigger = fields.Selection(TRIGGERS, "When", required=True, default="created", tracking=True)
    stage_ids = fields.Many2many("crm.stage", string="Stages")
    score_from = fields.Integer(
        "Score from", help="0 stands for the score from which a lead is hot, see the settings."
    )
    deadline_days = fields.Integer("Deadline within (days)", tracking=True, help="0: any or none.")
    budget_from = fields.Monetary(
        "Budget from",
        currency_field="currency_id",
        tracking=True,
        help="0: any or none. Budgets in other currencies are converted at the rate of the day.",
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    domain = fields.Char("Condition", default="[]", tracking=True)

    # what
    team_id = fields.Many2one(
        "crm.team", check_company=True, index="btree_not_null", ondelete="restrict", tracking=True
    )
    strategy = fields.Selection(STRATEGIES, "Owner", required=True, default="none", tracking=True)
    user_id = fields.Many2one(
        "res.users", "Person", check_company=True, domain=[("share", "=", False)], tracking=True
    )
    priority = fields.Selection([("1", "Medium"), ("2", "High"), ("3", "Very High")])
    tag_ids = fields.Many2many("crm.tag", string="Tags")
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        "Activity",
        domain=[("res_model", "in", (False, "crm.lead"))],
        ondelete="restrict",
    )
    activity_days = fields.Integer("Working days until it is due")
    activity_summary = fields.Char("Summary", translate=True)
    activity_for = fields.Selection(
        [
            ("owner", "The owner"),
            ("leader", "The leader of the team"),
            ("user", "A certain person"),
        ],
        "Activity for",
        required=True,
        default="owner",
    )
    activity_user_id = fields.Many2one(
        "res.users", "Person to act", check_company=True, domain=[("share", "=", False)]
    )
    sector = fields.Selection(
        lambda self: self.env["crm.lead"]._fields["sheet_sector"]._description_selection(self.env),
        help="Set where the sheet names no sector yet.",
    )
    segment_id = fields.Many2one(
        "customer.sheet.option",
        domain=[("kind", "=", "segment")],
        ondelete="restrict",
        help="Set where the sheet names no segment yet.",
    )
    is_last = fields.Boolean(
        "Stop here", help="A lead that matches is not looked at by the rules below."
    )

    # -- compiled ------------------------------------------------------------

    @api.model
    @tools.ormcache(cache="stable")
    def _active(self):
        """Return an :class:`Active` for each rule that is on, in their order.

        Without those that cannot be read any more, since an app has gone: leads still come in.
        """
        if not ROUTING.in_use(self.env):
            return ()
        rules = self.sudo().search([("is_on", "=", True)]).filtered(lambda r: r._is_readable())
        return tuple(
            Active(rule.id, rule.trigger, frozenset(rule._field_names()), rule.is_last)
            for rule in rules
        )

    @api.model
    def _active_for(self, triggers):
        """Return the rules that are on for any of these triggers, as superuser."""
        return self.sudo().browse([rule.id for rule in self._active() if rule.trigger in triggers])

    def _with_stops(self):
        """Return these rules and, in their places, all others that stop leads."""
        known = set(self.ids)
        return self.browse(
            rule.id
            for rule in self._active()
            if rule.id in known or (rule.is_last and rule.trigger != "nobody")
        )

    # -- turns ---------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create([self._stamped(vals) for vals in vals_list])
        self.env.registry.clear_cache("stable")
        rules._make_turns()
        return rules

    def write(self, vals):
        result = super().write(self._stamped(vals))
        self.env.registry.clear_cache("stable")
        return result

    def unlink(self):
        for rule in self:
            self.env.cr.execute(SQL("DROP SEQUENCE IF EXISTS %s", rule._turn_name()))
        result = super().unlink()
        self.env.registry.clear_cache("stable")
        return result

    @api.model
    def _stamped(self, vals):
        return {**vals, "on_since": fields.Datetime.now()} if vals.get("is_on") else vals

    def _turn_name(self):
        return SQL.identifier(f"customer_sheet_routing_turn_{self.id}")

    def _make_turns(self):
        """Give each rule its counter, which goes with the table.

        A PostgreSQL sequence, because workers share it without waiting for each other.
        """
        for rule in self:
            self.env.cr.execute(
                SQL(
                    "CREATE SEQUENCE IF NOT EXISTS %s MINVALUE 0"
                    " OWNED BY customer_sheet_routing_rule.id",
                    rule._turn_name(),
                )
            )

    def _draw_turns(self, count):
        """Return the next ``count`` numbers of the rotation."""
        sequence = f"customer_sheet_routing_turn_{self.id}"
        rows = self.env.execute_query(
            SQL("SELECT nextval(%s) FROM generate_series(1, %s)", sequence, count)
        )
        return [number for (number,) in rows]

    # -- what a rule must say before it is saved, and before it is switched on --

    @api.constrains("domain")
    def _check_domain(self):
        leads = self.env["crm.lead"].sudo()
        for rule in self:
            try:
                leads.search(rule._own_domain(), limit=1)
            except Exception as error:
                raise ValidationError(
                    self.env._(
                        "The condition of “%(rule)s” cannot be read: %(error)s",
                        rule=rule.name,
                        error=error,
                    )
                ) from error

    @api.constrains("trigger", "stage_ids", "deadline_days", "score_from", "budget_from")
    def _check_trigger(self):
        for rule in self:
            if rule.trigger == "stage" and not rule.stage_ids:
                rule._refuse(self.env._("Choose in “Stages” which ones."))
            if rule.trigger == "deadline" and not rule.deadline_days:
                rule._refuse(self.env._("Say in “Deadline within (days)” how near."))
            if not 0 <= rule.deadline_days <= MOST_DAYS:
                rule._refuse(
                    self.env._("“Deadline within (days)” goes from 0 to %(most)s.", most=MOST_DAYS)
                )
            if not 0 <= rule.score_from <= 100:
                rule._refuse(self.env._("“Score from” goes from 0 to 100."))
            if rule.budget_from < 0:
                rule._refuse(self.env._("“Budget from” cannot be negative."))

    @api.constrains("strategy", "user_id", "activity_for", "activity_user_id", "activity_days")
    def _check_people(self):
        for rule in self:
            if rule.strategy == "fixed" and not rule.user_id:
                rule._refuse(self.env._("Choose in “Person” who gets the leads."))
            if rule.activity_for == "user" and not rule.activity_user_id:
                rule._refuse(self.env._("Choose in “Person to act” who gets the activity."))
            if not 0 <= rule.activity_days <= MOST_DAYS:
                rule._refuse(
                    self.env._(
                        "“Working days until it is due” goes from 0, the same day, to %(most)s.",
                        most=MOST_DAYS,
                    )
                )

    @api.constrains(
        *("is_on", "team_id", "strategy", "priority", "tag_ids", "activity_type_id"),
        *("sector", "segment_id", "sequence_id"),
    )
    def _check_does_something(self):
        for rule in self:
            if rule.is_on and not rule._does_something():
                rule._refuse(self.env._("Say what it does before you switch it on."))

    def _does_something(self):
        return bool(
            self.team_id
            or self.strategy != "none"
            or self.priority
            or self.tag_ids
            or self.activity_type_id
            or self.sector
            or self.segment_id
        )

    def _refuse(self, what):
        raise ValidationError(
            self.env._("Rule “%(rule)s”: %(what)s", rule=self.name or "", what=what)
        )

    # -- which leads a rule is about: its condition as a domain, and the values it looked at --

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
        """Return the domain of the leads with the budget, each in its company's currency.

        A lead of all companies counts as one of the main company, whoever saves it.
        """
        own = self.company_id or clock.main_company(self.env)
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
        # Odoo compares an amount in the currency of the records that it searches from: none here
        return leads.browse().with_context(active_test=False).search(domain, order="id")

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
