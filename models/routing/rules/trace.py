from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_amount, format_date, format_datetime

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

    # -- traces in words, in the language of the reader: traces keep ids and codes --
    title = fields.Char(compute="_compute_words")
    kept = fields.Char("The owner stays", compute="_compute_words")
    lines = fields.Json(compute="_compute_words", help="One entry for each rule, in words.")
    summary = fields.Text("What was done", compute="_compute_words")

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

    # -- traces in words, in the language of the reader: traces keep ids and codes --

    @api.depends("details", "kind", "event", "keeps", "user_id", "former_user_id")
    @api.depends_context("lang", "tz")
    def _compute_words(self):
        for trace in self:
            details = trace.details or []
            lead = trace.lead_id.sudo()
            trace.title = trace._say_title()
            trace.kept = trace.keeps and trace._say_keeps(trace.keeps, trace.former_user_id.id)
            trace.lines = [trace._line_words(line, lead) for line in details]
            trace.summary = trace._summary(details) or trace.title

    def _say_title(self):
        when = format_datetime(self.env, self.create_date, dt_format="short")
        names = {
            "when": when,
            "by": self.create_uid.sudo().name,
            "former": self.former_user_id.sudo().name or self.env._("nobody"),
            "user": self.user_id.sudo().name or self.env._("nobody"),
        }
        if self.kind == "person":
            return self.env._("%(when)s: %(by)s gave it from %(former)s to %(user)s.", **names)
        if self.kind == "stock":
            return self.env._("%(when)s: Odoo's lead assignment gave it to %(user)s.", **names)
        event = dict(self._fields["event"]._description_selection(self.env))[self.event]
        return self.env._("%(when)s: %(event)s", when=when, event=event)

    @api.model
    def _summary(self, details):
        """Return what the rules of a trace did, a sentence a line."""
        done = [line for line in details if line["outcome"] == "done"]
        return "\n".join(
            self.env._("%(rule)s: %(done)s", rule=self._rule_name(line), done=" ".join(words))
            for line in done
            if (words := [self._say(*each) for each in line["did"]])
        )

    # -- one rule ------------------------------------------------------------------

    def _line_words(self, line, lead):
        return {
            "rule": self._rule_name(line),
            "done": line["outcome"] == "done",
            "outcome": self._outcome(line),
            "facts": self._facts_words(line["facts"], lead),
            "did": [self._say(*each) for each in line["did"]],
            "out": self._out_words(line.get("out") or ()),
        }

    @api.model
    def _rule_name(self, line):
        rule = self.env["customer.sheet.routing.rule"].sudo().browse(line["rule"]).exists()
        return rule.name or line["name"]

    @api.model
    def _outcome(self, line):
        by = line.get("by")
        return {
            "done": self.env._("matched"),
            "condition": self.env._("passed over: the lead does not meet its condition"),
            "stopped": self.env._("passed over: “%(rule)s” stops here", rule=by),
            "done_already": self.env._("passed over: it has acted on this lead already"),
            "high_already": self.env._("passed over: the score was as high before"),
        }[line["outcome"]]

    def _facts_words(self, facts, lead):
        """Return what the rule looked at, as "field: value", or an empty text."""
        fields_ = lead._fields
        return ", ".join(
            self.env._(
                "%(field)s: %(value)s",
                field=fields_[name]._description_string(self.env),
                value=self._value(fields_[name], value, lead),
            )
            for name, value in facts.items()
            if name in fields_
        )

    def _value(self, field, value, lead):
        if field.relational:
            records = self.env[field.comodel_name].sudo().browse(value).exists()
            return ", ".join(records.mapped("display_name")) or self.env._("none")
        if field.type in ("char", "text", "html"):
            return self.env._("filled") if value else self.env._("none")
        if field.type == "boolean":
            return self.env._("yes") if value else self.env._("no")
        if value is False or value is None:
            return self.env._("none")
        if field.type == "monetary":
            return format_amount(self.env, value, lead.sheet_currency_id)
        if field.type in ("date", "datetime"):
            return format_date(self.env, value)
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        return str(value)

    @api.model
    def _out_words(self, out):
        """Return who was passed over, and why."""
        why = {
            "absent": self.env._("not at work"),
            "paused": self.env._("paused in the team"),
            "full": self.env._("has no capacity left"),
            "company": self.env._("does not work for this company"),
            "gone": self.env._("has left"),
            "domain": self.env._("does not take such leads"),
        }
        users = self.env["res.users"].sudo().with_context(active_test=False)
        return [
            self.env._(
                "%(user)s was passed over: %(why)s.", user=users.browse(id_).name, why=why[reason]
            )
            for id_, reason in out
        ]

    # -- one thing that was done -----------------------------------------------------

    @api.model
    def _say(self, code, *values):
        """Return one entry of ``did`` as a sentence: its code names the method, ``_say_team``..."""
        return getattr(self, f"_say_{code}")(*values)

    @api.model
    def _name_of(self, model, record_id):
        record = self.env[model].sudo().with_context(active_test=False).browse(record_id).exists()
        return record.display_name or self.env._("(deleted)")

    @api.model
    def _say_team(self, team_id):
        return self.env._("Team %(team)s.", team=self._name_of("crm.team", team_id))

    @api.model
    def _say_user(self, user_id, how):
        hows = {
            "fixed": self.env._("as the rule says"),
            "leader": self.env._("who leads the team"),
            "turn": self.env._("whose turn it was"),
            "load": self.env._("with the least open leads"),
            "stock": self.env._("by the members' own rules"),
            "last": self.env._("since nobody else was there"),
        }
        name = self._name_of("res.users", user_id)
        return self.env._("Owner %(user)s, %(how)s.", user=name, how=hows[how])

    @api.model
    def _say_nobody(self):
        return self.env._("Nobody could take it.")

    @api.model
    def _say_keeps(self, why, user_id):
        name = self._name_of("res.users", user_id)
        if why == "person":
            return self.env._("%(user)s stays the owner: a person chose so.", user=name)
        return self.env._("%(user)s stays the owner and works on it already.", user=name)

    @api.model
    def _say_team_decided(self, team_id, rule):
        name = self._name_of("crm.team", team_id)
        return self.env._("The team stays %(team)s: “%(rule)s” chose it.", team=name, rule=rule)

    @api.model
    def _say_user_decided(self, user_id, rule):
        name = self._name_of("res.users", user_id)
        return self.env._("The owner stays %(user)s: “%(rule)s” chose so.", user=name, rule=rule)

    @api.model
    def _say_priority(self, priority):
        levels = self.env["crm.lead"]._fields["priority"]._description_selection(self.env)
        return self.env._("Priority %(priority)s.", priority=dict(levels)[priority])

    @api.model
    def _say_sheet_sector(self, sector):
        sectors = self.env["crm.lead"]._fields["sheet_sector"]._description_selection(self.env)
        return self.env._("Sector %(sector)s.", sector=dict(sectors)[sector])

    @api.model
    def _say_sheet_segment_id(self, segment_id):
        name = self._name_of("customer.sheet.option", segment_id)
        return self.env._("Segment %(segment)s.", segment=name)

    @api.model
    def _say_tags(self, tag_ids):
        names = ", ".join(self._name_of("crm.tag", tag_id) for tag_id in tag_ids)
        return self.env._("Tags %(tags)s.", tags=names)

    @api.model
    def _say_activity(self, type_id, user_id, date):
        return self.env._(
            "Activity “%(activity)s” for %(user)s on %(date)s.",
            activity=self._name_of("mail.activity.type", type_id),
            user=self._name_of("res.users", user_id),
            date=format_date(self.env, date),
        )

    @api.model
    def _say_wants(self, type_id):
        name = self._name_of("mail.activity.type", type_id)
        return self.env._("Activity “%(activity)s”.", activity=name)

    @api.model
    def _say_planned(self, type_id, user_id, date):
        return self.env._(
            "Activity “%(activity)s” is planned already for %(user)s on %(date)s.",
            activity=self._name_of("mail.activity.type", type_id),
            user=self._name_of("res.users", user_id),
            date=format_date(self.env, date),
        )

    @api.model
    def _say_no_actor(self, type_id):
        name = self._name_of("mail.activity.type", type_id)
        return self.env._("No activity “%(activity)s”: nobody owns the lead.", activity=name)

    @api.model
    def _say_sequence(self, sequence_id):
        name = self._name_of("customer.sheet.sequence", sequence_id)
        return self.env._("Sequence “%(sequence)s” started.", sequence=name)

    @api.model
    def _say_no_sequence(self, sequence_id):
        name = self._name_of("customer.sheet.sequence", sequence_id)
        return self.env._(
            "Sequence “%(sequence)s” not started: it is paused, or has had the lead.",
            sequence=name,
        )
