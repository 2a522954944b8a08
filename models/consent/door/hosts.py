from odoo import api, models

from ...sheet import takes
from ...sheet.called import called
from ..law.rule import CHANNELS
from .door import Door


class CustomerSheetMixin(models.AbstractModel):
    """May I contact this person?  The only door for whatever sends or schedules a contact."""

    _inherit = "customer.sheet.mixin"

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
