"""One look of the rules at a set of leads: what each would get, and then giving it."""

from collections import defaultdict

from odoo.fields import Command

from ...sheet.actor import acting
from .activities import Activities
from .assignees import Assignees
from .routed import Routed

#: The rules that look at a lead, by what has happened to it.
TRIGGERS_OF = {
    "created": ("created", "met", "deadline", "nobody"),
    "submitted": ("created", "submitted", "met", "deadline", "nobody"),
    "changed": ("met", "deadline"),
    "stage": ("stage",),
    "score": ("score",),
}


class Routing:
    """Look at leads with rules, in the rules' order; nothing is written before :meth:`apply`.

    :param leads: open leads, as superuser
    :param rules: the rules to look at, in order; those of other events only stop leads that
        they have acted on, and say nothing
    :param event: a key of :data:`TRIGGERS_OF`
    :param keeps: ``{lead id: why its owner stays}``: ``person`` or ``worked``
    :param skips: ``{(lead id, rule id): why the rule is not due on this lead}``
    :param dry: as if nobody owned them yet, and everybody were at work and had no leads
    """

    def __init__(self, leads, rules, event, keeps=None, skips=None, dry=False):
        self.leads, self.rules, self.event = leads, rules, event
        self.env, self.dry = leads.env, dry
        self.assignees = Assignees(leads.env, dry)
        self.skips = skips or {}
        keeps = keeps or {}
        self.routed = {lead.id: Routed(keeps=keeps.get(lead.id, "")) for lead in leads}
        for rule in rules.filtered(lambda rule: rule.trigger != "nobody"):
            if dry or rule.trigger in TRIGGERS_OF[event]:
                self._look(rule, leads)
            else:
                self._stop(rule, leads)
        for rule in rules.filtered(lambda rule: rule.trigger == "nobody"):
            self._look(rule, self._unowned(rule))

    # -- looking -----------------------------------------------------------------

    def _look(self, rule, leads):
        if not leads:
            return
        matching = set(rule._matching(leads).ids)
        matched = []
        facts = rule._facts(leads)
        for lead in leads:
            routed = self.routed[lead.id]
            line = {"rule": rule.id, "name": rule.name, "facts": facts[lead.id], "did": []}
            routed.lines.append(line)
            if routed.stopped:
                line |= {"outcome": "stopped", "by": routed.stopped}
            elif lead.id not in matching:
                line["outcome"] = "condition"
            else:
                routed.stopped = rule.is_last and rule.name
                line["outcome"] = self.skips.get((lead.id, rule.id), "done")
                if line["outcome"] == "done":
                    routed.matched.append(rule.id)
                    matched.append(lead.id)
        self._match(rule, leads.browse(matched))

    def _stop(self, rule, leads):
        """Let a rule that does not act now still stop the leads that are its own."""
        own = leads.filtered(lambda lead: (lead.id, rule.id) in self.skips)
        for lead in rule._matching(own) if own else own:
            self.routed[lead.id].stopped = self.routed[lead.id].stopped or rule.name

    def _match(self, rule, leads):
        if rule.team_id or rule.strategy != "none":
            self._give_owner(rule, leads)
        for lead in leads:
            routed = self.routed[lead.id]
            did = routed.lines[-1]["did"]
            self._set_values(rule, lead, routed, did)
            if rule.activity_type_id:
                routed.activities.append((rule, did))
                did += [["wants", rule.activity_type_id.id]] if self.dry else []
            if rule.sequence_id:
                did.append(["sequence", rule.sequence_id.id])

    def _set_values(self, rule, lead, routed, did):
        priority = routed.values.get("priority") or lead.priority or "0"
        if rule.priority and rule.priority > priority:
            routed.values["priority"] = rule.priority
            did.append(["priority", rule.priority])
        for name, value in (
            ("sheet_sector", rule.sector),
            ("sheet_segment_id", rule.segment_id.id),
        ):
            if value and not lead[name] and not routed.values.get(name):
                routed.values[name] = value
                did.append([name, value])
        tags = set(rule.tag_ids.ids) - routed.tags - set(lead.tag_ids.ids)
        if tags:
            routed.tags |= tags
            did.append(["tags", sorted(tags)])

    def _unowned(self, rule):
        """Return the leads that nobody owns after all other rules, and that the rule is for."""
        assigned = self.assignees.capacity_counts and not self.dry
        return self.leads.filtered(
            lambda lead: (
                not self._owner(lead)
                and (not rule.team_id or self._team(lead) in (rule.team_id, rule.team_id.browse()))
                and not (assigned and self._left_to_odoo(self._team(lead)))
            )
        )

    @staticmethod
    def _left_to_odoo(team):
        return team.assignment_auto_enabled and not team.assignment_optout and team.assignment_max

    def _team(self, lead):
        return self.routed[lead.id].team or lead.team_id

    def _owner(self, lead):
        """Return who would own the lead, if that is somebody who works on leads."""
        chosen = self.routed[lead.id].user
        if chosen or self.dry:
            return chosen
        owner = lead.user_id
        return owner if owner.active and not owner._is_superuser() and not owner.share else None

    # -- who ---------------------------------------------------------------------

    def _give_owner(self, rule, leads):
        """Decide the team and the owner of leads that nobody chose them for."""
        waiting = defaultdict(list)
        for lead in leads:
            routed = self.routed[lead.id]
            did = routed.lines[-1]["did"]
            if routed.keeps:
                did.append(["keeps", routed.keeps, lead.user_id.id])
                continue
            if rule.team_id and routed.team_rule and routed.team != rule.team_id:
                did.append(["team_decided", routed.team.id, routed.team_rule.name])
                continue
            self._give_team(rule, lead, routed, did)
            if rule.strategy == "none":
                continue
            if routed.user:
                did.append(["user_decided", routed.user.id, routed.user_rule.name])
            else:
                waiting[self._team(lead)].append(lead.id)
        for team, ids in waiting.items():
            self._give_user(rule, team, leads.browse(ids))

    def _give_team(self, rule, lead, routed, did):
        """Decide the team if the rule names one; a fallback finds one for a lead without."""
        team = rule.team_id
        if rule.trigger == "nobody" and not team and not self._team(lead):
            team = self.assignees.any_team(lead.company_id)
        if team and not routed.team:
            routed.team, routed.team_rule = team, rule
            did.append(["team", team.id])

    def _give_user(self, rule, team, leads):
        choices = self.assignees.choose(rule, team, leads)
        for lead in leads:
            routed = self.routed[lead.id]
            line = routed.lines[-1]
            user, out = choices[lead.id]
            line["out"] = out
            how = rule.strategy
            if not user and rule.trigger == "nobody":
                user, how = self._last_resort(rule, team), "last"
            if user:
                routed.user, routed.user_rule = user, rule
                line["did"].append(["user", user.id, how])
            else:
                line["did"].append(["nobody"])

    def _last_resort(self, rule, team):
        """Return who gets a lead when nobody is there: it is better than nobody at all."""
        people = (team.user_id, rule.user_id, *team.crm_team_member_ids.user_id)
        return next((user for user in people if user and user.active and not user.share), None)

    # -- doing -------------------------------------------------------------------

    def apply(self):
        """Give the leads what the rules decided, and write down why.

        A number of writes that grows with the kinds of outcome, not with the leads.
        """
        with acting("rule"):
            handed = {lead.id for lead in self.leads if "user_id" in self._values(lead)}
            self._write()
            Activities(self.env, self._asked(), handed).schedule()
            self._start_sequences()
        return self._trace()

    def _asked(self):
        return [
            (lead, rule, did)
            for lead in self.leads
            for rule, did in self.routed[lead.id].activities
        ]

    def _write(self):
        groups = defaultdict(list)
        for lead in self.leads:
            groups[tuple(sorted(self._values(lead).items()))].append(lead.id)
        for values, ids in groups.items():
            if values:
                vals = dict(values)
                if "tag_ids" in vals:
                    vals["tag_ids"] = [Command.link(tag_id) for tag_id in vals["tag_ids"]]
                self.leads.browse(ids).write(vals)

    def _values(self, lead):
        routed = self.routed[lead.id]
        values = dict(routed.values)
        if routed.tags:
            values["tag_ids"] = tuple(sorted(routed.tags))
        if routed.team and routed.team != lead.team_id:
            values["team_id"] = routed.team.id
        if routed.user and routed.user != lead.user_id:
            values["user_id"] = routed.user.id
            # else Odoo would propose the person's own team
            values["team_id"] = self._team(lead).id
        return values

    def _trace(self):
        """Write down what was decided; later events leave no trace of rules that did not match."""
        new = self.event in ("created", "submitted")
        traced = self.leads.filtered(
            lambda lead: self.routed[lead.id].matched or new and self.routed[lead.id].lines
        )
        traces = self.env["customer.sheet.routing.trace"]
        return traces.create([self._trace_vals(lead) for lead in traced])

    def _trace_vals(self, lead):
        routed = self.routed[lead.id]
        return {
            "lead_id": lead.id,
            "kind": "rule",
            "event": self.event,
            "rule_ids": [Command.set(routed.matched)],
            "owner_rule_id": routed.user_rule and routed.user_rule.id,
            "user_id": routed.user and routed.user.id,
            "former_user_id": routed.keeps and lead.user_id.id,
            "team_id": routed.team and routed.team.id,
            "keeps": routed.keeps,
            "deadline": lead.sheet_deadline,
            "details": routed.lines,
        }

    def _start_sequences(self):
        for rule in self.rules.filtered("sequence_id"):
            leads = self.leads.filtered(lambda lead, r=rule: r.id in self.routed[lead.id].matched)
            started = rule._start_sequence(leads) if leads else leads
            for lead in leads - started:
                [line] = [x for x in self.routed[lead.id].lines if x["rule"] == rule.id]
                line["did"].remove(["sequence", rule.sequence_id.id])
                line["did"].append(["no_sequence", rule.sequence_id.id])
