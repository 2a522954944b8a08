from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...models.qualification.score.lead_score import (
    FACTORS,
    Rule,
    ScoreFacts,
    maxima,
    score,
)

RULES = st.dictionaries(
    st.sampled_from(FACTORS),
    st.builds(
        Rule,
        weight=st.integers(0, 1000),
        good=st.frozensets(st.integers(1, 5)),
        days=st.integers(1, 400),
        amount=st.floats(0.01, 1e9),
        count=st.integers(1, 9),
    ),
)
FACTS = st.builds(
    ScoreFacts,
    completeness=st.integers(0, 100),
    pillars=st.lists(st.sampled_from(["unknown", "stated", "confirmed"]), max_size=4).map(tuple),
    source=st.none() | st.integers(1, 5),
    sector=st.none() | st.integers(1, 5),
    days_left=st.none() | st.integers(-400, 4000),
    budget=st.floats(0, 1e12),
    engagement=st.integers(0, 30),
)
FULL = ScoreFacts(
    completeness=100,
    pillars=("confirmed",) * 4,
    source=1,
    sector=1,
    days_left=1,
    budget=1e12,
    engagement=30,
)

#: The first draw of numbers is slow: hypothesis looks for constants in all loaded modules.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@tagged("post_install", "-at_install")
class TestLeadScore(BaseCase):
    """A score is the sum of its lines, from 0 to 100."""

    @patient
    @given(FACTS, RULES)
    def test_the_lines_sum_up_to_a_score_from_0_to_100(self, facts, rules):
        total, lines = score(facts, rules)
        self.assertEqual(total, sum(line.points for line in lines))
        self.assertTrue(0 <= total <= 100)
        for line in lines:
            self.assertTrue(0 <= line.points <= line.maximum, line)
            self.assertIs(type(line.points), int)

    @patient
    @given(FACTS, RULES)
    def test_100_means_that_every_factor_is_met_in_full(self, facts, rules):
        total, lines = score(facts, rules)
        full = bool(lines) and all(line.points == line.maximum for line in lines)
        self.assertEqual(total == 100, full)

    @patient
    @given(RULES)
    def test_the_weights_share_100_points(self, rules):
        counting = {factor for factor, rule in rules.items() if rule.weight}
        found = maxima(rules)
        self.assertEqual(set(found), counting)
        self.assertEqual(sum(found.values()), 100 if counting else 0)
        self.assertTrue(all(points > 0 for points in found.values()))

    @patient
    @given(RULES)
    def test_the_best_of_leads_gets_100(self, rules):
        anything = {factor: rule._replace(good=frozenset()) for factor, rule in rules.items()}
        total, lines = score(FULL, anything)
        self.assertEqual(total, 100 if lines else 0)

    @patient
    @given(FACTS, RULES)
    def test_a_factor_without_weight_does_not_count(self, facts, rules):
        weightless = {**rules, "budget": Rule(0, amount=10)}
        without = {factor: rule for factor, rule in rules.items() if factor != "budget"}
        self.assertEqual(score(facts, weightless), score(facts, without))

    @patient
    @given(FACTS, RULES)
    def test_knowing_more_never_lowers_a_score(self, facts, rules):
        better = facts._replace(
            completeness=min(facts.completeness + 1, 100),
            pillars=tuple("confirmed" if p == "stated" else p for p in facts.pillars),
            budget=facts.budget + 1,
            engagement=facts.engagement + 1,
        )
        self.assertLessEqual(score(facts, rules)[0], score(better, rules)[0])

    def test_a_stated_pillar_counts_half(self):
        rules = {"pillars": Rule(1)}
        for pillars, points in (
            (("stated",), 50),
            (("confirmed",), 100),
            (("confirmed", "stated", "unknown", "unknown"), 37),
            ((), 0),
        ):
            self.assertEqual(score(ScoreFacts(pillars=pillars), rules)[0], points, pillars)

    def test_a_deadline_counts_whole_when_near_and_fades(self):
        rules = {"urgency": Rule(1, days=30)}
        for left, points in ((None, 0), (-1, 0), (0, 100), (30, 100), (31, 96), (60, 50), (900, 3)):
            self.assertEqual(score(ScoreFacts(days_left=left), rules)[0], points, left)

    def test_a_source_counts_if_it_is_among_the_good_ones(self):
        self.assertEqual(score(ScoreFacts(source=3), {"source": Rule(1, frozenset({3}))})[0], 100)
        self.assertEqual(score(ScoreFacts(source=4), {"source": Rule(1, frozenset({3}))})[0], 0)
        self.assertEqual(score(ScoreFacts(source=4), {"source": Rule(1)})[0], 100)
        self.assertEqual(score(ScoreFacts(), {"source": Rule(1)})[0], 0)
