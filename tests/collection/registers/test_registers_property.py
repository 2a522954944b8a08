"""Whatever a register answers: something that can be used, or a reason; never an error."""

import json
from contextlib import suppress
from copy import deepcopy
from functools import reduce
from operator import getitem

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ....models.collection.registers import cbe, france, morocco, sirene, vies
from ....models.collection.registers.answer import WARNINGS, Candidate, Found, NotFound, Silent
from ....models.collection.registers.http import Reply
from ....models.sheet.takes import is_storable
from . import samples
from .samples import BCE, SIREN, SIRET

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
ODD = st.text(max_size=20) | st.sampled_from(
    [None, True, False, 0, -1, 4120, 10**400, 1.5, float("nan"), float("inf")]
    + ["", "[NON-DIFFUSIBLE]", "[ND]", "---", "P", "F", "C", "\ud800", "\0", "x" * 300, "9" * 14]
    + ["2026-02-30", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"]
    + [[], [[]], [None], ["x"], [{}], {}, {"a": {}}, [{"siren": SIREN}]]
)
RIGHT = {
    france: ({"results": [samples.company()]}, (SIREN, SIRET)),
    sirene: ({"uniteLegale": samples.UNIT, "etablissement": samples.PLACE}, (SIREN, SIRET)),
    vies: ({**samples.VIES, "valid": True, "errorWrappers": []}, ("BE0999999922", "XI110305878")),
    cbe: ({"data": samples.BELGIAN}, (BCE,)),
    morocco: ({}, ("001561191000066",)),
}


class Canned:
    """Answers each question with the same."""

    base = "https://example.com"

    def __init__(self, status, data):
        self.reply = Reply(status, data)

    def get(self, path, **params):
        return self.reply

    def post(self, path, body):
        return self.reply


def paths(data, path=()):
    """Return the path of each value in what a register answers."""
    steps = data.items() if isinstance(data, dict) else enumerate(data)
    for name, value in steps:
        yield (*path, name)
        if isinstance(value, (dict, list)):
            yield from paths(value, (*path, name))


@st.composite
def spoiled(draw):
    """Return an adapter and a right answer of it in which some values are odd, or gone."""
    adapter = draw(st.sampled_from(list(RIGHT)))
    right, numbers = deepcopy(RIGHT[adapter])
    spots = [*paths(right)]
    for spot in draw(st.lists(st.integers(0, len(spots) - 1), max_size=3)) if spots else ():
        *above, name = spots[spot]
        with suppress(LookupError, TypeError):  # spoiled further up already
            place = reduce(getitem, above, right)
            place[name] = draw(ODD)
    return adapter, right, draw(st.sampled_from(numbers))


@tagged("post_install", "-at_install")
class TestRegistersProperty(BaseCase):
    def look(self, adapter, status, data, number):
        """Ask an adapter, and look at what it gives."""
        http = Canned(status, data)
        try:
            answer = adapter.read(http, number)
        except Silent:
            answer = NotFound()
        try:
            candidates = adapter.search(http, number, "")
        except Silent:
            candidates = []
        self.assertIsInstance(answer, (Found, NotFound))
        self.usable(answer.evidence)
        if isinstance(answer, Found):
            self.usable(answer.values)
            self.assertTrue(all(isinstance(each, str) and each for each in answer.values.values()))
            self.assertLessEqual(set(answer.warnings), set(WARNINGS))
            if "closed" in answer.warnings:
                self.assertFalse(answer.values)
        for each in candidates:
            self.assertIsInstance(each, Candidate)
            self.usable(vars(each))
            self.assertTrue(each.number)
            self.assertTrue(all(isinstance(said, str) for said in vars(each).values()))

    def usable(self, said):
        """Both PostgreSQL and the web client can hold it, and nothing masked is in it."""
        self.assertTrue(is_storable(said), said)
        text = json.dumps(said, allow_nan=False)
        self.assertNotIn("[ND]", text)
        self.assertNotIn("NON-DIFFUSIBLE", text)
        self.assertLess(len(text), 5000)

    @given(case=spoiled(), status=st.sampled_from([200] * 5 + [404, 400, 500]))
    @settings(max_examples=150, deadline=None)
    def test_a_right_answer_that_is_spoiled(self, case, status):
        adapter, data, number = case
        self.look(adapter, status, data, number)

    @given(adapter=st.sampled_from(list(RIGHT)), data=ANYTHING | ODD)
    @settings(max_examples=100, deadline=None)
    def test_anything(self, adapter, data):
        self.look(adapter, 200, data, RIGHT[adapter][1][0])

    @given(adapter=st.sampled_from(list(RIGHT)), typed=st.text(max_size=40))
    @settings(max_examples=100, deadline=None)
    def test_numbers_as_anybody_types_them(self, adapter, typed):
        number = adapter.number(typed, "BE")
        self.assertRegex(number, r"^[A-Z0-9+*]{0,16}$")
        if number:
            self.assertEqual(adapter.number(number, ""), number)
