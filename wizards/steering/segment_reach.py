from collections import Counter

from odoo import api, fields, models

from ...models.consent.law.rule import CHANNELS
from ...models.sheet.called import called

#: Records looked at: what nobody has to wait for too long.
MOST = 10_000
#: Records looked at together: what bounds the memory.
BATCH = 1000


class CustomerSheetSegmentReach(models.TransientModel):
    """Who of a segment may be contacted for a purpose on a channel, and why the others may not."""

    _name = "customer.sheet.segment.reach"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Who May Be Written To"

    segment_id = fields.Many2one("customer.sheet.segment", required=True, readonly=True)
    purpose_id = fields.Many2one(
        "customer.sheet.consent.purpose",
        required=True,
        default=lambda self: self._default_purpose_id(),
    )
    channel = fields.Selection(CHANNELS, required=True, default="email")
    is_of_leads = fields.Boolean(compute="_compute_is_of_leads")
    allowed_count = fields.Integer("May be contacted", compute="_compute_answers")
    other_count = fields.Integer("The others", compute="_compute_answers")
    summary = fields.Char(compute="_compute_answers")
    why_not = fields.Text("Why not the others", compute="_compute_answers")

    def _default_purpose_id(self):
        ids = self.env["customer.sheet.consent.purpose"]._ids_by_code()
        return ids.get("prospecting", False)

    @api.depends("segment_id")
    def _compute_is_of_leads(self):
        for dialog in self:
            dialog.is_of_leads = dialog.segment_id.model == "crm.lead"

    @api.depends("segment_id", "purpose_id", "channel")
    def _compute_answers(self):
        for dialog in self:
            words = dialog._answers()
            counts = Counter(words.values())
            dialog.allowed_count = counts.pop("yes", 0)
            dialog.other_count = counts.total()
            dialog.summary = dialog._summary(len(words))
            dialog.why_not = "\n".join(
                f"{label}: {counts[word]}" for word, label in self._labels().items() if counts[word]
            )

    @api.model
    def _labels(self):
        """Return why somebody may not be contacted, by the door's word, in the order to show."""
        return {
            "ask": self.env._("To be asked first"),
            "refused": self.env._("Refused, withdrawn or on a do-not-contact list"),
            "limited": self.env._("Not at this moment"),
            "none": self.env._("No valid address or number"),
        }

    def _summary(self, asked):
        if asked < self.segment_id.record_count:
            return self.env._(
                "%(allowed)s of the latest %(asked)s may be contacted now; there are %(all)s in"
                " all.",
                allowed=self.allowed_count,
                asked=asked,
                all=self.segment_id.record_count,
            )
        return self.env._(
            "%(allowed)s of %(asked)s may be contacted now.",
            allowed=self.allowed_count,
            asked=asked,
        )

    def _answers(self):
        """Return ``{record id: the door's answer in one word}`` of the latest in the segment."""
        segment = self.segment_id._origin
        if not (segment and self.purpose_id and self.channel) or segment._query() is None:
            return {}
        members, words = segment._members(MOST), {}
        for start in range(0, len(members), BATCH):
            batch = members[start : start + BATCH]
            answers = batch._can_contact_batch(self.purpose_id.code, self.channel)
            words.update((id_, answer["word"] or "none") for id_, answer in answers.items())
        return words

    def _sorted(self, is_allowed):
        answers = self._answers()
        ids = [record_id for record_id, word in answers.items() if (word == "yes") is is_allowed]
        return self.env[self.segment_id.model].browse(ids)

    @called(one=True)
    def action_open_allowed(self):
        """Open those that may be contacted."""
        return self.segment_id._open([("id", "in", self._sorted(True).ids)])

    @called(one=True)
    def action_open_others(self):
        """Open the others."""
        return self.segment_id._open([("id", "in", self._sorted(False).ids)])

    @called(one=True)
    def action_start_sequence(self):
        """Open the dialog that lets those who may be contacted start a sequence."""
        return self.segment_id._start_sequence(self._sorted(True))
