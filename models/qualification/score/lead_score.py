"""How promising a lead is, from 0 to 100, explained factor by factor.

Plain functions over plain facts: the same ones score the lead being saved and a whole
database.  Each factor says how well it is met, from 0 to 1; a table of weights says what
that is worth.
"""

from fractions import Fraction
from typing import Any, NamedTuple

#: What a score is made of, in the order of its explanation.
FACTORS = ("completeness", "pillars", "source", "sector", "urgency", "budget", "engagement")

_PILLARS = {"confirmed": Fraction(1), "stated": Fraction(1, 2)}


class ScoreFacts(NamedTuple):
    """What a score needs to know of one lead."""

    completeness: int = 0  # percent
    pillars: tuple = ()  # "unknown", "stated" or "confirmed", one for each pillar
    source: Any = None
    sector: Any = None
    days_left: int | None = None  # until the deadline
    budget: float = 0
    engagement: int = 0  # recent messages, meetings and answers


class Rule(NamedTuple):
    """What one factor is worth, and what meets it in full."""

    weight: int = 0
    good: frozenset = frozenset()  # sources or sectors; empty stands for any
    days: int = 0
    amount: float = 0
    count: int = 0


class Line(NamedTuple):
    """The points that one factor brings; ``reason`` is a code, ``values`` go with it."""

    factor: str
    points: int
    maximum: int
    reason: str
    values: dict


def score(facts, rules):
    """Return ``(total, [Line])``; the total is the sum of the points, from 0 to 100.

    Points are rounded down: 100 means that every factor is met in full.

    :param rules: ``{factor: Rule}``; a factor without weight does not count

    >>> rules = {"completeness": Rule(60), "urgency": Rule(40, days=30), "budget": Rule(0)}
    >>> total, lines = score(ScoreFacts(completeness=72, days_left=60), rules)
    >>> total, [(line.factor, line.points, line.maximum, line.reason) for line in lines]
    (63, [('completeness', 43, 60, 'percent'), ('urgency', 20, 40, 'far')])
    """
    lines = []
    for factor, maximum in maxima(rules).items():
        share, reason, values = _JUDGES[factor](facts, rules[factor])
        lines.append(Line(factor, int(maximum * share), maximum, reason, values))
    return sum(line.points for line in lines), lines


def maxima(rules):
    """Return ``{factor: points}`` of the factors that count; together they make 100.

    >>> maxima({"pillars": Rule(1), "budget": Rule(1), "source": Rule(1), "sector": Rule(0)})
    {'pillars': 34, 'source': 33, 'budget': 33}
    """
    weights = {f: rules[f].weight for f in FACTORS if f in rules and rules[f].weight > 0}
    total = sum(weights.values())
    exact = {factor: Fraction(100 * weight, total) for factor, weight in weights.items()}
    points = {factor: max(1, int(value)) for factor, value in exact.items()}
    while points and (rest := 100 - sum(points.values())):
        gaps = {factor: exact[factor] - points[factor] for factor in points}
        if rest > 0:
            points[max(gaps, key=gaps.get)] += 1
        else:  # tiny weights count 1 at least: the greatest makes room
            points[max(points, key=points.get)] -= 1
    return points


# -- how well each factor is met: (from 0 to 1, reason, values) ------------------


def _completeness(facts, rule):
    return Fraction(facts.completeness, 100), "percent", {"percent": facts.completeness}


def _pillars(facts, rule):
    known = {state: facts.pillars.count(state) for state in _PILLARS}
    values = {**known, "total": len(facts.pillars)}
    met = sum(count * _PILLARS[state] for state, count in known.items())
    return (met / len(facts.pillars) if facts.pillars else Fraction(0)), "known", values


def _source(facts, rule):
    return _choice(facts.source, rule.good)


def _sector(facts, rule):
    return _choice(facts.sector, rule.good)


def _choice(value, good):
    if not value:
        return Fraction(0), "unknown", {}
    is_good = not good or value in good
    return Fraction(is_good), "good" if is_good else "other", {"value": value}


def _urgency(facts, rule):
    left = facts.days_left
    if left is None:
        return Fraction(0), "none", {}
    if left < 0:
        return Fraction(0), "passed", {"days": -left}
    if left <= rule.days:
        return Fraction(1), "near", {"days": left}
    return Fraction(rule.days, left), "far", {"days": left, "limit": rule.days}


def _budget(facts, rule):
    if facts.budget <= 0:
        return Fraction(0), "none", {}
    values = {"amount": facts.budget, "limit": rule.amount}
    if facts.budget >= rule.amount:
        return Fraction(1), "enough", values
    return Fraction(facts.budget) / Fraction(rule.amount), "below", values


def _engagement(facts, rule):
    values = {"count": facts.engagement, "days": rule.days}
    if not facts.engagement:
        return Fraction(0), "none", values
    return min(Fraction(facts.engagement, max(rule.count, 1)), Fraction(1)), "recent", values


_JUDGES = {
    "completeness": _completeness,
    "pillars": _pillars,
    "source": _source,
    "sector": _sector,
    "urgency": _urgency,
    "budget": _budget,
    "engagement": _engagement,
}
