"""Whoever sells, and whoever keeps the data clean, can press everything (bar 10, C1-C3).

`make press` does the same for all roles, on more databases and further into what buttons open.
"""

from ..press.case import PressCase
from ..press.walk import NEAR


class TestPressSales(PressCase):
    def test_a_salesperson_presses_everything(self):
        self.press(self.demo_template(), "sales", limits=NEAR)


class TestPressSteward(PressCase):
    def test_a_steward_presses_everything(self):
        self.press(self.demo_template(), "steward", limits=NEAR)
