"""One question of a compiled catalogue: whom it concerns, when it counts, what answers it."""

from dataclasses import dataclass
from typing import NamedTuple

from odoo.tools import SQL

from .plan_question import FILLED, INVALID, MISSING, PLACEHOLDER, TEXT_TYPES, Holder

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

    @property
    def own_holders(self):
        """The holders that are fields of the record itself, where a person can answer."""
        return [holder for holder in self.holders if type(holder) is Holder]

    @property
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
