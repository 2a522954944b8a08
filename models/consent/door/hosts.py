from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import SHEET_USER, check_sheet_user
from ..law.fold import GRANTS, REFUSALS
from ..law.rule import CHANNELS
from ..ledger.words import PRIVACY_OFFICER
from .door import Door

ANSWERS = [("given", "Given"), ("refused", "Refused"), ("none", "No decision")]


def _answer(label, channel):
    """Return a field that tells what was decided about prospecting on ``channel``."""
    return fields.Selection(
        ANSWERS,
        label,
        compute="_compute_sheet_prospecting",
        search=f"_search_sheet_prospecting_{channel}",
        groups=SHEET_USER,
    )


class CustomerSheetMixin(models.AbstractModel):
    """May I contact this person?  The only door for whatever sends or schedules a contact."""

    _inherit = "customer.sheet.mixin"

    # -- contacts and leads found by what they decided about prospecting -------
    #
    # What the ledger says of the person counts, not whether the law wants a consent; that is
    # ``can_contact``. A sheet of which nothing is known but a refusal of its address, given under
    # another sheet, counts as "no decision": only the door knows such addresses.
    sheet_prospecting_email = _answer("Prospecting by e-mail", "email")
    sheet_prospecting_phone = _answer("Prospecting by phone", "phone")

    @api.readonly
    @called(
        one=True,
        purpose=takes.text,
        channel=takes.one_of(*dict(CHANNELS)),
        when=takes.moment,
    )
    def can_contact(self, purpose, channel, when=None):
        """Return whether this person may be contacted.

        :param purpose: code of a consent purpose, such as ``prospecting``
        :param channel: ``email``, ``phone``, ``sms`` or ``post``
        :param when: the moment of contact in UTC, now by default
        :return: ``{"allowed", "reasons", "event_hash", "word"}``: the reasons in words, the event
            of the ledger that allows or forbids it, if there is one, and the answer in one word:
            ``yes``, ``ask`` (first), ``refused``, ``limited`` (not now), or none without an address
        """
        self._sheet_check_access("read")
        return self._can_contact_batch(purpose, channel, when)[self.id]

    def _can_contact_batch(self, purpose, channel, when=None):
        """Return ``{record id: as can_contact}`` in a number of queries that does not grow."""
        records = self.sudo()
        purposes = self.env["customer.sheet.consent.purpose"].sudo()._by_code(purpose)
        door = Door(records, purposes, [channel], when)
        answers = {record.id: door.may_contact(record, purposes, channel) for record in records}
        return {
            record_id: {
                "allowed": answer.allowed,
                "reasons": answer.reasons,
                "event_hash": self._sheet_deciding_event(answer),
                "word": answer.word,
            }
            for record_id, answer in answers.items()
        }

    @api.model
    def _sheet_deciding_event(self, answer):
        """Return the hash of the event that allows or forbids, or False."""
        if answer.refusal:
            return answer.refusal.hash
        return (answer.row and answer.row.event_hash) or False

    # -- history -------------------------------------------------------------

    @api.readonly
    @called(one=True)
    def sheet_consent_history(self):
        """Return what the ledger says about this person, newest first.

        The readable evidence is for privacy officers only.
        """
        self._sheet_check_access("read")
        return [event._words() for event in self._sheet_consent_events()]

    def _sheet_consent_events(self, *domain):
        """Return the events, under ``domain``, of the people that this record is, newest first."""
        family = self._sheet_consent_subjects()._family()
        events = self.env["customer.sheet.consent.event"].sudo()
        return events.search(
            [("subject_id", "in", family.ids), *domain], order="effective_at desc, id desc"
        )

    # -- the dialogs in which users note what a person decided or was told -----

    @called(one=True, purpose=takes.text, channel=takes.text, state=takes.text)
    def action_sheet_consent_record(self, purpose=False, channel=False, state=False):
        """Open the dialog that notes a decision.

        :param purpose: code of the purpose that was clicked; nothing is chosen without
        :param channel: code of the channel that was clicked
        :param state: the answer that was clicked
        """
        self._sheet_check_consent_entry()
        values = {}
        if purpose:
            values["purpose_ids"] = self.env["customer.sheet.consent.purpose"]._by_code(purpose).ids
        if channel in dict(CHANNELS):
            values[f"on_{channel}"] = True
        if state:
            values["decision"] = state
        name = self.env._("Record a decision")
        return self._sheet_consent_dialog("customer.sheet.consent.record", name, values)

    @called(one=True)
    def action_sheet_consent_informed(self):
        """Open the dialog that notes what a person was told before a contract."""
        self._sheet_check_consent_entry()
        name = self.env._("Record information given")
        return self._sheet_consent_dialog("customer.sheet.consent.inform", name, {})

    def _sheet_consent_dialog(self, model, name, values):
        values = {"host": self._name, "sheet_refs": self.ids, **values}
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [[False, "form"]],
            "target": "new",
            "context": {f"default_{field}": value for field, value in values.items()},
        }

    def _sheet_check_consent_entry(self):
        """Check that the user may note a decision on these sheets.

        Whoever may edit a sheet may; the privacy officer may on every sheet that they see, for
        objections come in by letter too.
        """
        check_sheet_user(self.env)
        self.check_access("read" if self.env.user.has_group(PRIVACY_OFFICER) else "write")

    # -- contacts and leads found by what they decided about prospecting -------

    def _compute_sheet_prospecting(self):
        for channel in ("email", "phone"):
            name = f"sheet_prospecting_{channel}"
            self[name] = "none"
            for answer in ("given", "refused"):
                domain = self._sheet_prospecting_domain(channel, answer)
                found = self._origin.filtered_domain(domain)
                self.filtered(lambda each, f=found: each._origin in f)[name] = answer

    @api.model
    def _search_sheet_prospecting_email(self, operator, value):
        return self._sheet_search_prospecting("email", operator, value)

    @api.model
    def _search_sheet_prospecting_phone(self, operator, value):
        return self._sheet_search_prospecting("phone", operator, value)

    @api.model
    def _sheet_search_prospecting(self, channel, operator, value):
        # Odoo calls a search method for anybody: a portal user would learn who agreed
        self._check_field_access(self._fields[f"sheet_prospecting_{channel}"], "read")
        if operator != "in":
            return NotImplemented
        answers = [answer for answer, _label in ANSWERS if answer in value]
        return Domain.OR(self._sheet_prospecting_domain(channel, answer) for answer in answers)

    @api.model
    def _sheet_prospecting_domain(self, channel, answer):
        """Return the domain of the sheets whose person gave this answer; a refusal wins."""
        refused = self._sheet_decided_domain(channel, REFUSALS)
        if answer == "refused":
            return refused
        given = self._sheet_decided_domain(channel, GRANTS)
        return given & ~refused if answer == "given" else ~given & ~refused

    @api.model
    def _sheet_decided_domain(self, channel, states):
        return Domain.custom(
            to_sql=lambda model, alias, _query: model._sheet_decided_sql(alias, channel, states)
        )

    @api.model
    def _sheet_decided_sql(self, alias, channel, states):
        """Return the SQL condition that a person of the sheet decided so, and still does."""
        self.env["customer.sheet.consent.subject.link"].flush_model()
        stands = SQL(
            "s.purpose_id = %s AND s.channel = %s AND s.state IN %s"
            " AND (s.expires_at IS NULL OR s.expires_at > now() AT TIME ZONE 'UTC')",
            self._sheet_prospecting_id(),
            channel,
            tuple(states),
        )
        return self._sheet_has_state_sql(alias, stands)
