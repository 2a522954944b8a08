from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...models.consent.law.fold import (
    GRANTS,
    RESTRICTIVE,
    Decision,
    later,
    standing,
    stricter,
)

START = datetime(2026, 1, 1)
decisions = st.builds(
    Decision,
    st.integers(0, 20).map(lambda day: START + timedelta(days=day)),
    st.sampled_from(RESTRICTIVE),
)
histories = st.lists(decisions, max_size=8)


@tagged("post_install", "-at_install")
class TestConsentFold(BaseCase):
    @given(histories, st.randoms())
    def test_the_order_of_arrival_does_not_matter(self, history, random):
        shuffled = random.sample(history, len(history))
        found, again = standing(history), standing(shuffled)
        self.assertEqual(found and (found.at, found.state), again and (again.at, again.state))

    @given(histories)
    def test_the_latest_stands_and_ties_go_to_the_strict_one(self, history):
        found = standing(history)
        if not history:
            self.assertIsNone(found)
            return
        last = max(decision.at for decision in history)
        candidates = [d.state for d in history if d.at == last]
        self.assertEqual(found.at, last)
        self.assertEqual(found.state, min(candidates, key=RESTRICTIVE.index))

    @given(histories, decisions)
    def test_an_older_decision_never_grants_again(self, history, old):
        found = standing(history)
        if found and found.state not in GRANTS and old.at <= found.at:
            self.assertNotIn(standing([*history, old]).state, GRANTS)

    @given(histories, histories, st.integers(0, 25))
    def test_a_join_never_opens_what_one_of_both_had_closed(self, one, other, day):
        at = START + timedelta(days=day)
        before = [decision for decision in one if decision.at <= at]
        mine, theirs = standing(before), standing(other)
        joined = standing(before, [(at, theirs)] if theirs else [])
        expected = stricter(mine, theirs)
        self.assertEqual(joined and joined.state, expected and expected.state)

    @given(histories, decisions, st.integers(0, 20))
    def test_what_is_said_after_a_join_counts(self, one, other, day):
        at = START + timedelta(days=day)
        said = Decision(START + timedelta(days=30), "given")
        self.assertEqual(standing([*one, said], [(at, other)]), said)

    @given(decisions, decisions, decisions)
    def test_combining_is_associative(self, a, b, c):
        for combine in (later, stricter):
            one, two = combine(combine(a, b), c), combine(a, combine(b, c))
            self.assertEqual((one.at, one.state), (two.at, two.state))
