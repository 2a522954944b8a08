"""The door: the one place that knows whether somebody may be contacted."""

from collections import namedtuple

from odoo.tools import format_date

from ..law.fold import GRANTS, REFUSALS
from ..law.hours import Moment
from ..ledger.words import POINT_OF_CHANNEL
from .facts import DoorFacts

#: ``reasons`` in words for what ``allowed`` says; ``row``: what stands for the person, or None;
#: ``rule`` of law; ``refusal``: an objection to the contact point that stands, or None;
#: ``counts``: whether a consent was given that is good enough; ``word``: the answer in one word,
#: "yes", "ask" (first), "refused", "limited" (in time or number), or "" where there is no way.
MayContact = namedtuple(
    "MayContact", ("allowed", "reasons", "row", "rule", "refusal", "counts", "word")
)


class Door(DoorFacts):
    """What decides on contacting some records for some purposes on some channels.

    **What.** May we contact these people, and why (not)?  Whatever sends, calls or schedules
    asks here, and nowhere else.  ``can_contact`` and ``_can_contact_batch`` are its public face.

    **How to use.** ``door = Door(records, purposes, channels, when)``, with the records as
    superuser, then ``door.may_contact(record, purpose, channel)``.  One door answers for all of its
    records, purposes and channels: to ask about a set, make one door and not one each.

    **How it works.** All that matters is read when the door is made, in a fixed number of
    queries (:class:`DoorFacts`).  Then, in this order: is there a way (a valid address, a rule of
    law, no blacklist), did they or the owner of the address decide against it, is it the moment
    (legal hours, days off, number of calls)?  The first that says no gives the reasons.
    """

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.moment = Moment(self.env, self.when)
        self._answers, self._labels, self._dates = {}, {}, {}

    # -- the answer ---------------------------------------------------------

    def may_contact(self, record, purpose, channel):
        """Return the :class:`MayContact` on contacting ``record``."""
        key = record.id, purpose.id, channel
        if key not in self._answers:
            self._answers[key] = self._judge(record, purpose, channel)
        return self._answers[key]

    def asks_nothing(self, record, purpose):
        """Return whether there is nothing to decide: a contract asks for no consent."""
        return not any(
            self.rows.get((record.id, purpose.id, channel))
            or record._sheet_consent_rule(purpose, channel).requirement != "free"
            for channel in self.channels
        )

    def _judge(self, record, purpose, channel):
        rule = record._sheet_consent_rule(purpose, channel)
        row = self.rows.get((record.id, purpose.id, channel))
        refusal = self._refusal(record, purpose, channel, row)
        decided = self._decided_against(rule, row, refusal)
        no_way, moment = [*self._no_way(record, rule, channel)], []
        against = no_way
        if rule.requirement in ("consent", "objection"):
            against = no_way + decided
            moment = [] if against else [*self._wrong_moment(record, channel, rule)]
        reasons = against or moment or [self._why_allowed(rule, row)]
        counts = bool(row) and row.state in GRANTS and not decided
        word = "limited" if moment else "yes"
        if against:
            said_no = refusal or (row and row.state in REFUSALS)
            word = self._no_word(self.points[record.id, channel], rule, said_no, no_way)
        allowed = not against and not moment
        return MayContact(allowed, reasons, row, rule, refusal, counts, word)

    def _no_word(self, point, rule, said_no, no_way):
        if not point:
            return ""
        return "refused" if said_no or (rule and no_way) else "ask"

    def _no_way(self, record, rule, channel):
        """Yield why nobody could contact this person here, whatever they decided."""
        if unused := record._sheet_unused_why():
            yield unused
            return
        point = self.points[record.id, channel]
        if (POINT_OF_CHANNEL[channel], point) in self.unused:
            yield self.env._("Whoever uses it asked that their data be kept, but not used.")
        if not point:
            missing = {
                "email": self.env._("No valid e-mail address is known."),
                "phone": self.env._("No valid phone number is known."),
                "sms": self.env._("No valid phone number is known."),
                "post": self.env._("No postal address is known."),
            }
            yield missing[channel]
        if not rule:
            yield self.env._("No rule says how to contact this person for this purpose.")
        elif rule.requirement == "forbidden":
            yield self.env._("Forbidden: %(rule)s", rule=rule.source or rule.purpose_id.name)
        elif rule.requirement != "free" and (POINT_OF_CHANNEL[channel], point) in self.blocked:
            yield self.env._("On the do-not-contact list of Odoo.")

    def _decided_against(self, rule, row, refusal):
        """Return why what this person, or the owner of the address, decided forbids it."""
        if row and row.state in REFUSALS:
            return [self._refused_words(row.state, row.effective_at)]
        if refusal:
            return [
                self.env._(
                    "%(decision)s It was said of this contact point, on another sheet.",
                    decision=self._refused_words(refusal.state, refusal.at),
                )
            ]
        if rule.requirement == "objection":
            return []
        if not row or row.state not in GRANTS:
            if row and row.state == "expired":
                return [
                    self.env._("The consent ran out on %(date)s.", date=self.date(row.effective_at))
                ]
            if row:
                at = self.date(row.requested_at)
                return [self.env._("No consent: asked on %(date)s, no answer yet.", date=at)]
            return [self.env._("No consent, and the law asks for it first.")]
        if row.expires_at and row.expires_at <= self.when:
            return [self.env._("The consent ran out on %(date)s.", date=self.date(row.expires_at))]
        if int(row.strength or 0) < int(rule.minimum_strength or 0):
            return [
                self.env._(
                    "The evidence of the consent of %(date)s is too weak: it takes “%(level)s”.",
                    date=self.date(row.effective_at),
                    level=self.word(rule, "minimum_strength"),
                )
            ]
        return []

    def _refusal(self, record, purpose, channel, row):
        """Return the objection to this contact point, unless the person decided later."""
        point = self.hashes.get((record.id, channel))
        refusal = self.refusals.get((purpose.id, channel, point))
        own_is_later = refusal and row and row.state in GRANTS and row.effective_at > refusal.at
        return None if own_is_later else refusal

    def _wrong_moment(self, record, channel, rule):
        """Yield why one may not call now, though one may call."""
        if channel != "phone":
            return
        if rule.hours and not self.moment.is_within(record, rule.hours):
            yield self.env._("Outside legal hours (%(hours)s, their time).", hours=rule.hours)
        limited = rule.max_attempts and rule.attempts_days
        calls = limited and self.calls(record, rule.attempts_days)
        if limited and calls >= rule.max_attempts:
            yield self.env._(
                "Called %(calls)s times within %(days)s days; the law allows %(limit)s.",
                calls=calls,
                days=rule.attempts_days,
                limit=rule.max_attempts,
            )

    # -- words ---------------------------------------------------------------

    def _why_allowed(self, rule, row):
        if row and row.state in GRANTS:
            return self.env._("Consent given on %(date)s.", date=self.date(row.effective_at))
        basis = self.word(rule, "basis")
        if rule.requirement == "free":
            return self.env._("%(basis)s: no consent is needed.", basis=basis)
        return self.env._("%(basis)s, no objection so far.", basis=basis)

    def _refused_words(self, state, at):
        words = {
            "refused": self.env._("Refused on %(date)s.", date=self.date(at)),
            "withdrawn": self.env._("Withdrawn on %(date)s.", date=self.date(at)),
            "objected": self.env._("Objection of %(date)s.", date=self.date(at)),
        }
        return words[state]

    def date(self, moment):
        """Return the day of a moment as people read it."""
        if moment not in self._dates:
            self._dates[moment] = format_date(self.env, moment)
        return self._dates[moment]

    def word(self, record, name):
        """Return the label of the value of a selection field, or ``False``."""
        labels = self._labels.get((record._name, name))
        if labels is None:
            labels = dict(record._fields[name]._description_selection(self.env))
            self._labels[record._name, name] = labels
        return labels.get(record[name], False)
