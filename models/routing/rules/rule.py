from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.tools import SQL

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
