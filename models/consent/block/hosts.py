from odoo import api, fields, models
from odoo.tools import SQL, format_time

from ...sheet.fields import SHEET_USER
from ...sheet.known import fact, known_of
from ..door.door import Door
from ..door.selects import LINKS, DoorSelects, owned_sql
from ..law.fold import REFUSALS
from ..law.rule import CHANNELS
from ..ledger.words import PRIVACY_OFFICER
from ..room import CONSENT

#: Channels in the order in which the block shows them.
ORDER = [code for code, _name in CHANNELS]


class CustomerSheetMixin(models.AbstractModel):
    """What a form shows of consents: the block, and whether one may beside each address."""

    _inherit = "customer.sheet.mixin"

    # a line for each purpose, a cell for each channel
    sheet_consents = fields.Json(
        "Consents", compute="_compute_sheet_consents", groups=SHEET_USER, exportable=False
    )

    @api.depends_context("uid", "lang")
    def _compute_sheet_consents(self):
        saved = self._origin.sudo()
        door = Door(saved, self._sheet_consent_purposes(), ORDER)
        for record in self:
            origin = record._origin.sudo()
            record.sheet_consents = origin and origin._sheet_consent_words(door)

    @api.model
    def _sheet_consent_purposes(self):
        """Return the active purposes, as superuser, without a query."""
        purposes = self.env["customer.sheet.consent.purpose"].sudo()
        purposes._sheet_at_hand(("code", "name"))
        return purposes.browse(purposes._active_ids())

    @api.model
    def _sheet_glance_fields(self):
        address = {"street", "street2", "zip", "city", "country_id", "company_id"}
        reached = {"email_normalized", "phone_sanitized", *({"tz"} & self._fields.keys())}
        return super()._sheet_glance_fields() | address | reached

    def _sheet_glance_sql(self):
        if not CONSENT.in_use(self.env):
            return super()._sheet_glance_sql()
        facts = DoorSelects(self, self._sheet_consent_purposes(), ORDER)
        return [*super()._sheet_glance_sql(), *facts.selects(), *self._sheet_informed_sql()]

    def _sheet_glance(self):
        if not CONSENT.in_use(self.env):
            return super()._sheet_glance()
        record = self.sudo()
        door = Door(record, self._sheet_consent_purposes(), ORDER)
        words = record._sheet_consent_words(door)
        if not self._origin:  # nobody has decided yet: only what follows the address is told
            words = {"channels": [], "lines": [], "may": words["may"]}
        return {**super()._sheet_glance(), "sheet_consents": words}

    def _sheet_consent_words(self, door):
        """Return what the block shows of one record."""
        channels = door.env["customer.sheet.consent.rule"]._fields["channel"]
        names = dict(channels._description_selection(self.env))
        free = door.purposes.filtered(lambda purpose: door.asks_nothing(self, purpose))
        lines = [
            {
                "purpose": purpose.code,
                "label": purpose.name,
                "cells": {
                    channel: self._sheet_consent_cell(door, purpose, channel) for channel in ORDER
                },
            }
            for purpose in door.purposes
            if purpose not in free
        ]
        return {
            "channels": [[channel, names[channel]] for channel in ORDER],
            "lines": lines,
            "free": bool(free)
            and self.env._(
                "No consent is needed for: %(purposes)s.", purposes=", ".join(free.mapped("name"))
            ),
            "warning": self._sheet_consent_warning(lines),
            "may": self._sheet_may_words(door),
            "precontract": self._sheet_precontract(),
            "can_prove": self.env.user.has_group(PRIVACY_OFFICER),
            "can_ask": bool(self._sheet_contact_point("email")),
        }

    def _sheet_may_words(self, door):
        """Return whether one may contact for prospecting, beside each number and address.

        :return: ``{channel: {"state": "yes", "ask", "refused" or "limited", "label", "until",
            "reasons"}}``; ``until``: up to which time of today the law lets one call; ``False``
            instead of all where there is no address or number
        """
        purpose = door.purposes.filtered(lambda each: each.code == "prospecting")
        return {
            channel: self._sheet_may_word(door, purpose, channel)
            for channel in ("email", "phone", "sms")
            if purpose
        }

    def _sheet_may_word(self, door, purpose, channel):
        answer = door.may_contact(self, purpose, channel)
        if not answer.word:
            return False
        calls = answer.word == "yes" and channel == "phone" and answer.rule.hours
        until = calls and door.moment.end_of(self, answer.rule.hours)
        return {
            "state": answer.word,
            "label": self._sheet_may_label(door, answer),
            "until": until
            and format_time(self.env, until, tz=str(self.env.tz), time_format="short"),
            "reasons": answer.reasons,
        }

    def _sheet_may_label(self, door, answer):
        row = answer.row
        said_no = row.effective_at if row and row.state in REFUSALS else None
        said_no = answer.refusal.at if answer.refusal else said_no
        if answer.word == "refused" and said_no:
            return self.env._("refused %(date)s", date=door.date(said_no))
        labels = {
            "yes": self.env._("yes"),
            "ask": self.env._("ask first"),
            "refused": self.env._("not allowed"),
            "limited": self.env._("not now"),
        }
        return labels[answer.word]

    def _sheet_consent_cell(self, door, purpose, channel):
        answer = door.may_contact(self, purpose, channel)
        row, rule = answer.row, answer.rule
        cell = {
            "state": False,
            "allowed": answer.allowed,
            "reasons": answer.reasons,
            "requirement": rule.requirement,
            "basis": door.word(rule, "basis"),
            "source": rule.source or False,
        }
        if row:
            asked = row.requested_at and door.date(row.requested_at)
            cell |= {
                "state": row.state,
                "words": door.word(row, "state"),
                "date": door.date(row.effective_at),
                "expires": row.expires_at and door.date(row.expires_at),
                "requested": asked,
                "basis": door.word(row, "basis") or cell["basis"],
                "method": door.word(row, "method"),
                "strength": int(row.strength or 0),
                "strength_words": door.word(row, "strength"),
                "notice": bool(row.notice_version_id) and row.notice_version_id._label(),
                "notice_url": bool(row.notice_version_id) and row.notice_version_id.url,
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

    def _sheet_informed_sql(self):
        """Read whether anything was told before a contract: only then it is looked at."""
        if self.sheet_sector != "finance":
            return []
        told = SQL(
            """
            FROM (WITH RECURSIVE family AS (
                      SELECT s.id
                        FROM customer_sheet_consent_subject s
                        JOIN %s o
                          ON o.root_id = s.id
                       UNION
                      SELECT s.id
                        FROM customer_sheet_consent_subject s
                        JOIN family f
                          ON s.joined_into_id = f.id)
                  SELECT count(*) AS events
                    FROM customer_sheet_consent_event e
                    JOIN family f ON f.id = e.subject_id
                   WHERE e.state = 'informed') informed
            """,
            SQL("(SELECT root_id FROM %s WHERE %s)", LINKS, owned_sql(self)),
        )
        return [fact("informed", "events", SQL("informed.events"), told)]

    def _sheet_precontract(self):
        """Return the information given before a contract (finance), newest first, or False."""
        if self.sheet_sector != "finance":
            return False
        known = known_of(self)
        if known and not known.told("informed").get("events"):
            return []
        informed = self._sheet_consent_events(
            ("state", "=", "informed"), ("purpose_id.code", "=", "precontract")
        )
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
