"""A field that may hold an answer, and when what it holds is one.

Every rule is written twice, side by side: as Python for the record being edited and as
SQL for sets.  ``tests/sheet/test_plan_property.py`` holds the two equal.

One question of a compiled catalogue: whom it concerns, when it counts, what answers it.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from odoo.tools import SQL

from ....tools.text import filler

FILLED, MISSING, PLACEHOLDER, INVALID = "filled", "missing", "placeholder", "invalid"


TEXT_TYPES = {"char", "text", "html"}

NUMBER_TYPES = {"integer", "float", "monetary"}


PLAIN_TYPES = {"selection", "many2one", "date", "datetime"}

#: Field types that can hold an answer (a yes/no question is a selection).
ANSWER_TYPES = TEXT_TYPES | NUMBER_TYPES | PLAIN_TYPES | {"many2many"}


@dataclass(frozen=True)
class Holder:
    """A stored field that may hold the answer to a question.

    ``status`` names the field, if any, whose value "invalid" says that it does not.
    """

    field: object
    status: str = ""

    @property
    def name(self):
        return self.field.name

    @property
    def read_names(self):
        """The stored fields of the record that are read to know whether it answers."""
        return {self.name} | ({self.status} - {""})

    def state(self, record):
        """Return filled, missing, placeholder or invalid for the value on ``record``."""
        state = self._value_state(record[self.name])
        refused = self.status and record[self.status] == INVALID
        return INVALID if refused and state != MISSING else state

    def _value_state(self, value):
        if self.field.type not in TEXT_TYPES:
            return FILLED if value else MISSING
        # an Html value is Markup, whose methods escape their arguments
        text = str(value or "")
        if self.field.type == "html":
            text = filler.visible_text(text)
        if filler.is_blank(text):
            return MISSING
        return PLACEHOLDER if filler.is_filler(text) else FILLED

    def sql_filled(self, alias):
        """Return the SQL condition under which the field holds a real answer."""
        return self._sql_accepted(alias, self._sql_value_filled(alias))

    def sql_not_blank(self, alias):
        """Return the SQL condition under which the field holds anything not refused."""
        if self.field.type not in TEXT_TYPES:
            return self.sql_filled(alias)
        text = self._sql_text(SQL.identifier(alias, self.field.name))
        return self._sql_accepted(alias, sql_not_blank(text))

    def _sql_accepted(self, alias, condition):
        if not self.status:
            return condition
        status = SQL.identifier(alias, self.status)
        return SQL("(%s AND %s IS DISTINCT FROM %s)", condition, status, INVALID)

    def _sql_value_filled(self, alias):
        if self.field.type == "many2many":
            return self._sql_any_relation(alias)
        column = SQL.identifier(alias, self.name)
        if self.field.type in NUMBER_TYPES:
            return SQL("COALESCE(%s, 0) <> 0", column)
        if self.field.type in TEXT_TYPES:
            text = self._sql_text(column)
            return SQL("(%s AND NOT %s)", sql_not_blank(text), sql_filler(text))
        return SQL("%s IS NOT NULL", column)

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


@dataclass(frozen=True)
class LinkedHolder(Holder):
    """A field of a linked record of the same model whose value counts as an answer too.

    A company is reachable when its main contact is.
    """

    through: str = ""

    @property
    def name(self):
        return self.through

    @property
    def read_names(self):
        return {self.through}

    @property
    def _there(self):
        return Holder(self.field, self.status)

    def state(self, record):
        return self._there.state(record[self.through])

    def sql_filled(self, alias):
        return self._sql_linked(alias, self._there.sql_filled("linked"))

    def sql_not_blank(self, alias):
        return self._sql_linked(alias, self._there.sql_not_blank("linked"))

    def _sql_linked(self, alias, condition):
        # a plan reads its host under the name of the host's own table
        return SQL(
            "EXISTS (SELECT 1 FROM %s linked WHERE linked.id = %s AND %s)",
            SQL.identifier(alias),
            SQL.identifier(alias, self.through),
            condition,
        )


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
    repetition = SQL(" OR ").join(
        SQL("(length(f.t) >= %s AND replace(f.t, left(f.t, %s), '') = '')", 3 * size, size)
        for size in range(1, filler.LONGEST_REPEATED + 1)
    )
    return SQL(
        """
        (SELECT NOT (f.at AND length(f.t) < 3)
            AND (f.t = '' OR f.t = ANY(%s)
                 OR (length(f.t) >= 4 AND strpos(%s, f.t) > 0) OR %s OR f.t ~ %s)
           FROM (SELECT %s AS t, %s AS at OFFSET 0) f)
        """,
        filler.WORDS,
        filler.KEYBOARD,
        repetition,
        filler.SAME_DIGITS,
        folded,
        has_at,
    )


#: ``res.partner.sheet_maturity`` from the first sale on.
CUSTOMER_MATURITIES = ("new", "active", "loyal", "inactive")


class Audience(NamedTuple):
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
    typology: str
    level: str
    sectors: frozenset
    company_id: int
    required: str  # never / creation / stage / customer
    stage_id: int
    stage_ids: frozenset  # the stages in which it counts, where required is "stage"
    half_life: int = 0  # months after which an answer is worth asking again; 0 = never
    pillar: str = ""

    @cached_property
    def own_holders(self):
        """The holders that are fields of the record itself, where a person can answer."""
        return [holder for holder in self.holders if type(holder) is Holder]

    @cached_property
    def field_names(self):
        """The stored fields that are read to know whether the question is answered."""
        return set().union(*(holder.read_names for holder in self.holders))

    # -- does it concern the record at all? ------------------------------------

    def concerns(self, audience):
        """Tell whether typology, level, sector and company let the question apply.

        :param audience: the :class:`Audience` of a record
        """
        return (
            (self.typology in ("any", audience.typology))
            and (not self.sectors or audience.sector in self.sectors)
            and (not self.company_id or audience.company_id == self.company_id)
            and (self.level == "any" or audience.level in ("any", self.level))
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

    def counts(self, audience):
        """Tell whether the question concerns the record and counts already."""
        if self.required == "stage":
            due = audience.stage_id in self.stage_ids
        elif self.required == "customer":
            due = audience.is_customer
        else:
            due = self.required == "creation"
        return due and self.concerns(audience)

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
        states = {holder.state(record) for holder in self.holders}
        return next((state for state in (FILLED, PLACEHOLDER, INVALID) if state in states), MISSING)

    def sql_answered(self, model, alias):
        """Return the SQL condition that holds exactly where the state is "filled"."""
        alternatives = [holder.sql_filled(alias) for holder in self.holders]
        if any(holder.field.type in TEXT_TYPES for holder in self.holders):
            alternatives.append(self._sql_confirmed(model, alias))
        answered = SQL("(%s)", SQL(" OR ").join(alternatives)) if alternatives else SQL("FALSE")
        if self.provider:
            answered = SQL("(%s OR %s)", answered, model._sheet_provided_sql(self.provider, alias))
        return answered

    def _sql_confirmed(self, model, alias):
        held = SQL(" OR ").join(holder.sql_not_blank(alias) for holder in self.holders)
        return SQL("((%s) AND %s)", held, model._sheet_confirmed_sql(alias, self.code))
