"""A published catalogue, compiled: the one definition of "answered".

Every rule is written twice, side by side: as Python for the record being edited
and as SQL for sets.  ``tests/sheet/test_plan_property.py`` holds the two equal.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from odoo.tools import SQL

from ...tools import filler

#: ``res.partner.sheet_maturity`` from the first sale on.
CUSTOMER_MATURITIES = ("new", "active", "loyal", "inactive")

FILLED, MISSING, PLACEHOLDER, INVALID, UNKNOWN = (
    "filled",
    "missing",
    "placeholder",
    "invalid",
    "unknown",
)

_TEXT_TYPES = {"char", "text", "html"}
_NUMBER_TYPES = {"integer", "float", "monetary"}
_PLAIN_TYPES = {"selection", "many2one", "date", "datetime"}

#: Field types that can hold an answer (a yes/no question is a selection).
ANSWER_TYPES = _TEXT_TYPES | _NUMBER_TYPES | _PLAIN_TYPES | {"many2many"}


@dataclass(frozen=True)
class Holder:
    """A stored field that may hold the answer to a question."""

    field: object

    @property
    def name(self):
        return self.field.name

    def state(self, record):
        """Return filled, missing or placeholder for the field's value on ``record``."""
        value = record[self.name]
        if self.field.type not in _TEXT_TYPES:
            return FILLED if value else MISSING
        text = filler.visible_text(value or "") if self.field.type == "html" else value or ""
        if filler.is_blank(text):
            return MISSING
        return PLACEHOLDER if filler.is_filler(text) else FILLED

    def sql_filled(self, alias):
        """Return the SQL condition under which the field holds a real answer."""
        if self.field.type == "many2many":
            return self._sql_any_relation(alias)
        column = SQL.identifier(alias, self.name)
        if self.field.type in _NUMBER_TYPES:
            return SQL("COALESCE(%s, 0) <> 0", column)
        if self.field.type in _TEXT_TYPES:
            text = self._sql_text(column)
            return SQL("(%s AND NOT %s)", sql_not_blank(text), sql_filler(text))
        return SQL("%s IS NOT NULL", column)

    def sql_not_blank(self, alias):
        """Return the SQL condition under which the field holds anything at all."""
        if self.field.type not in _TEXT_TYPES:
            return self.sql_filled(alias)
        return sql_not_blank(self._sql_text(SQL.identifier(alias, self.name)))

    def _sql_any_relation(self, alias):
        return SQL(
            "EXISTS (SELECT 1 FROM %s r WHERE r.%s = %s)",
            SQL.identifier(self.field.relation),
            SQL.identifier(self.field.column1),
            SQL.identifier(alias, "id"),
        )

    def _sql_text(self, column):
        if self.field.translate:
            column = SQL("(%s->>'en_US')", column)
        if self.field.type == "html":
            shown = SQL("replace(%s, '<img', 'image<')", column)
            column = SQL("replace(regexp_replace(%s, '<[^>]*>', '', 'g'), '&nbsp;', '')", shown)
        return SQL("COALESCE(%s, '')", column)


def can_hold_answer(field):
    """Tell whether an answer can be kept in ``field``, a field of a host model.

    It must be stored in a plain column or many2many table that a person edits.
    """
    return bool(
        field.store
        and field.type in ANSWER_TYPES
        and not field.company_dependent
        and not field.readonly
        and (field.type == "many2many" or field.column_type)
    )


def is_status_field(model, name):
    """Tell whether ``name`` is a stored selection of ``model`` with the value "invalid"."""
    field = model._fields.get(name)
    return bool(
        field
        and field.type == "selection"
        and field.store
        and INVALID in dict(field._description_selection(model.env))
    )


def compiled(model, snapshot, stage_ranks):
    """Return the :class:`Plan` of ``snapshot`` for the host ``model``.

    :param snapshot: list of dicts as :meth:`CustomerSheetQuestion._snapshot` returns
    :param stage_ranks: ids of all ``crm.stage``, in pipeline order
    """
    questions = [
        question
        for entry in snapshot
        if (question := _compiled_question(model, entry, stage_ranks))
    ]
    questions.sort(key=lambda question: -question.weight)  # stable: then catalogue order
    return Plan(tuple(questions))


