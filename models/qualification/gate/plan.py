"""A gate, compiled: which answers let a lead into a stage.

Judged twice, like the catalogue itself: in Python for the leads being moved and as SQL for
sets; ``tests/qualification/test_gate_property.py`` holds the two equal.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from odoo.tools import SQL

from ...sheet.catalogue.plan_question import FILLED


@dataclass(frozen=True)
class GateItem:
    """One way to satisfy a criterion: a question, or any question of a pillar."""

    label: str
    questions: tuple  # of PlanQuestion


@dataclass(frozen=True)
class GateCriterion:
    """A group of items of which ``minimum`` are enough."""

    label: str
    items: tuple
    minimum: int
    is_confirmed: bool  # somebody must have confirmed the answer with evidence

    def applicable(self, audience):
        """Return the items that concern a lead, each with the questions that do."""
        found = [
            (item, [question for question in item.questions if question.concerns(audience)])
            for item in self.items
        ]
        return [(item, questions) for item, questions in found if questions]


@dataclass(frozen=True)
class GatePlan:
    """The criteria of one gate; ``minimum`` of them are enough, 0 stands for all.

    **What.** Which answers let a lead into a stage.  A gate is a set of criteria, a criterion a
    set of items of which some are enough, an item a question or any question of a pillar.

    **How to use.** ``env["customer.sheet.gate"]._plans()`` gives the gates that are on, compiled
    and cached.  :meth:`judge` says criterion by criterion what one lead meets, :meth:`still`
    how many more are needed; :meth:`sql_passes` is the condition for sets of leads.

    **How it works.** Only what concerns the lead counts: a criterion of which no item does is
    met, and never more is asked for than there is.  Judging takes the states that the catalogue's
    plan gave, so that one read serves all gates.  Waivers are looked at afterwards, by whoever
    asks.  A property test holds Python and SQL equal.
    """

    id: int
    name: str
    mode: str
    stage_ids: tuple
    team_ids: frozenset
    beyond_ids: frozenset  # its stages and those behind them
    is_by_team: bool  # a change of team may take a lead behind it
    criteria: tuple
    minimum: int

    @property
    def field_names(self):
        """The fields of the lead that the gate reads as answers."""
        return frozenset().union(
            *(
                question.field_names
                for criterion in self.criteria
                for item in criterion.items
                for question in item.questions
            )
        )

    @property
    def needs_evidence(self):
        """Whether a criterion asks for confirmed answers."""
        return any(criterion.is_confirmed for criterion in self.criteria)

    def concerns(self, lead):
        """Tell whether the gate stands in the pipeline of the lead's team."""
        return not self.team_ids or lead.team_id.id in self.team_ids

    def judge(self, lead, states, confirmed):
        """Return ``[(criterion, [(item, questions, is met)], is met)]`` for one lead.

        :param states: ``{code: state}`` of the questions that concern the lead
        :param confirmed: codes of the answers confirmed with evidence
        """
        audience = lead._sheet_audience()
        judged = []
        for criterion in self.criteria:
            items = [
                (item, questions, self._is_met(criterion, questions, states, confirmed))
                for item, questions in criterion.applicable(audience)
            ]
            needed = min(criterion.minimum, len(items))
            judged.append((criterion, items, sum(met for *_rest, met in items) >= needed))
        return judged

    @staticmethod
    def _is_met(criterion, questions, states, confirmed):
        return any(
            states.get(question.code) == FILLED
            and (not criterion.is_confirmed or question.code in confirmed)
            for question in questions
        )

    def still(self, judged):
        """Return how many more criteria must be met, from what :meth:`judge` returned."""
        needed = min(self.minimum or len(judged), len(judged))
        return max(needed - sum(met for *_rest, met in judged), 0)

    # -- the same as SQL -----------------------------------------------------

    def sql_passes(self, model, alias):
        """Return the SQL condition under which a lead passes."""
        met = [self._sql_criterion(criterion, model, alias) for criterion in self.criteria]
        if not met:
            return SQL("TRUE")
        needed = min(self.minimum or len(met), len(met))
        return SQL("(%s) >= %s", _sql_count(met), needed)

    def _sql_criterion(self, criterion, model, alias):
        there = [
            SQL("(%s)", SQL(" OR ").join(q.sql_concerns(model, alias) for q in item.questions))
            for item in criterion.items
        ]
        met = [self._sql_item(criterion, item, model, alias) for item in criterion.items]
        return SQL("((%s) >= LEAST(%s, %s))", _sql_count(met), criterion.minimum, _sql_count(there))

    @staticmethod
    def _sql_item(criterion, item, model, alias):
        answers = []
        for question in item.questions:
            parts = [question.sql_concerns(model, alias), question.sql_answered(model, alias)]
            if criterion.is_confirmed:
                parts.append(model._sheet_evidence_sql(alias, question.code))
            answers.append(SQL("(%s)", SQL(" AND ").join(parts)))
        return SQL("(%s)", SQL(" OR ").join(answers))


class GateResult(NamedTuple):
    """What a gate says of one lead; ``judged`` and ``still`` as :class:`GatePlan` returns them."""

    gate: Any
    judged: list
    still: int
    passed: bool
    states: dict

    @classmethod
    def of(cls, gate, judged, states):
        """Return the result without regard to waivers."""
        still = gate.still(judged)
        return cls(gate, judged, still, not still, states)


def _sql_count(conditions):
    return SQL(" + ").join(SQL("CASE WHEN %s THEN 1 ELSE 0 END", each) for each in conditions)
