from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...models.routing.rules import rotation


@tagged("post_install", "-at_install")
class TestRoutingTurns(BaseCase):
    """E1: turns are fair, whoever hands them out."""

    @settings(deadline=None, max_examples=50)
    @given(st.text(), st.integers(1, 30), st.integers(0, 100))
    def test_nobody_is_two_leads_ahead(self, key, count, turns):
        """Whatever the order in which workers take the numbers."""
        given_ = Counter(rotation.place(key, turn, count) for turn in range(turns))
        numbers = [given_[person] for person in range(count)]
        self.assertLessEqual(max(numbers) - min(numbers), 1)

    def test_every_second_lead_still_reaches_everybody(self):
        for count in range(2, 7):
            reached = {rotation.place("rule", 2 * turn, count) for turn in range(100)}
            self.assertEqual(reached, set(range(count)))
