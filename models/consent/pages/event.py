from odoo import api, fields, models
from odoo.tools import SQL

from ...sheet.resumable import go_on
from ..door.door import Door
from ..law.fold import DECISIONS


class CustomerSheetConsentEvent(models.Model):
    """Requests for consent: their answer, their end, and their one reminder."""

    _inherit = "customer.sheet.consent.event"

    _related_index = models.Index("(related_hash) WHERE related_hash IS NOT NULL")
    _request_index = models.Index("(effective_at) WHERE state = 'requested'")

    @api.model
    def _opt_in_request(self, request_hash):
        """Return the request that a link answers, or an empty recordset."""
        domain = [("hash", "=", request_hash), ("state", "=", "requested")]
        return self.sudo().search(domain, limit=1) if request_hash else self.sudo()

    def _opt_in_expires_at(self):
        """Return when the link of this request dies; a reminder does not prolong it."""
        return self.effective_at + self.env["customer.sheet.consent.link"]._days("opt_in")

    def _opt_in_answered(self):
        """Return the answer to this request, or an empty recordset."""
        domain = [("related_hash", "=", self.hash), ("state", "in", ("given", "refused"))]
        domain.append(("subject_id", "in", self.subject_id._family().ids))
        return self.sudo().search(domain, limit=1)

    def _opt_in_still_reaches(self, sheet):
        """Return whether ``sheet`` is still reached where the person was asked about."""
        subjects = self.env["customer.sheet.consent.subject"]
        point = sheet.sudo()._sheet_contact_point(self.channel)
        return subjects._hash_point(self.channel, point) == self.point_hash

    # -- the one reminder --------------------------------------------------------

    @api.model
    def _cron_opt_in_remind(self, limit=100):
        """Remind, once, who was asked and has not answered; the reminder is an event too.

        Event and mail are one transaction, and the event cannot be appended twice.
        """
        left = self._opt_in_unanswered()

        def step():
            batch = left[:limit]
            for request in self.browse(batch).sudo():
                request._opt_in_remind()
            del left[:limit]
            return len(batch), len(left)

        return go_on(self.env, step)

    def _opt_in_remind(self):
        reminder_key = f"opt_in_reminder:{self.hash}"
        for sheet in self.env["customer.sheet.consent.link"]._sheets_of(self.subject_id):
            if not self._opt_in_still_reaches(sheet) or not self._opt_in_stands(sheet):
                continue
            if sheet.sudo()._sheet_unused_why():
                continue
            decision = {
                "purpose": self.purpose_code,
                "channel": self.channel,
                "state": "requested",
            }
            reminder = sheet._sheet_consent_record(
                [decision],
                method="double_opt_in",
                actor_kind="system",
                related_hash=self.hash,
                idempotency_key=reminder_key,
                notice_version=self.notice_version_id,
            )
            if reminder:
                sheet._sheet_opt_in_send(self, reminder=True)
            return

    def _opt_in_stands(self, sheet):
        """Return whether nothing was decided since this request, by whatever way."""
        purpose, channel = self.purpose_id, self.channel
        door = Door(sheet.sudo(), purpose, [channel])
        decision = sheet.sudo()._sheet_decision(door, purpose, channel)
        decided_since = decision.state in DECISIONS and decision.at >= self.effective_at
        reachable = sheet._sheet_contact_point("email") and not sheet.is_blacklisted
        return bool(decision.asked and reachable and not decided_since)

    @api.model
    def _opt_in_unanswered(self):
        """Return the ids of the requests whose reminder is due, the oldest first."""
        link, now = self.env["customer.sheet.consent.link"], fields.Datetime.now()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT request.id FROM customer_sheet_consent_event request
                 WHERE request.state = 'requested' AND request.method = 'double_opt_in'
                   AND request.related_hash IS NULL
                   AND request.effective_at <= %s AND request.effective_at > %s
                   AND NOT EXISTS (
                       SELECT 1 FROM customer_sheet_consent_event answer
                        WHERE answer.related_hash = request.hash
                   )
                 ORDER BY request.id
                """,
                now - link._days("reminder"),
                now - link._days("opt_in"),
            )
        )
        return [row[0] for row in rows]
