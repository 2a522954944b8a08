from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date

from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import SHEET_USER, check_sheet_user
from ..law.fold import GRANTS, REFUSALS
from ..law.rule import CHANNELS
from ..ledger.words import PRIVACY_OFFICER, word_of
from .door import Door

#: Channels in the order in which the block shows them.
ORDER = [code for code, _name in CHANNELS]


def _asks_nothing(line):
    """Return whether there is nothing to decide on a line: a contract asks for no consent."""
    return not any(
        cell["state"] or cell["requirement"] != "free" for cell in line["cells"].values()
    )


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

    # -- what the consent block shows: a line for each purpose, a cell for each channel --
    sheet_consents = fields.Json(
        "Consents", compute="_compute_sheet_consents", groups=SHEET_USER, exportable=False
    )

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
        :return: ``{"allowed", "reasons", "event_hash"}``: the reasons in words, and the event
            of the ledger that allows or forbids it, if there is one
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
            }
            for record_id, answer in answers.items()
        }

    @api.model
    def _sheet_deciding_event(self, answer):
        """Return the hash of the event that allows or forbids, or False."""
        if answer.refusal:
            return answer.refusal.hash
        return (answer.row and answer.row.event_hash) or False

    # -- what the consent block shows: a line for each purpose, a cell for each channel --

    @api.depends_context("uid", "lang")
    def _compute_sheet_consents(self):
        purposes = self.env["customer.sheet.consent.purpose"].sudo()
        purposes = purposes.browse(purposes._active_ids())
        saved = self._origin.sudo()
        door = Door(saved, purposes, ORDER) if saved else None
        for record in self:
            origin = record._origin.sudo()
            record.sheet_consents = origin and origin._sheet_consent_words(door, purposes)

    def _sheet_consent_words(self, door, purposes):
        """Return what the block shows of one saved record."""
        channels = door.env["customer.sheet.consent.rule"]._fields["channel"]
        names = dict(channels._description_selection(self.env))
        lines = [
            {
                "purpose": purpose.code,
                "label": purpose.name,
                "cells": {
                    channel: self._sheet_consent_cell(door, purpose, channel) for channel in ORDER
                },
            }
            for purpose in purposes
        ]
        free = [line for line in lines if _asks_nothing(line)]
        return {
            "channels": [[channel, names[channel]] for channel in ORDER],
            "lines": [line for line in lines if line not in free],
            "free": free
            and self.env._(
                "No consent is needed for: %(purposes)s.",
                purposes=", ".join(line["label"] for line in free),
            ),
            "warning": self._sheet_consent_warning(lines),
            "precontract": self._sheet_precontract(),
            "can_prove": self.env.user.has_group(PRIVACY_OFFICER),
        }

    def _sheet_consent_cell(self, door, purpose, channel):
        answer = door.may_contact(self, purpose, channel)
        row, rule = answer.row, answer.rule
        cell = {
            "state": False,
            "allowed": answer.allowed,
            "reasons": answer.reasons,
            "requirement": rule.requirement,
            "basis": word_of(rule, "basis"),
            "source": rule.source or False,
        }
        if row:
            asked = row.requested_at and format_date(self.env, row.requested_at)
            cell |= {
                "state": row.state,
                "words": word_of(row, "state"),
                "date": format_date(self.env, row.effective_at),
                "expires": row.expires_at and format_date(self.env, row.expires_at),
                "requested": asked,
                "basis": word_of(row, "basis") or cell["basis"],
                "method": word_of(row, "method"),
                "strength": int(row.strength or 0),
                "strength_words": word_of(row, "strength"),
                "notice": row.notice_version_id and row.notice_version_id._label(),
                "notice_url": row.notice_version_id and row.notice_version_id.url,
            }
        return cell

    def _sheet_consent_warning(self, lines):
        """Return what a rep must know first of a consumer, or False."""
        if self.sheet_typology != "b2c":
            return False
        cells = next((line["cells"] for line in lines if line["purpose"] == "prospecting"), {})
        if any(cell["state"] for cell in cells.values()):
            return False
        return self.env._(
            "No decision on prospecting is known: ask before you call, write or send messages."
        )

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

    def _sheet_precontract(self):
        """Return the information given before a contract (finance), newest first, or False."""
        if self.sheet_sector != "finance":
            return False
        informed = self._sheet_consent_events(("state", "=", "informed"))
        words = [event._words() for event in informed]
        return [
            {
                "hash": word["hash"],
                "date": word["date"],
                "what": word["label"],
                "method": word["method"],
                "by": word["by"],
                "document": word["document"],
            }
            for word in words
        ]

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
