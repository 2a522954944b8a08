from odoo import fields, models
from odoo.tools import format_date, format_datetime

PRIVACY = "crm_customer_sheet.group_sheet_privacy"


class CustomerSheetConsentEvent(models.Model):
    """Events in words, for the people who may read them."""

    _inherit = "customer.sheet.consent.event"

    def _words(self):
        """Return one line of a history; the trace is for privacy officers only.

        What was said and which document was handed over are shown to everybody who sees the
        sheet; where the answer came from (IP address, browser) is not.
        """
        self.ensure_one()
        readable = self.payload_ids._read() if self.payload_ids else {}
        notice = self.notice_version_id
        return {
            "hash": self.hash,
            "date": self._day(self.effective_at),
            "recorded": format_datetime(self.env, self.recorded_at),
            "purpose": self.purpose_id.name or False,
            "channel": self._word("channel"),
            "state": self.state,
            "words": self._word("state"),
            "method": self._word("method"),
            "actor": self._word("actor_kind"),
            "by": self._author(),
            "basis": self._word("basis"),
            "notice": notice and notice._label(),
            "notice_url": notice and notice.url,
            "strength": int(self.strength or 0),
            "strength_words": self._word("strength"),
            "evidence": bool(self.evidence_sha256 or readable),
            "document": readable.get("evidence_name", False),
            "label": readable.get("label", False),
            "trace": self.env.user.has_group(PRIVACY) and readable,
        }

    def _word(self, name):
        field = self._fields[name]
        return dict(field._description_selection(self.env)).get(self[name], False)

    def _author(self):
        """Return the name of the user who recorded it, or who acted otherwise."""
        if self.actor_kind != "user":
            return self._word("actor_kind")
        user = self.env["res.users"].sudo().browse(self.user_id).exists()
        return user.name or self.env._("User %(number)s, deleted since", number=self.user_id)

    def _day(self, moment):
        return format_date(self.env, fields.Datetime.context_timestamp(self, moment).date())