def _compiled_question(model, entry, stage_ranks):
    on_lead = model._name == "crm.lead"
    names = entry["lead_fields" if on_lead else "partner_fields"]
    fields = [model._fields[name] for name in names if name in model._fields]
    provider = entry["provider"] or ""
    if not hasattr(model, f"_sheet_provided_{provider}"):
        provider = ""
    if not fields and not provider:
        return None
    stage_id = entry["stage"] if on_lead and entry["lead_required"] == "stage" else False
    counts_in = stage_ranks[stage_ranks.index(stage_id) :] if stage_id in stage_ranks else ()
    status = entry["status_field"] or ""
    return PlanQuestion(
        code=entry["code"],
        section=entry["section"],
        weight=entry["weight"],
        holders=tuple(Holder(field) for field in fields if can_hold_answer(field)),
        provider=provider,
        status=status if is_status_field(model, status) else "",
        typology=entry["typology"],
        level=entry["level"],
        sectors=frozenset(entry["sectors"]),
        company_id=entry["company"] or 0,
        required=entry["lead_required" if on_lead else "contact_required"],
        stage_id=stage_id or 0,
        stage_ids=frozenset(counts_in),
    )


def sql_not_blank(text):
    """Return the SQL twin of ``not filler.is_blank(text)``."""
    return SQL("translate(%s, %s, '') <> ''", text, " \t\r\n\f\v\u00a0\u202f")


def sql_filler(text):
    """Return the SQL twin of ``filler.is_filler(text)``."""
    has_at = SQL("strpos(%s, '@') > 0", text)
    folded = SQL(
        "translate(CASE WHEN %s THEN split_part(%s, '@', 1) ELSE %s END, %s, %s)",
        has_at,
        text,
        text,
        filler.FOLD_FROM,
        filler.FOLD_TO,
    )
    return SQL(
        "(SELECT NOT (f.at AND length(f.t) < 3) AND (f.t = '' OR f.t = ANY(%s)"
        " OR (length(f.t) >= 4 AND strpos(%s, f.t) > 0) OR f.t ~ %s)"
        " FROM (SELECT %s AS t, %s AS at OFFSET 0) f)",
        filler.WORDS,
        filler.KEYBOARD,
        filler.REPEATED,
        folded,
        has_at,
    )


class Profile(NamedTuple):
    """What decides which questions a record is asked."""

    typology: str
    sector: str
    company_id: int
    level: str  # company / person / any
    stage_id: int
    is_customer: bool


