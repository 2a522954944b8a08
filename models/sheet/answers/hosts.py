from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .. import takes
from ..called import called
from ..catalogue.plan_question import FILLED, INVALID, PLACEHOLDER
from ..fields import SHEET_USER, check_sheet_user
from ..known import Known, known_of


class CustomerSheetMixin(models.AbstractModel):
    """What is known about answers beyond their values: not known yet, confirmed, provided."""

    _inherit = "customer.sheet.mixin"

    # -- what the ring shows: the score and the open questions, in words -------
    sheet_gaps = fields.Json("To complete", compute="_compute_sheet_gaps", groups=SHEET_USER)

    # -- called by the web client ------------------------------------------

    @api.readonly
    @called(one=True)
    def sheet_answers(self):
        """Return what was said about the answers of this sheet.

        :return: ``{question code: {"state", "reason", "reask_date", "author", "date"}}``
        """
        self._sheet_check_access("read")
        answers = self._sheet_answers().filtered(lambda answer: answer.state != "collected")
        return {
            answer.question_id.code: {
                "state": answer.state,
                "reason": answer.reason or "",
                "reask_date": answer.reask_date and answer.reask_date.isoformat(),
                "author": answer.author_id.name or "",
                "date": answer.date.date().isoformat(),
            }
            for answer in answers.sorted("id")
        }

    @called(one=True, code=takes.text, reason=takes.text, reask_date=takes.day)
    def sheet_set_unknown(self, code, reason=False, reask_date=False):
        """Note that the answer is not known yet, why, and when to ask again.

        A date schedules a stock activity for the user.  The question stays missing.
        """
        question = self._sheet_asked(code)
        self._sheet_answers(code).activity_id.unlink()
        answer = self._sheet_answer_set(question, "unknown", reason=reason, reask_date=reask_date)
        self._sheet_remind(answer)

    def _sheet_remind(self, answer):
        """Plan the activity that asks again what is not known yet, if there is a day for it."""
        if answer.reask_date and answer.author_id.active:
            question = answer.question_id.with_env(self.env)
            answer.activity_id = self.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=answer.reask_date,
                user_id=answer.author_id.id,
                summary=self.env._("Ask again: %(question)s", question=question.name),
                note=answer.reason or "",
            )

    @called(one=True, code=takes.text)
    def sheet_clear_unknown(self, code):
        """Take "not known yet" back."""
        self._sheet_asked(code)
        self._sheet_answers(code).filtered(lambda answer: answer.state == "unknown")._forget()

    @called(one=True, code=takes.text)
    def sheet_confirm_value(self, code):
        """Note that a value that looks like filler is right: it counts from now on."""
        question = self._sheet_asked(code)
        self._sheet_answer_set(question, "confirmed")
        self._sheet_rescore_later()

    def _sheet_asked(self, code):
        self._sheet_check_access("write")
        question = self.env["customer.sheet.question"].search([("code", "=", code)])
        if not question:
            raise UserError(self.env._("The catalogue has no question “%(code)s”.", code=code))
        return question

    def _sheet_check_access(self, operation):
        self.ensure_one()
        check_sheet_user(self.env)
        self.check_access(operation)

    # -- rows --------------------------------------------------------------

    def _sheet_answers(self, code=None):
        """Return the answer rows of these sheets, those of one question if ``code`` is given."""
        domain = [(self._sheet_answer_column(), "in", self._origin.ids)]
        if code:
            domain.append(("question_id.code", "=", code))
        return self.env["customer.sheet.answer"].sudo().search(domain)

    def _sheet_answer_set(self, question, state, **values):
        self._sheet_answers(question.code)._forget()
        return (
            self.env["customer.sheet.answer"]
            .sudo()
            .create(
                {
                    self._sheet_answer_column(): self.id,
                    "question_id": question.id,
                    "state": state,
                    "origin": "first",
                    "author_id": self.env.uid,
                    **values,
                }
            )
        )

    def _sheet_say_again(self, rows):
        """Note again what a change of this sheet has ended: not known yet, confirmed.

        What was said of the same answers since stays instead.

        :param rows: values of such answers, as ``copy_data`` returns them
        """
        answers = self._sheet_answers()
        since = answers.filtered(lambda answer: answer.state != "collected").question_id
        owner = {"partner_id": False, "lead_id": False, self._sheet_answer_column(): self.id}
        for values in rows:
            question = since.browse(values["question_id"]).exists()
            if question and question not in since:
                self._sheet_remind(answers.create({**values, **owner, "activity_id": False}))
        self._sheet_rescore_later()

    def _sheet_fill_empty(self, values):
        """Write those of ``values`` whose field is empty; return the names of the fields."""
        self.ensure_one()
        missing = {
            name: self._fields[name].convert_to_write(value, self)
            for name, value in values.items()
            if value and not self[name]
        }
        if missing:
            self.write(missing)
        return set(missing)

    @api.model
    def _sheet_watches(self):
        return {**super()._sheet_watches(), "answers": set(self._sheet_plan().codes_by_field)}

    def _sheet_prepare_answers(self, change):
        """Load with two rows, stock's and the sheet's, what the score and the checks will read."""
        records = self._sheet_to_judge()
        records.mapped("sheet_typology")  # with all of stock's row, which Odoo reads anyway
        self._sheet_plan().load(records)

    def _sheet_saved_answers(self, change):
        """Forget what was said about a former value.

        A new value ends "not known yet", with its reminder; any change ends "it is right".  Only
        now: the gate asks before the write what the lead passes with it.
        """
        [vals] = change.vals_list
        changed = self._sheet_codes_of(vals)
        answered = self._sheet_codes_of(name for name, value in vals.items() if value)
        if changed and (rows := self._sheet_outdated(answered, changed)):
            rows._forget()
            self._sheet_modified(change.names)

    def _sheet_outdated(self, answered, changed):
        """Return the rows about a former value: mostly none, found by one cheap query.

        :param answered: codes of the questions that have a new answer
        :param changed: these, and those whose answer was emptied
        """
        rows = self.env["customer.sheet.answer"].sudo()
        rows.flush_model(["state", "question_id", self._sheet_answer_column()])
        found = self.env.execute_query(
            SQL(
                """
                SELECT a.id FROM customer_sheet_answer a
                  JOIN customer_sheet_question q ON q.id = a.question_id
                 WHERE %s = ANY(%s) AND ((a.state = 'unknown' AND q.code = ANY(%s))
                                         OR (a.state = 'confirmed' AND q.code = ANY(%s)))
                """,
                SQL.identifier("a", self._sheet_answer_column()),
                self.ids,
                answered,
                changed,
            )
        )
        return rows.browse([id_ for (id_,) in found])

    @api.model
    def _sheet_codes_of(self, names):
        """Return the codes of the questions that one of these fields answers."""
        held = self._sheet_plan().codes_by_field
        return list(dict.fromkeys(code for name in names for code in held.get(name, ())))

    # -- providers and confirmed values ----------------------------------------

    def _sheet_provided(self, provider):
        return getattr(self, f"_sheet_provided_{provider}")()

    @api.model
    def _sheet_provided_sql(self, provider, alias):
        return getattr(self, f"_sheet_provided_{provider}_sql")(alias)

    def _sheet_confirmed(self, code):
        """Return the records of ``self`` where somebody said that the odd value is right."""
        column = self._sheet_answer_column()
        answers = self.env["customer.sheet.answer"].sudo()
        if known := known_of(self):
            confirmed = known.records(answers._name)
            answers = confirmed.filtered(lambda answer: answer.question_id.code == code)
        else:
            answers = answers.search_fetch(
                [
                    (column, "in", self._origin.ids),
                    ("question_id.code", "=", code),
                    ("state", "=", "confirmed"),
                ],
                [column],
            )
        return self.filtered(lambda record: record._origin in answers[column])

    @api.model
    def _sheet_confirmed_sql(self, alias, code):
        """Return the SQL twin of :meth:`_sheet_confirmed`."""
        return SQL(
            "EXISTS (SELECT 1 FROM customer_sheet_answer a JOIN customer_sheet_question cq"
            " ON cq.id = a.question_id WHERE a.%s = %s AND cq.code = %s AND a.state = 'confirmed')",
            SQL.identifier(self._sheet_answer_column()),
            SQL.identifier(alias, "id"),
            code,
        )

    # -- what the ring shows: the score and the open questions, in words -------

    @api.depends("sheet_completeness", "sheet_missing")
    def _compute_sheet_gaps(self):
        for record in self:
            record.sheet_gaps = record._sheet_gaps()

    def _determine_fields_to_fetch(self, field_names=None, ignore_when_in_cache=False):
        if self._abstract:
            self.check_access("read")
        return super()._determine_fields_to_fetch(field_names, ignore_when_in_cache)

    def _sheet_gaps(self):
        """Return what the ring shows: how much is answered, and what is open, in words.

        ``False`` for a record without a score: it carries no sheet.
        """
        self.ensure_one()
        if self.sheet_completeness is False:
            return False
        return self._sheet_gaps_of(self._sheet_states())

    def _sheet_states(self):
        """Return ``{code: state}`` of all questions that concern one record; once a glance."""
        return (known_of(self) or Known(self)).states

    def _sheet_gaps_of(self, states):
        """Return what the ring shows, from the states of all questions that concern the sheet.

        Of the questions that count now: the score, how many are ``asked``, ``answered`` and
        ``missing``; ``more`` says how many begin to count with the next stage that asks something.
        """
        in_force = self._sheet_plan()
        audience = self.sudo()._sheet_audience()
        counting = [question for question in in_force.counting if question.counts(audience)]
        next_ = self.sudo()._sheet_next_questions()
        score, missing = in_force.score({q.code: states[q.code] for q in counting})
        return {
            "score": score,
            "asked": len(counting),
            "answered": len(counting) - len(missing),
            "missing": len(missing),
            "more": self._sheet_gaps_more(next_),
            "sections": self._sheet_sections(states),
            "items": [
                self._sheet_gap(question, states[question.code], questions is counting)
                for questions in (counting, next_)
                for question in questions
                if states[question.code] != FILLED
            ],
        }

    def _sheet_gaps_more(self, questions):
        """Return how many questions count from which stage on, ``False`` where no more do."""
        if not questions:
            return False
        texts = self.env["customer.sheet.catalogue.version"]._texts(self.env.lang or "en_US")
        stage = texts["stages"].get(questions[0].stage_id, False)
        return {"count": len(questions), "stage": stage}

    def _sheet_sections(self, known):
        """Return ``{section: [answered, asked]}`` of the states ``{code: state}``.

        Only what the section shows is counted: the name or the phone stands elsewhere.
        """
        sections = {}
        for question in self._sheet_plan().questions:
            if question.code in known and _is_on_page(question):
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


#: What the page shows of Odoo's own fields; all others of it are ours.
ON_PAGE = {"company_registry"}


def _is_on_page(question):
    """Tell whether the sheet's own page shows a question: its field, or a list."""
    names = {holder.name for holder in question.own_holders}
    ours = any(name.startswith("sheet_") for name in names)
    return bool(question.provider or ours or ON_PAGE & names)
