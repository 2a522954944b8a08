from odoo import api, fields, models

from ..catalogue.plan_question import FILLED, INVALID, PLACEHOLDER
from ..fields import SHEET_USER


class CustomerSheetMixin(models.AbstractModel):
    """What the ring shows: the score and the open questions, in words."""

    _inherit = "customer.sheet.mixin"

    sheet_gaps = fields.Json("To complete", compute="_compute_sheet_gaps", groups=SHEET_USER)

    @api.depends("sheet_completeness", "sheet_missing")
    def _compute_sheet_gaps(self):
        for record in self:
            if record.sheet_completeness is False:
                record.sheet_gaps = False
            else:
                record.sheet_gaps = record._sheet_gaps()

    def _determine_fields_to_fetch(self, field_names=None, ignore_when_in_cache=False):
        """Load with the row what the list of gaps reads: a form stays one query."""
        if self._abstract:
            self.check_access("read")
        if field_names and "sheet_gaps" in field_names:
            field_names = [*field_names, *self._sheet_readable_fields()]
        return super()._determine_fields_to_fetch(field_names, ignore_when_in_cache)

    def _sheet_gaps(self):
        """Return what the ring shows: the score and the open questions, in words."""
        self.ensure_one()
        record = self.sudo().with_context(active_test=False, lang=None)
        in_force = self._sheet_plan()
        known = in_force.states(record, optional=True)[record.id]
        audience = record._sheet_audience()
        counting = [question for question in in_force.counting if question.counts(audience)]
        now = [question for question in counting if known[question.code] != FILLED]
        later = [
            question
            for question in record._sheet_next_questions()
            if known[question.code] != FILLED
        ]
        score, missing = in_force.score({q.code: known[q.code] for q in counting})
        return {
            "score": score,
            "total": len(counting),
            "missing": len(missing),
            "sections": self._sheet_sections(known),
            "items": [
                *(self._sheet_gap(question, known[question.code], True) for question in now),
                *(self._sheet_gap(question, known[question.code], False) for question in later),
            ],
        }

    def _sheet_sections(self, known):
        """Return ``{section: [answered, asked]}`` of the states ``{code: state}``."""
        sections = {}
        for question in self._sheet_plan().questions:
            if question.code in known:
                tally = sections.setdefault(question.section, [0, 0])
                tally[0] += known[question.code] == FILLED
                tally[1] += 1
        return sections

    def _sheet_gap(self, question, state, now):
        texts = self.env["customer.sheet.catalogue.version"]._texts(self.env.lang or "en_US")
        words = texts["questions"].get(question.code, {"label": question.code})
        offending = [
            self.sudo()[holder.name]
            for holder in question.own_holders
            if state in (PLACEHOLDER, INVALID) and self.sudo()[holder.name]
        ]
        return {
            **words,
            "code": question.code,
            "state": state,
            "now": now,
            "stage": texts["stages"].get(question.stage_id, False),
            "fields": [holder.name for holder in question.own_holders],
            "value": str(offending[0])[:80] if offending else False,
        }

    def _sheet_next_questions(self):
        """Return the questions that will count from the next stage on; none without stages."""
        return ()
