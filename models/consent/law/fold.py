"""Which of many decisions of a person stands."""

from dataclasses import dataclass
from datetime import datetime

#: States that let us contact (DPV: only these two authorise).
GRANTS = frozenset(("given", "renewed"))

#: States by which a person says no.
REFUSALS = frozenset(("refused", "withdrawn", "objected"))

#: The decisions, the most restrictive first; "requested" decides nothing.
RESTRICTIVE = ("objected", "withdrawn", "refused", "expired", "given", "renewed")

DECISIONS = frozenset(RESTRICTIVE)

#: How well an event can be proved.
STRENGTHS = [
    ("1", "Weak (import, list)"),
    ("2", "Fair (noted by a user)"),
    ("3", "Good (form, signature)"),
    ("4", "Strong (confirmed by the person)"),
]

#: What a way of collecting is worth unless the caller knows better.
STRENGTH_OF_METHOD = {
    "double_opt_in": 4,
    "preference_centre": 4,
    "one_click": 4,
    "web_form": 3,
    "email": 3,
    "paper": 3,
    "phone": 2,
    "meeting": 2,
    "blacklist": 2,
    "system": 2,
    "api": 1,
    "import": 1,
}


@dataclass(frozen=True)
class Decision:
    """One decision for one purpose and channel.

    ``source`` is whatever the caller needs to find it again.
    """

    at: datetime
    state: str
    source: object = None


def later(standing, decision):
    """Return which of two decisions of one person stands: the later, at a tie the stricter.

    >>> yes, no = Decision(datetime(2026, 1, 2), "given"), Decision(datetime(2026, 1, 1), "refused")
    >>> later(no, yes).state, later(yes, no).state
    ('given', 'given')
    >>> later(yes, Decision(datetime(2026, 1, 2), "objected")).state
    'objected'
    """
    if standing is None or decision is None:
        return standing or decision
    if decision.at == standing.at:
        return stricter(standing, decision)
    return decision if decision.at > standing.at else standing


def stricter(one, other):
    """Return the more restrictive of two decisions, the later of equals; where nothing was
    decided, the other one stands.

    >>> yes, no = Decision(datetime(2026, 1, 2), "given"), Decision(datetime(2026, 1, 1), "refused")
    >>> stricter(yes, no).state, stricter(None, yes).state
    ('refused', 'given')
    """
    if one is None or other is None:
        return one or other
    rank_one, rank_other = RESTRICTIVE.index(one.state), RESTRICTIVE.index(other.state)
    if rank_one == rank_other:
        return other if other.at >= one.at else one
    return one if rank_one < rank_other else other


def standing(decisions, joins=()):
    """Return the decision that stands, or None.

    :param decisions: the decisions of one person; of two that say the same at the same time
        the last in the list stands
    :param joins: ``(time, decision)`` pairs: what stood for another person when it turned
        out to be the same.  From then on the stricter of both stands, until a later decision.
    """
    history = [
        *((decision.at, 0, later, decision) for decision in decisions),
        *((at, 1, stricter, decision) for at, decision in joins),
    ]
    result = None
    for _at, _order, combine, decision in sorted(history, key=lambda entry: entry[:2]):
        result = combine(result, decision)
    return result
