from markupsafe import Markup

from odoo import api, models
from odoo.tools import html2plaintext

from ...sheet import takes
from ...sheet.called import called
from ...sheet.catalogue.plan_question import FILLED


class CrmLead(models.Model):
    """The interview (F6): the questions of a playbook, as one asks them on the phone."""

    _inherit = "crm.lead"

    @called(one=True)
    def action_sheet_interview(self):
        """Open the interview over the form."""
        self._sheet_check_access("write")
        params = {"lead_id": self.id}
        return {"type": "ir.actions.client", "tag": "customer_sheet_interview", "params": params}

    # -- called by the web client ------------------------------------------

    @api.readonly
    @called(one=True, playbook_id=takes.number)
    def sheet_interview(self, playbook_id=False):
        """Return what to ask, and what is known already.

        :param playbook_id: another playbook than the one that suits the lead best
        :return: ``{"lead", "playbook", "playbooks", "opening", "closing", "questions"}``; a
            question is ``{"code", "label", "wording", "why", "hint", "example", "fields",
            "state", "value", "pillar", "section", "is_needed"}``.  What the gate of the next
            stage misses is needed and comes first.
        """
        self._sheet_check_access("read")
        playbooks = self.env["customer.sheet.playbook"].search([("active", "=", True)])
        best = playbooks._ranked(self.sudo().sheet_typology, self.sudo().sheet_sector)[:1]
        playbook = playbooks.filtered(lambda each: each.id == playbook_id) or best
        stage = self._sheet_stage_ahead()
        check = self.sheet_gate_check(stage.id) if stage else {"passed": True}
        missing = [] if check["passed"] else check["missing"]
        return {
            "lead": self._sheet_interview_lead(stage, missing),
            "playbook": {"id": playbook.id, "name": playbook.name},
            "playbooks": [{"id": each.id, "name": each.name} for each in playbooks],
            "opening": playbook.opening or "",
            "closing": playbook.closing or "",
            "questions": self._sheet_interview_questions(playbook, missing),
        }

    @called(one=True, note=takes.text, seconds=takes.seconds, codes=takes.texts)
    def sheet_interview_end(self, note="", seconds=0, codes=()):
        """Keep in the chatter what the interview brought.

        It is the user's own message, so that the check of sensitive texts reads it.

        :param codes: codes of the questions that were asked in this interview
        """
        self._sheet_check_access("write")
        self.message_post(
            body=self._sheet_interview_summary(note or "", seconds, codes),
            message_type="comment",
            subtype_xmlid="mail.mt_note",
        )

    # -- the lead ------------------------------------------------------------

    def _sheet_stage_ahead(self):
        """Return the stage that comes next in the pipeline of an open opportunity."""
        lead = self.sudo()
        stages = lead.env["crm.stage"]
        if lead.type != "opportunity" or lead.won_status != "pending":
            return stages
        stages = stages.search(
            ["|", ("team_ids", "=", False), ("team_ids", "in", lead.team_id.ids)]
        )
        order = list(stages)
        place = order.index(lead.stage_id) if lead.stage_id in stages else -1
        return stages.browse([stage.id for stage in order[place + 1 : place + 2]])

    def _sheet_interview_lead(self, stage, missing):
        lead = self.sudo()
        activity = lead.activity_ids.sorted("date_deadline")[:1]
        labels = [item["label"] for criterion in missing for item in criterion["any_of"]]
        return {
            "id": lead.id,
            "name": lead.name,
            "contact": lead.contact_name or lead.partner_id.name or lead.partner_name or "",
            "phone": lead.phone or "",
            "stage": lead.stage_id.name or "",
            "next_stage": {"id": stage.id, "name": stage.name, "missing": labels}
            if stage
            else False,
            "activity": {
                "summary": activity.summary or activity.activity_type_id.name or "",
                "deadline": activity.date_deadline.isoformat(),
            }
            if activity
            else False,
        }

    # -- the questions -------------------------------------------------------

    def _sheet_interview_questions(self, playbook, missing):
        """Return the questions that concern the lead and that a person can answer here."""
        lead = self.sudo().with_context(active_test=False, lang=None)
        states = lead._sheet_plan().states(lead, optional=True)[self.id]
        asked = {q.code: q for q in lead._sheet_plan().questions if q.code in states}
        asked = {code: question for code, question in asked.items() if question.own_holders}
        own_words = {line.question_id.code: line.wording for line in playbook.line_ids}
        needed = [item["code"] for criterion in missing for item in criterion["any_of"]]
        needed = {code for code in needed if states.get(code) != FILLED}
        chosen = own_words or {q.code: "" for q in asked.values() if q.required != "never"}
        order = [code for code in dict.fromkeys([*chosen, *needed]) if code in asked]
        noted = self.sheet_answers()
        return [
            {
                **words,
                "wording": chosen.get(words["code"]) or words["wording"],
                "fields": [holder.name for holder in asked[words["code"]].own_holders],
                "state": self._sheet_interview_state(words["code"], states, noted),
                "value": self._sheet_interview_value(asked[words["code"]]),
                "is_needed": words["code"] in needed,
            }
            for words in self._sheet_interview_words(
                sorted(order, key=lambda code: code not in needed)
            )
        ]

    @api.model
    def _sheet_interview_words(self, codes):
        """Return how to ask these questions, in the user's language and in this order."""
        questions = self.env["customer.sheet.question"].with_context(active_test=False)
        found = {each.code: each for each in questions.search([("code", "in", codes)])}
        pillars = dict(questions._fields["pillar"]._description_selection(self.env))
        sections = dict(questions._fields["section"]._description_selection(self.env))
        return [
            {
                "code": code,
                "label": found[code].name,
                "wording": found[code].wording or found[code].name,
                "why": found[code].why or "",
                "hint": found[code].hint or "",
                "example": found[code].example or "",
                "pillar": pillars.get(found[code].pillar, ""),
                "section": sections[found[code].section],
            }
            for code in codes
            if code in found
        ]

    @api.model
    def _sheet_interview_state(self, code, states, noted):
        is_open = states[code] != FILLED
        unknown = is_open and noted.get(code, {}).get("state") == "unknown"
        return "unknown" if unknown else states[code]

    def _sheet_interview_value(self, question):
        """Return all that is known as the answer, in words."""
        lead = self.sudo()
        texts = [
            html2plaintext(lead._sheet_field_text(holder.field)).strip()
            for holder in question.own_holders
            if lead[holder.name]
        ]
        return " · ".join(dict.fromkeys(texts))

    # -- the summary ---------------------------------------------------------

    def _sheet_interview_summary(self, note, seconds, codes):
        """Return the note of the chatter: duration, answers, what stays open, own words."""
        lead = self.sudo().with_context(active_test=False, lang=None)
        states = lead._sheet_plan().states(lead, optional=True)[self.id]
        asked = [q for q in lead._sheet_plan().questions if q.code in states and q.code in codes]
        filled = [question for question in asked if states[question.code] == FILLED]
        open_ = [self._sheet_question_label(q.code) for q in asked if states[q.code] != FILLED]
        parts = [Markup("<p>%s</p>") % self._sheet_interview_title(seconds)]
        if filled:
            parts.append(self._sheet_interview_answers(filled))
        if open_:
            text = self.env._("Not known yet: %(questions)s", questions=", ".join(open_))
            parts.append(Markup("<p>%s</p>") % text)
        if note.strip():
            lines = Markup("<br>").join(note.strip().splitlines())
            parts.append(Markup("<p>%s</p>") % lines)
        return Markup("").join(parts)

    def _sheet_interview_answers(self, questions):
        answers = [
            Markup("<li>%s</li>")
            % self.env._(
                "%(question)s: %(answer)s",
                question=self._sheet_question_label(question.code),
                answer=self._sheet_interview_value(question),
            )
            for question in questions
        ]
        return Markup("<ul>%s</ul>") % Markup("").join(answers)

    def _sheet_interview_title(self, seconds):
        minutes = max(int(seconds or 0), 0) // 60
        if not minutes:
            return self.env._("Interview of less than a minute")
        if minutes == 1:
            return self.env._("Interview of 1 minute")
        return self.env._("Interview of %(minutes)s minutes", minutes=minutes)
