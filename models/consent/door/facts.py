"""What the door reads before it decides, in a fixed number of queries."""

from datetime import datetime, timedelta
from functools import cached_property

from odoo import fields
from odoo.tools import SQL

from ....tools.contact.phone_plan import former_form
from ...sheet.known import known_of
from ..ledger.state import Refusal
from ..ledger.words import POINT_OF_CHANNEL

#: What the door reads of each rule of law.
RULE = (
    *("purpose_id", "basis", "requirement", "minimum_strength", "hours", "max_attempts"),
    *("attempts_days", "source", "active", "channel"),
)


class DoorFacts:
    """Everything that is known about contacting ``records``.

    What a glance has read already (:class:`.selects.DoorSelects`) is not asked again.

    :param records: contacts or leads, as superuser
    :param purposes: consent purposes
    :param channels: codes of channels
    :param when: the moment of contact, in UTC
    """

    def __init__(self, records, purposes, channels, when=None):
        self.env = records.env
        self.records, self.purposes, self.channels = records, purposes, channels
        self.when = fields.Datetime.to_datetime(when) or fields.Datetime.now()
        self.known = None if when else known_of(records)
        self.points = {
            (record.id, channel): record._sheet_contact_point(channel)
            for record in records
            for channel in channels
        }
        self.env["customer.sheet.consent.rule"].sudo()._sheet_at_hand(RULE)
        self._calls = {}

    # -- what is read --------------------------------------------------------

    @cached_property
    def hashes(self):
        """``{(record id, channel): keyed hash}`` of the contact points."""
        subjects = self.env["customer.sheet.consent.subject"]
        return {
            key: subjects._hash_point(key[1], point) for key, point in self.points.items() if point
        }

    @cached_property
    def former(self):
        """``{keyed hash of a former form: that of the form of today}``.

        Overseas numbers were once kept with the code of France, and events keep that hash.
        """
        subjects = self.env["customer.sheet.consent.subject"]
        return {
            subjects._hash_point(channel, text): self.hashes[record, channel]
            for (record, channel), point in self.points.items()
            if point and POINT_OF_CHANNEL[channel] == "phone" and (text := former_form(point))
        }

    @cached_property
    def refusals(self):
        """``{(purpose id, channel, keyed hash): objection}`` to these contact points, those to a
        former form included."""
        found = self._refusals()
        for (purpose, channel, point), refusal in list(found.items()):
            if point in self.former:
                key = purpose, channel, self.former[point]
                found[key] = max(refusal, found.get(key, refusal), key=lambda each: each.at)
        return found

    def _refusals(self):
        if self.known:
            return {
                tuple(key): Refusal(state, datetime.fromisoformat(at), digest)
                for *key, state, at, digest in self.known.told("refusal").values()
            }
        states = self.env["customer.sheet.consent.state"]
        points = [*self.hashes.values(), *self.former]
        return states._refusals_of_points(self.purposes, self.channels, points)

    @cached_property
    def rows(self):
        """``{(record id, purpose id, channel): row}``, the strictest of each record."""
        subjects = self.env["customer.sheet.consent.subject"]._of_sheets(self.records)
        people = self.env["customer.sheet.consent.subject"].union(*subjects.values())
        found = {}
        for state in people and self._states(people):
            found.setdefault(state.subject_id.id, []).append(state)
        rows = {}
        for record_id, own in subjects.items():
            for state in (state for subject in own for state in found.get(subject.id, ())):
                key = record_id, state.purpose_id.id, state.channel
                rows[key] = state._stricter(rows.get(key))
        return rows

    def _states(self, people):
        states = self.env["customer.sheet.consent.state"].sudo()
        if self.known:
            read = self.known.records(states._name)
            return read.sorted(lambda state: (state.effective_at, state.id), reverse=True)
        return states.search_fetch(
            [
                ("subject_id", "in", people.ids),
                ("purpose_id", "in", self.purposes.ids),
                ("channel", "in", list(self.channels)),
            ]
        )

    @cached_property
    def blocked(self):
        """The ``(kind, contact point)`` that are on the do-not-contact lists of Odoo."""
        if self.known:
            return set(map(tuple, self.known.told("blocked").values()))
        return set(self.env.execute_query(self.blocked_sql()))

    @cached_property
    def unused(self):
        """The ``(kind, contact point)`` of people whose data may not be used, on any sheet."""
        return self.records._sheet_unused_points(self._points_by_kind())

    def _points_by_kind(self):
        points = {}
        for (_record, channel), point in self.points.items():
            points.setdefault(POINT_OF_CHANNEL[channel], {"-"}).add(point or "-")
        return points

    def blocked_sql(self):
        """Return the SELECT of :attr:`blocked`."""
        points = self._points_by_kind()
        return SQL(
            """
            SELECT 'email' AS kind, email AS point
              FROM mail_blacklist
             WHERE active
               AND email IN %s
             UNION ALL
            SELECT 'phone', number
              FROM phone_blacklist
             WHERE active
               AND number IN %s
            """,
            tuple(points.get("email", {"-"})),
            tuple(points.get("phone", {"-"})),
        )

    def calls(self, record, days):
        """Return how often this person was called in the last ``days`` days."""
        if self.known:
            return self.known.told("calls").get(str(days), 0)
        if days not in self._calls:
            self._calls[days] = self._calls_since(self.when - timedelta(days=days))
        return self._calls[days].get(record.id, 0)

    def _calls_since(self, since):
        """Return ``{record id: calls}``, on the contact and on all its leads."""
        contacts, leads = self.records._sheet_consent_sheets()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT m.model, m.res_id, count(*)
                  FROM mail_message m
                  JOIN mail_activity_type t ON t.id = m.mail_activity_type_id
                 WHERE t.category = 'phonecall'
                   AND m.date >= %s
                   AND m.date <= %s
                   AND ((m.model = 'res.partner' AND m.res_id IN %s)
                       OR (m.model = 'crm.lead' AND m.res_id IN %s))
                 GROUP BY 1, 2
                """,
                since,
                self.when,
                tuple(contacts.ids) or (0,),
                tuple(leads.ids) or (0,),
            )
        )
        calls = {(model, res_id): count for model, res_id, count in rows}
        of_contact = {contact.id: calls.get(("res.partner", contact.id), 0) for contact in contacts}
        alone = {}
        for lead in leads:
            count = calls.get(("crm.lead", lead.id), 0)
            if lead.partner_id.id in of_contact:
                of_contact[lead.partner_id.id] += count
            else:
                alone[lead.id] = count
        if self.records._name == "res.partner":
            return of_contact
        return {
            lead.id: of_contact.get(lead.partner_id.id, alone.get(lead.id, 0))
            for lead in self.records
        }
