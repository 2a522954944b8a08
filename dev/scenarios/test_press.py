"""Whoever sells, and whoever keeps the data clean, can press everything (bar 10, C1-C3).

`make press` does the same for all roles, on more databases and further into what buttons open.
"""

import re
import unittest

from .. import paths
from ..press.blocks import BLOCKS, OTHERS, SHOWN
from ..press.case import PressCase
from ..press.own_screens import OwnScreens
from ..press.walk import NEAR

REGISTERED = re.compile(r'category\("(actions|fields|view_widgets)"\)\s*\.add\(\s*"(\w+)"')


class TestPressSales(PressCase):
    def test_a_salesperson_presses_everything(self):
        self.press(self.demo_template(), "sales", limits=NEAR)


class TestPressSteward(PressCase):
    def test_a_steward_presses_everything(self):
        self.press(self.demo_template(), "steward", limits=NEAR)


class TestPressed(unittest.TestCase):
    def test_every_screen_and_block_of_ours_is_pressed(self):
        """What views do not say, but our own JavaScript does, is told to the walk."""
        sources = (paths.ROOT / "static" / "src").rglob("*.js")
        texts = [source.read_text(encoding="utf-8") for source in sources]
        found = {name for text in texts for _kind, name in REGISTERED.findall(text)}
        known = {*BLOCKS, *OTHERS, *SHOWN, *OwnScreens(None).known}
        self.assertEqual(found, known)
