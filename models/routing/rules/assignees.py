"""The people a rule may choose from, and which of them gets a lead."""

from ast import literal_eval
from collections import defaultdict

from odoo import fields
from odoo.fields import Domain
from odoo.tools import float_round

from . import rotation
from .availability import Availability

#: Days that Odoo's capacity of a salesperson is about.
CAPACITY_DAYS = 30


class Assignees:
    """Members of teams, what they have already, and whether they are there.

    Read once for a whole set of leads; what is given away meanwhile is counted along.

    :param dry: for a dry run: everybody is there and has nothing yet, no turn is used up
    """

    def __init__(self, env, dry=False):
        self.env = env
        self.dry = dry
        self.availability = Availability(env)
        self.capacity_counts = bool(env["crm.lead"]._is_rule_based_assignment_activated())
        self.teams, self.members, self.reasons = {}, {}, {}
        self.received = defaultdict(dict)
        self.load = {}
        self.turns = defaultdict(int)
        self.wishes = {}
        self.given = defaultdict(int)

    # -- choosing --------------------------------------------------------------

    def choose(self, rule, team, leads):
        """Return ``{lead id: (user, [(user id, reason why not)])}``; the user may be empty."""
        if rule.strategy in ("fixed", "leader"):
            user = rule.user_id if rule.strategy == "fixed" else team.user_id
            return {lead.id: self._the_one(user, lead) for lead in leads}
        members = self._members(team)
        if not members:
            return {lead.id: (self.env["res.users"], []) for lead in leads}
        if rule.strategy == "stock":
            return {lead.id: self._by_own_rules(members, lead, leads) for lead in leads}
        turns = self._turns(rule, len(leads))
        choose = self._in_turn if rule.strategy == "turn" else self._least_loaded
        return {
            lead.id: choose(rule, members, lead, turn)
            for lead, turn in zip(leads, turns, strict=True)
        }

    def _the_one(self, user, lead):
        reason = user and self._why_not(user, lead)
        return (self.env["res.users"], [(user.id, reason)]) if reason else (user, [])

    def _in_turn(self, rule, members, lead, turn):
        able, out = self._able(members, lead)
        if not able:
            return self.env["res.users"], out
        return self._give(able[rotation.place(rule.id, turn, len(able))]), out

    def _least_loaded(self, rule, members, lead, turn):
        able, out = self._able(members, lead)
        if not able:
            return self.env["res.users"], out
        load = self._load(members.user_id)
        places = {member: (place - turn) % len(able) for place, member in enumerate(able)}
        chosen = min(able, key=lambda member: (load[member.user_id.id], places[member]))
        load[chosen.user_id.id] += 1 + int(lead.priority or 0)
        return self._give(chosen), out

    def _by_own_rules(self, members, lead, leads):
        able, out = self._able(members, lead, daily=True)
        received = self._received(members, 1)
        able = sorted(able, key=lambda member: received[member.id] + self.given[member.id])
        for name in ("assignment_domain_preferred", "assignment_domain"):
            for member in able:
                wished = name == "assignment_domain" or member[name]
                if wished and lead.id in self._wished(member, name, leads):
                    return self._give(member), out
        return self.env["res.users"], [*out, *((m.user_id.id, "domain") for m in able)]

    def _give(self, member):
        self.given[member.id] += 1
        return member.user_id

    def _turns(self, rule, count):
        if not self.dry:
            return rule._draw_turns(count)
        first = self.turns[rule.id]
        self.turns[rule.id] += count
        return range(first, first + count)

    # -- who can -----------------------------------------------------------------

    def _able(self, members, lead, daily=False):
        able, out = [], []
        for member in members:
            reason = (
                "paused" if member.assignment_optout else self._why_not(member.user_id, lead)
            ) or self._is_full(member, members, daily)
            if reason:
                out.append((member.user_id.id, reason))
            else:
                able.append(member)
        return able, out

    def _is_full(self, member, members, daily):
        if self.dry or not (daily or self.capacity_counts):
            return ""
        room = member.assignment_max
        if daily:
            # as Odoo rounds it
            share = room / CAPACITY_DAYS
            room = float_round(share, precision_digits=0, rounding_method="HALF-UP")
        received = self._received(members, 1 if daily else CAPACITY_DAYS)[member.id]
        return "full" if received + self.given[member.id] >= room else ""

    def _why_not(self, user, lead):
        if user not in self.reasons:
            self.reasons[user] = self._why_never(user)
        company = lead.company_id
        wrong = company and company not in user.company_ids
        return self.reasons[user] or ("company" if wrong else "")

    def _why_never(self, user):
        if not user.active or user.share:
            return "gone"
        return "" if self.dry or not self.availability.absent(user) else "absent"

    # -- facts, read once ----------------------------------------------------------

    def any_team(self, company):
        """Return the first team of a company that has members, for leads without a team."""
        if company not in self.teams:
            self.teams[company] = self.env["crm.team"].search(
                [
                    ("company_id", "in", [company.id, False]),
                    ("crm_team_member_ids", "!=", False),
                ],
                limit=1,
            )
        return self.teams[company]

    def _members(self, team):
        if team.id not in self.members:
            members = team.crm_team_member_ids.sorted("id")
            self.members[team.id] = members
            if not self.dry:
                self.availability.absent(members.user_id)
        return self.members[team.id]

    def _received(self, members, days):
        """Return ``{member id: leads assigned in the last days}``.

        Past the fields of Odoo, which stay as they were first read in a transaction.
        """
        known = self.received[days]
        unknown = members.filtered(lambda member: member.id not in known)
        if unknown:
            since = fields.Datetime.subtract(fields.Datetime.now(), days=days)
            counts = unknown._get_lead_from_date(since)
            for member in unknown:
                known[member.id] = counts.get((member.user_id.id, member.crm_team_id.id), 0)
        return known

    def _load(self, users):
        """Return ``{user id: open leads}``; each star of a lead makes it count once more."""
        unknown = users.filtered(lambda user: user.id not in self.load)
        if unknown:
            self.load.update(dict.fromkeys(unknown.ids, 0))
        if unknown and not self.dry:
            groups = self.env["crm.lead"]._read_group(
                [("user_id", "in", unknown.ids), ("won_status", "=", "pending")],
                ["user_id", "priority"],
                ["__count"],
            )
            for user, priority, count in groups:
                self.load[user.id] += count * (1 + int(priority or 0))
        return self.load

    def _wished(self, member, name, leads):
        """Return the ids of the leads that a member's own domain is about."""
        key = (member.id, name, leads.ids[0])
        if key not in self.wishes:
            domain = Domain(literal_eval(member[name] or "[]")) & Domain("id", "in", leads.ids)
            self.wishes[key] = set(self.env["crm.lead"].search(domain).ids)
        return self.wishes[key]
