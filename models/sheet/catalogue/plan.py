"""A published catalogue, compiled: the one definition of "answered"."""

from dataclasses import dataclass
from functools import cached_property

from odoo.tools import SQL

from .plan_question import (
    FILLED,
    PLACEHOLDER,
    Holder,
    LinkedHolder,
    PlanQuestion,
    can_hold_answer,
    is_status_field,
)


@dataclass(frozen=True)
class CataloguePlan:
    """All questions of one catalogue for one host model, most useful first.

    **What.** The one definition of "answered": what of a record counts now, what is filled, what
    is missing, and the score that follows.  A published catalogue is compiled once for contacts
    and once for leads, without the questions that nothing here can answer.

    **How to use.** ``record._sheet_plan()`` gives the plan in force.  :meth:`states` answers for
    records, also those being edited; :meth:`score` makes a percentage and the missing codes of
    one record's states; :meth:`sql_scores` gives the same for a set, as a SELECT to update from.

    **How it works.** Each question knows whom it concerns and when it counts, each of its holders
    what it holds; both say it twice, side by side, in Python and in SQL.  Providers and confirmed
    placeholders are asked once for all records.  A property test holds the two equal.
    """

    questions: tuple

    @cached_property
    def counting(self):
        """The questions that may count in a score: all but the optional ones."""
        return tuple(question for question in self.questions if question.required != "never")

    @cached_property
    def field_names(self):
        """The stored fields that the plan reads as answers."""
        return _field_names(self.questions)

    @cached_property
    def counting_field_names(self):
        """The part of :attr:`field_names` that may change a score."""
        return _field_names(self.counting)

    @cached_property
    def codes_by_field(self):
        """``{name of a field: codes of the questions that it answers}``."""
        held = {}
        for question in self.questions:
            for name in dict.fromkeys(holder.name for holder in question.holders):
                held.setdefault(name, []).append(question.code)
        return held

    @cached_property
    def weights(self):
        """``{code: weight}`` of all questions."""
        return {question.code: question.weight for question in self.questions}

    def states(self, records, optional=False):
        """Return ``{record id: {code: state}}`` for the questions that count now.

        :param records: records of the host model, saved or being edited
        :param optional: return the state of every question that concerns the record
        """
        asked = self.load(records, optional)
        states = {
            record.id: {q.code: q.field_state(record) for q in asked[record.id]}
            for record in records
        }
        self._apply_other_sources(records, states)
        return states

    def load(self, records, optional=False):
        """Load what :meth:`states` reads; return ``{record id: questions}``.

        Whom the records are about is mostly known, since it stands in stock's row: then only
        what their own questions read is loaded.  Else one query loads all.
        """
        if not records._sheet_audience_known():
            questions = self.questions if optional else self.counting
            records._sheet_load(_field_names(questions))
        audiences = {record.id: record._sheet_audience() for record in records}
        asked = {each: self._asked(each, optional) for each in set(audiences.values())}
        records._sheet_load(_field_names(q for questions in asked.values() for q in questions))
        return {record_id: asked[audience] for record_id, audience in audiences.items()}

    def _asked(self, audience, optional):
        if optional:
            return [question for question in self.questions if question.concerns(audience)]
        return [question for question in self.counting if question.counts(audience)]

    def _apply_other_sources(self, records, states):
        """Take providers and confirmed values into account, in sets."""
        for question in self.questions:
            if question.provider:
                code = question.code
                open_ = records.filtered(lambda r, c=code: states[r.id].get(c, FILLED) != FILLED)
                for record in open_._sheet_provided(question.provider) if open_ else ():
                    states[record.id][code] = FILLED
        doubted = {code for each in states.values() for code, s in each.items() if s == PLACEHOLDER}
        for code in doubted:
            doubtful = records.filtered(lambda r, c=code: states[r.id].get(c) == PLACEHOLDER)
            for record in doubtful._sheet_confirmed(code):
                states[record.id][code] = FILLED

    def score(self, states):
        """Return ``(percentage, missing codes)`` for one record's ``{code: state}``.

        The percentage is rounded down, so that 100 means "nothing is missing".
        """
        weights = self.weights
        total = sum(weights[code] for code in states)
        missing = [code for code, state in states.items() if state != FILLED]
        lost = sum(weights[code] for code in missing)
        return (100 * (total - lost) // total if total else 100), missing

    def sql_scores(self, model, where):
        """Return a SELECT of ``id, score, missing`` for the rows of ``model`` under ``where``.

        ``where`` is SQL over the model's table name; ``score`` and ``missing`` are NULL
        for records that carry no sheet.
        """
        table = model._table
        columns = [
            SQL(
                "CASE WHEN %s THEN %s END AS %s",
                question.sql_counts(model, table),
                question.sql_answered(model, table),
                SQL.identifier(f"q{index}"),
            )
            for index, question in enumerate(self.counting)
        ]
        inner = SQL(
            "SELECT %s FROM %s WHERE %s OFFSET 0",
            SQL(", ").join(
                [
                    SQL.identifier(table, "id"),
                    SQL("%s AS carries", model._sheet_carries_sql()),
                    *columns,
                ]
            ),
            SQL.identifier(table),
            where,
        )
        return SQL(
            "SELECT id, CASE WHEN carries THEN %s END AS score,"
            " CASE WHEN carries THEN %s END AS missing FROM (%s) answers",
            self._sql_score(),
            self._sql_missing(),
            inner,
        )

    def _sql_score(self):
        answers = [
            (SQL.identifier(f"q{index}"), question.weight)
            for index, question in enumerate(self.counting)
        ]
        gained = [SQL("CASE WHEN %s THEN %s ELSE 0 END", *answer) for answer in answers]
        asked = [SQL("CASE WHEN %s IS NULL THEN 0 ELSE %s END", *answer) for answer in answers]
        return SQL(
            "COALESCE(100 * (0 + %s) / NULLIF(0 + %s, 0), 100)",
            SQL(" + ").join(gained or [SQL("0")]),
            SQL(" + ").join(asked or [SQL("0")]),
        )

    def _sql_missing(self):
        codes = [
            SQL("CASE WHEN NOT %s THEN %s END", SQL.identifier(f"q{index}"), question.code)
            for index, question in enumerate(self.counting)
        ]
        array = SQL("array_remove(ARRAY[%s]::text[], NULL)", SQL(", ").join(codes))
        return SQL("NULLIF(to_jsonb(%s), '[]'::jsonb)", array)


def _field_names(questions):
    return frozenset().union(*(question.field_names for question in questions))


def compiled(model, snapshot, stage_ranks):
    """Return the :class:`CataloguePlan` of ``snapshot`` for the host ``model``.

    :param snapshot: list of dicts as :meth:`CustomerSheetQuestion._snapshot` returns
    :param stage_ranks: ids of all ``crm.stage``, in pipeline order
    """
    questions = [
        question
        for entry in snapshot
        if (question := _compiled_question(model, entry, stage_ranks))
    ]
    questions.sort(key=lambda question: -question.weight)  # stable: then catalogue order
    return CataloguePlan(tuple(questions))


def _compiled_question(model, entry, stage_ranks):
    on_lead = model._name == "crm.lead"
    names = entry["lead_fields" if on_lead else "partner_fields"]
    fields = [model._fields[name] for name in names if name in model._fields]
    sectors = set(entry["sectors"])
    in_use = sectors.intersection(model.env["customer.sheet.option"]._sectors_in_use())
    if sectors and not in_use:
        return None
    provider = entry["provider"] or ""
    if not hasattr(model, f"_sheet_provided_{provider}"):
        provider = ""
    if not fields and not provider:
        return None
    stage_id = entry["stage"] if on_lead and entry["lead_required"] == "stage" else False
    counts_in = stage_ranks[stage_ranks.index(stage_id) :] if stage_id in stage_ranks else ()
    status = entry["status_field"] or ""
    status = status if is_status_field(model, status) else ""
    return PlanQuestion(
        code=entry["code"],
        section=entry["section"],
        weight=entry["weight"],
        holders=_holders(model, [field for field in fields if can_hold_answer(field)], status),
        provider=provider,
        typology=entry["typology"] or "any",
        level=entry["level"] or "any",
        sectors=frozenset(in_use),
        company_id=entry["company"] or 0,
        required=entry["lead_required" if on_lead else "contact_required"],
        stage_id=stage_id or 0,
        stage_ids=frozenset(counts_in),
        half_life=entry.get("half_life_months") or 0,
        pillar=entry.get("pillar") or "",
    )


def _holders(model, fields, status):
    linked = model._sheet_linked_answers()
    own = [Holder(field, status and model._sheet_status_of(field.name, status)) for field in fields]
    through = [
        LinkedHolder(holder.field, holder.status, linked[holder.name])
        for holder in own
        if holder.name in linked
    ]
    return (*own, *through)
