from odoo import api, fields, models
from odoo.tools import format_date

from ...sheet.called import called
from ...sheet.fields import SHEET_USER
from ..law.rule import CHANNELS
from ..ledger.words import PRIVACY_OFFICER, word_of
from .door import Door

#: Channels in the order in which the block shows them.
ORDER = [code for code, _name in CHANNELS]


class CustomerSheetMixin(models.AbstractModel):
    """What the consent block shows: a line for each purpose, a cell for each channel."""

    _inherit = "customer.sheet.mixin"

    sheet_consents = fields.Json(
        "Consents", compute="_compute_sheet_consents", groups=SHEET_USER, exportable=False
    )

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


def _asks_nothing(line):
    """Return whether there is nothing to decide on a line: a contract asks for no consent."""
    return not any(
        cell["state"] or cell["requirement"] != "free" for cell in line["cells"].values()
    )
