from odoo import models

from ..law.fold import GRANTS, REFUSALS
from .do_not_contact import block


class CustomerSheetConsentEvent(models.Model):
    """Where no marketing purpose is left open, the lists of Odoo stop everything else too.

    Nothing is ever taken off a list: accepting one purpose does not lift a block.
    """

    _inherit = "customer.sheet.consent.event"

    def _annul(self, label):
        """Append that these agreements were noted by mistake: they allow nothing any more.

        What stood before each of them stands again.  A refusal is never annulled: whoever said no
        has said it.

        :param label: why, in words
        :return: the new events, as superuser
        """
        return self._append(
            [
                {
                    "subject_id": event.subject_id.id,
                    "purpose_id": event.purpose_id.id,
                    "channel": event.channel,
                    "state": "annulled",
                    "method": "system",
                    "actor_kind": "user",
                    "company_id": event.company_id,
                    "related_hash": event.hash,
                    "idempotency_key": f"annulled:{event.hash}",
                    "payload": {"label": label},
                }
                for event in self.sudo()
                if event.state in GRANTS
            ]
        )

    def _consent_appended(self):
        result = super()._consent_appended()
        no = self.filtered(lambda event: event.state in REFUSALS and event.purpose_id.is_marketing)
        if no:
            emails = no.filtered(lambda event: event.channel == "email")
            calls = no.filtered(lambda event: event.channel in ("phone", "sms"))
            emails._sheet_block("mail.blacklist", "email")
            calls._sheet_block("phone.blacklist", "phone")
        return result

    def _sheet_block(self, list_name, channel):
        """Put the addresses of these people on a list if they refuse all it stands for."""
        roots = self.subject_id._roots()
        points = self._sheet_points(self._sheet_closed_subjects(channel, roots), roots)
        if points:
            message = self.env._("Every marketing purpose was refused, says the consent ledger.")
            block(self.env[list_name].sudo(), points, message)

    def _sheet_closed_subjects(self, channel, roots):
        """Return the people who refuse every marketing purpose.

        Calls and messages share one list.  It is the only hook of the SMS app: whoever
        refuses all messages is blocked.  Whoever refuses all calls is blocked too, unless
        they agreed to messages.
        """
        subjects = self.subject_id.browse(dict.fromkeys(roots.values()))
        codes = set(self.env["customer.sheet.consent.purpose"]._marketing_codes())
        rows = self.env["customer.sheet.consent.state"].search(
            [("subject_id", "in", subjects.ids), ("purpose_id.code", "in", list(codes))]
        )
        refused, granted = {}, set()
        for row in rows:
            key = row.subject_id.id, row.channel
            if row.state in REFUSALS:
                refused.setdefault(key, set()).add(row.purpose_id.code)
            elif row.state in GRANTS:
                granted.add(key)
        closed = {key for key, found in refused.items() if found >= codes}
        if channel == "email":
            return subjects.filtered(lambda one: (one.id, "email") in closed)
        return subjects.filtered(
            lambda one: (
                (one.id, "sms") in closed
                or ((one.id, "phone") in closed and (one.id, "sms") not in granted)
            )
        )

    def _sheet_points(self, subjects, roots):
        """Return the addresses of ``subjects`` that these events are about."""
        own = self.filtered(lambda event: roots[event.subject_id.id] in subjects._ids)
        points = (payload._read().get("point") for payload in own.payload_ids)
        return list(dict.fromkeys(filter(None, points)))
