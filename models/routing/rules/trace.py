from odoo import api, fields, models
from odoo.fields import Domain

#: Traces are kept for so many days.
KEPT_DAYS = 730


class CustomerSheetRoutingTrace(models.Model):
    """Why a lead has its team, its owner and the rest: written by the rules, read by all.

    A change of owner by a person, or by Odoo's lead assignment, leaves one too: the rules
    respect what a person has chosen.
    """

    _name = "customer.sheet.routing.trace"
    _description = "Routing Trace"
    _order = "id desc"
    _rec_name = "lead_id"

    lead_id = fields.Many2one("crm.lead", required=True, index=True, ondelete="cascade")
    kind = fields.Selection(
        [("rule", "The rules"), ("person", "A person"), ("stock", "Odoo's lead assignment")],
        "Decided by",
        required=True,
    )
    event = fields.Selection(
        [
            ("created", "Created"),
            ("submitted", "Came in from outside"),
            ("changed", "Changed, or a date came near"),
            ("stage", "Entered a stage"),
            ("score", "Reached a score"),
            ("owner", "Got another owner"),
        ],
        required=True,
    )
    rule_ids = fields.Many2many("customer.sheet.routing.rule", string="Rules that matched")
    owner_rule_id = fields.Many2one(
        "customer.sheet.routing.rule",
        "Rule that chose the owner",
        index="btree_not_null",
        ondelete="set null",
    )
    user_id = fields.Many2one("res.users", "New owner", ondelete="set null")
    former_user_id = fields.Many2one("res.users", "Former owner", ondelete="set null")
    team_id = fields.Many2one("crm.team", "New team", ondelete="set null")
    keeps = fields.Selection(
        [("person", "A person chose so"), ("worked", "Works on it already")],
        "Why the owner stays",
    )
    deadline = fields.Date(help="The deadline of the lead at that time.")
    details = fields.Json(help="What each rule looked at and did, in the order of the rules.")

    _create_date_index = models.Index("(create_date)")

    @api.model
    def _trace_handover(self, kind, former):
        """Write down that leads got another owner.

        :param kind: ``person`` or ``stock``
        :param former: ``{lead: owner before}``
        """
        return self.sudo().create(
            [
                {
                    "lead_id": lead.id,
                    "kind": kind,
                    "event": "owner",
                    "user_id": lead.user_id.id,
                    "former_user_id": owner.id,
                    "team_id": lead.team_id.id,
                }
                for lead, owner in former.items()
            ]
        )

    @api.model
    def _owner_givers(self, leads):
        """Return ``{lead id: (kind, user id)}`` of the last traces that are about the owner."""
        traces = self.sudo().search_fetch(
            [
                ("lead_id", "in", leads.ids),
                *("|", ("user_id", "!=", False), ("kind", "!=", "rule")),
            ],
            ["lead_id", "kind", "user_id"],
            order="id",
        )
        return {trace.lead_id.id: (trace.kind, trace.user_id.id) for trace in traces}

    @api.model
    def _past_domain(self, days):
        since = fields.Datetime.subtract(fields.Datetime.now(), days=days)
        return Domain("create_date", ">=", since)

    @api.autovacuum
    def _gc_traces(self):
        past = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        self.search([("create_date", "<", past)], limit=10_000).unlink()