@dataclass(frozen=True)
class PlanQuestion:
    """One question of a plan, for one host model."""

    code: str
    section: str
    weight: int
    holders: tuple
    provider: str
    status: str
    typology: str
    level: str
    sectors: frozenset
    company_id: int
    required: str  # never / creation / stage / customer
    stage_id: int
    stage_ids: frozenset  # the stages in which it counts, where required is "stage"

    @property
    def field_names(self):
        """The stored fields that are read to know whether the question is answered."""
        return {holder.name for holder in self.holders} | ({self.status} - {""})

    # -- does it concern the record at all? ------------------------------------

    def concerns(self, profile):
        """Tell whether typology, level, sector and company let the question apply.

        :param profile: the :class:`Profile` of a record
        """
        return (
            (self.typology in ("any", profile.typology))
            and (not self.sectors or profile.sector in self.sectors)
            and (not self.company_id or profile.company_id == self.company_id)
            and (self.level == "any" or profile.level in ("any", self.level))
        )

    def sql_concerns(self, model, alias):
        """Return the SQL twin of :meth:`concerns`."""
        parts = []
        if self.typology != "any":
            parts.append(SQL("%s = %s", SQL.identifier(alias, "sheet_typology"), self.typology))
        if self.sectors:
            sector = SQL.identifier(alias, "sheet_sector")
            parts.append(SQL("%s IN %s", sector, tuple(sorted(self.sectors))))
        if self.company_id:
            parts.append(SQL("%s = %s", SQL.identifier(alias, "company_id"), self.company_id))
        if self.level != "any":
            parts.append(model._sheet_at_level_sql(alias, self.level))
        if not parts:
            return SQL("TRUE")
        return SQL("COALESCE(%s, FALSE)", SQL(" AND ").join(parts))

    # -- does it count now? ------------------------------------------------

    def counts(self, profile):
        """Tell whether the question concerns the record and counts already."""
        if self.required == "stage":
            due = profile.stage_id in self.stage_ids
        elif self.required == "customer":
            due = profile.is_customer
        else:
            due = self.required == "creation"
        return due and self.concerns(profile)

    def sql_counts(self, model, alias):
        """Return the SQL twin of :meth:`counts`."""
        concerns = self.sql_concerns(model, alias)
        if self.required == "creation":
            return concerns
        if self.required == "stage" and self.stage_ids:
            column, values = "stage_id", tuple(sorted(self.stage_ids))
        elif self.required == "customer":
            column, values = "sheet_maturity", CUSTOMER_MATURITIES
        else:
            return SQL("FALSE")
        return SQL(
            "COALESCE(%s IN %s, FALSE) AND %s", SQL.identifier(alias, column), values, concerns
        )

    # -- is it answered? ---------------------------------------------------

    def field_state(self, record):
        """Return filled, missing, placeholder or invalid from the fields alone."""
        if self.status and record[self.status] == INVALID:
            return INVALID
        found = MISSING
        for holder in self.holders:
            state = holder.state(record)
            if state == FILLED:
                return FILLED
            if state == PLACEHOLDER:
                found = PLACEHOLDER
        return found

    def sql_answered(self, model, alias):
        """Return the SQL condition that holds exactly where the state is "filled"."""
        alternatives = [holder.sql_filled(alias) for holder in self.holders]
        if any(holder.field.type in _TEXT_TYPES for holder in self.holders):
            alternatives.append(self._sql_confirmed(model, alias))
        answered = SQL("(%s)", SQL(" OR ").join(alternatives)) if alternatives else SQL("FALSE")
        if self.status:
            answered = SQL(
                "(%s AND %s IS DISTINCT FROM %s)",
                answered,
                SQL.identifier(alias, self.status),
                INVALID,
            )
        if self.provider:
            answered = SQL("(%s OR %s)", answered, model._sheet_provided_sql(self.provider, alias))
        return answered

    def _sql_confirmed(self, model, alias):
        held = SQL(" OR ").join(holder.sql_not_blank(alias) for holder in self.holders)
        return SQL("((%s) AND %s)", held, model._sheet_confirmed_sql(alias, self.code))


@dataclass(frozen=True)
class Plan:
    """All questions of one catalogue for one host model, most useful first."""

    questions: tuple

    @cached_property
    def counting(self):
        """The questions that may count in a score: all but the optional ones."""
        return tuple(question for question in self.questions if question.required != "never")

    @cached_property
    def field_names(self):
        """The stored fields that the plan reads as answers."""
        return frozenset().union(*(question.field_names for question in self.questions))

    @cached_property
    def counting_field_names(self):
        """The part of :attr:`field_names` that may change a score."""
        return frozenset().union(*(question.field_names for question in self.counting))

    @cached_property
    def weights(self):
        """``{code: weight}`` of all questions."""
        return {question.code: question.weight for question in self.questions}

    def states(self, records, optional=False):
        """Return ``{record id: {code: state}}`` for the questions that count now.

        :param records: records of the host model, saved or being edited
        :param optional: return the state of every question that concerns the record
        """
        asked, states = {}, {}
        for record in records:
            profile = record._sheet_profile()
            if profile not in asked:
                asked[profile] = self._asked(profile, optional)
            states[record.id] = {
                question.code: question.field_state(record) for question in asked[profile]
            }
        self._apply_other_sources(records, states)
        return states

    def _asked(self, profile, optional):
        if optional:
            return [question for question in self.questions if question.concerns(profile)]
        return [question for question in self.counting if question.counts(profile)]

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
