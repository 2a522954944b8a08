from odoo import models
from odoo.tools import format_date, format_datetime

from .words import PRIVACY_OFFICER, word_of


class CustomerSheetConsentEvent(models.Model):
    """Events in words, for the people who may read them."""

    _inherit = "customer.sheet.consent.event"

    def _words(self):
        """Return one line of a history; the trace is for privacy officers only.

        What was said and which document was handed over are shown to everybody who sees the
        sheet; where the answer came from (IP address, browser) is not.
        """
        self.ensure_one()
        readable = self._readable()
        notice = self.notice_version_id
        return {
            "hash": self.hash,
            "date": format_date(self.env, self.effective_at),
            "recorded": format_datetime(self.env, self.recorded_at),
            "purpose": self.purpose_id.name or False,
            "channel": word_of(self, "channel"),
            "state": self.state,
            "words": word_of(self, "state"),
            "method": word_of(self, "method"),
            "actor": word_of(self, "actor_kind"),
            "by": self._author(),
            "basis": word_of(self, "basis"),
            "box": word_of(self, "box"),
            "notice": notice and notice._label(),
            "notice_url": notice and notice.url,
            "strength": int(self.strength or 0),
            "strength_words": word_of(self, "strength"),
            "evidence": bool(self.evidence_sha256 or readable),
            "document": readable.get("evidence_name", False),
            "label": readable.get("label", False),
            "trace": self.env.user.has_group(PRIVACY_OFFICER) and readable,
        }

    def _author(self):
        """Return the name of the user who recorded it, or who acted otherwise."""
        if self.actor_kind != "user":
            return word_of(self, "actor_kind")
        user = self.env["res.users"].sudo().browse(self.user_id).exists()
        return user.name or self.env._("User %(number)s, deleted since", number=self.user_id)

    def _readable(self):
        """Return the readable part, empty once it was erased or where there never was one."""
        payload = self.payload_ids[:1]
        return payload._read() if payload else {}
