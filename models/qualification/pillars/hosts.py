from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sheet import takes
from ...sheet.called import called
from ...sheet.catalogue.plan_question import FILLED
from ...sheet.fields import SHEET_USER
from ..settings import CONFIRMED_DAYS

#: The four of BANT come first; the others are shown once something is known of them.
BANT = ("budget", "authority", "need", "timing")


class CrmLead(models.Model):
    """Pillars of qualification (A7): views of the catalogue's questions, with evidence.

    A pillar is stated when a question of it is answered, confirmed when somebody confirmed
    such an answer and said on what evidence.
    """

    _inherit = "crm.lead"

    sheet_pillars = fields.Json(
        "Qualification", compute="_compute_sheet_pillars", groups=SHEET_USER, exportable=False
    )

    @api.depends("sheet_gaps")
    @api.depends_context("lang")
    def _compute_sheet_pillars(self):
        for lead in self:
            lead.sheet_pillars = lead._sheet_pillar_words()

    def _sheet_glance(self):
        return {**super()._sheet_glance(), "sheet_pillars": self._sheet_pillar_words()}

    def _sheet_pillar_words(self):
        """Return ``[{"pillar", "label", "state", "code", "question", "value", "evidence",
        "author", "days", "is_old"}]``, BANT first."""
        lead, states = self.sudo(), self._sheet_states()
        rows = lead._sheet_confirmations()
        words = []
        for pillar, label in (
            self.env["customer.sheet.question"]._fields["pillar"]._description_selection(self.env)
        ):
            questions = [q for q in self._sheet_plan().questions if q.pillar == pillar]
            questions = [q for q in questions if q.code in states]
            if questions:
                words.append(
                    {"pillar": pillar, "label": label} | lead._sheet_pillar(questions, states, rows)
                )
        return [each for each in words if each["pillar"] in BANT or each["state"] != "unknown"]

    def _sheet_confirmations(self):
        """Return ``{code: answer row}`` of what somebody confirmed on this lead."""
        return {row.question_id.code: row for row in self._sheet_evidence_rows().sorted("id")}

    def _sheet_pillar(self, questions, states, rows):
        """Return state and evidence of one pillar; its key question is the weightiest answered."""
        answered = [question for question in questions if states[question.code] == FILLED]
        confirmed = [question for question in answered if question.code in rows]
        key = (confirmed or answered or questions)[0]
        row = rows.get(key.code) if confirmed else None
        return {
            "state": "confirmed" if confirmed else "stated" if answered else "unknown",
            "code": key.code,
            "question": self._sheet_question_label(key.code),
            "fields": self._sheet_own_first(holder.name for holder in key.own_holders),
            "value": self.sudo()._sheet_answer_text(key)[:120],
            "evidence": row.evidence if row else "",
            "author": row.author_id.name if row else "",
            **self._sheet_confirmation_age(row),
        }

    def _sheet_confirmation_age(self, row):
        """Return how many days ago it was confirmed, and whether that is long ago (a setting)."""
        if not row:
            return {"days": False, "is_old": False}
        days = (fields.Date.context_today(self) - (row.confirmed_on or row.date.date())).days
        return {"days": days, "is_old": days > CONFIRMED_DAYS.value(self.env)}

    # -- called by the web client ------------------------------------------

    @called(one=True, code=takes.text, evidence=takes.text)
    def sheet_confirm_pillar(self, code, evidence):
        """Note that an answer has been confirmed, and on what evidence.

        :param code: code of the question
        :raise UserError: without evidence, or without an answer
        """
        question = self._sheet_asked(code)
        if not (evidence or "").strip():
            raise UserError(self.env._("Say in “Evidence” who confirmed it and how."))
        states = self.sudo()._sheet_plan().states(self.sudo(), optional=True)[self.id]
        if states.get(code) != FILLED:
            raise UserError(
                self.env._(
                    "“%(question)s” has no answer yet: fill it in first.", question=question.name
                )
            )
        today = fields.Date.context_today(self)
        self._sheet_answer_set(question, "confirmed", evidence=evidence.strip(), confirmed_on=today)
        self._sheet_rescore_later()
        body = self.env._(
            "“%(question)s” confirmed: %(evidence)s",
            question=question.name,
            evidence=evidence.strip(),
        )
        self._message_log(body=body)

    @called(one=True, code=takes.text)
    def sheet_unconfirm_pillar(self, code):
        """Take a confirmation back."""
        self._sheet_asked(code)
        rows = self._sheet_answers(code).filtered(lambda row: row.state == "confirmed")
        rows._forget()
        self._sheet_rescore_later()
