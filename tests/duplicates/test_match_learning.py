"""What is learned from patterns of levels: never far from the shipped weights."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...models.duplicates.match.expectation import EQUAL_NAMES, Learning, Pattern
from ...models.duplicates.match.levels import COMPARISONS
from ...models.duplicates.match.meaning import BITS_RANGE
from ...models.duplicates.match.usual import USUAL

THRESHOLD = 12.0
#: Weights like the shipped ones.
WEIGHTS = {code: -3.0 if code.endswith(".different") else 6.0 for code in USUAL}
WEIGHTS |= {"name.near": 9.0, "name.word": -3.5, "email.same": 12.5, "rarity": 3.5}
BY_COMPARISON = {}
for each in USUAL:
    BY_COMPARISON.setdefault(each.partition(".")[0], []).append(each)


@st.composite
def patterns(draw, most=10**6):
    """Any level of any comparison or none, beside anything that is not learned."""
    levels = [draw(st.sampled_from([None, *codes])) for codes in BY_COMPARISON.values()]
    bits = draw(st.sampled_from((-300.0, -100.0, -7.0, 0.0, 3.5, 60.0)))
    return Pattern(tuple(filter(None, levels)), bits, draw(st.integers(1, most)))


@tagged("post_install", "-at_install")
class TestMatchLearning(BaseCase):
    def learned(self, *given):
        return Learning(WEIGHTS, THRESHOLD, USUAL).learned(list(given))

    def test_the_usual_shares_are_of_levels_that_there_are(self):
        known = {f"{each.code}.{level}" for each in COMPARISONS for level, _sql in each.levels}
        self.assertLessEqual(USUAL.keys(), known)
        for codes in BY_COMPARISON.values():
            for shares in zip(*(USUAL[code] for code in codes), strict=True):
                self.assertAlmostEqual(sum(shares), 1, 2)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(patterns(), max_size=25))
    def test_the_likelihood_never_falls(self, given_patterns):
        likelihoods = self.learned(*given_patterns).likelihoods
        for before, after in zip(likelihoods, likelihoods[1:], strict=False):
            self.assertGreaterEqual(after, before - 1e-9 * abs(before))

    @settings(max_examples=60, deadline=None)
    @given(st.lists(patterns(), max_size=25))
    def test_weights_are_bounded_and_in_order(self, given_patterns):
        weights = self.learned(*given_patterns).weights
        self.assertEqual(weights.keys(), USUAL.keys())
        for code, weight in weights.items():
            shipped = WEIGHTS[code]
            self.assertLessEqual(abs(weight - shipped), BITS_RANGE, code)
            if shipped > 0:
                self.assertGreaterEqual(weight, 0, code)
            else:
                self.assertLessEqual(weight, shipped / 2 + 0.05, code)
        for codes in BY_COMPARISON.values():
            for near, far in permutations(codes, 2):
                if self.nearness(WEIGHTS, near) > self.nearness(WEIGHTS, far):
                    found = [self.nearness(weights, code) for code in (near, far)]
                    self.assertGreaterEqual(*found, (near, far))

    def nearness(self, weights, code):
        """Return what a level is worth; equal names may be rare ones."""
        extra = WEIGHTS["rarity"] if code in EQUAL_NAMES else 0.0
        return round(weights[code] + extra, 1)

    @settings(max_examples=30, deadline=None)
    @given(st.lists(patterns(most=2), max_size=5))
    def test_few_pairs_teach_hardly_anything(self, given_patterns):
        for code, weight in self.learned(*given_patterns).weights.items():
            self.assertLess(abs(weight - WEIGHTS[code]), 1.0, code)

    def test_nothing_teaches_nothing(self):
        for given_patterns in ([], [Pattern((), 0.0, 10**6)], [Pattern((), 60.0, 1)]):
            weights = self.learned(*given_patterns).weights
            self.assertEqual(weights, {code: WEIGHTS[code] for code in USUAL})

    def test_one_pattern_only(self):
        everything = ("name.same", "email.same", "phone.same")
        for bits, sign in ((-100.0, -1), (60.0, 1)):  # none a duplicate, all of them
            weights = self.learned(Pattern(everything, bits, 10**6)).weights
            for code in everything:
                self.assertGreater(sign * (weights[code] - WEIGHTS[code]), 0, code)

    def test_what_all_others_share_says_less(self):
        """A phone that others have, too, is worth less than where only duplicates have it."""
        named = ("name.same", "email.same", "phone.same")
        stranger = ("name.different", "email.different", "phone.different")
        others = ("name.different", "email.different", "phone.same")
        few = [Pattern(named, 0.0, 3000), Pattern(stranger, 0.0, 20000)]
        own = self.learned(*few).weights["phone.same"]
        shared = self.learned(*few, Pattern(others, 0.0, 10000)).weights["phone.same"]
        self.assertLess(shared, own - 0.5)

    def test_a_big_database_moves_no_weight_further_than_a_small_one_like_it(self):
        named, other = ("name.same", "place.same"), ("name.different", "place.different")
        small, big = (
            self.learned(Pattern(named, 8.0, count), Pattern(other, 0.0, count)).weights
            for count in (10**5, 10**7)
        )
        for code, weight in small.items():
            self.assertAlmostEqual(weight, big[code], delta=0.15, msg=code)
