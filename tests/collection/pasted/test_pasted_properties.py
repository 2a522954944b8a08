"""Whatever is pasted: nothing breaks, every finding stands in the text, and time grows with it."""

import re
import re._constants as sre
import re._parser as parser
import sys
from datetime import date
from importlib import import_module
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ....tools import pasted
from ....tools.pasted.page import Page
from ....tools.pasted.read import read, read_signature
from .samples import TODAY, samples

FOLDER = Path(pasted.__file__).parent
#: Pieces that the parsers look for, put together without sense.
PIECES = st.sampled_from(
    [
        *("Julie Martin", "M.", "de", "Le", "Atlas SARL", "directeur", "chez", "(", ")", ",", "|"),
        *("06 12 34 56 78", "+33", "0", "15 k€", "€", "entre", "10", "et", "budget", "fin mars"),
        *("31/02", "d'ici 3 mois", "d'ici 999 ans", "@", "a@b.fr", "www.", "https://", "12 rue"),
        *("38000 Grenoble", "SIRET", "63712926300033", "ICE", "TVA FR", "De :", "> ", "--", "\n"),
        *("Nom :", "Prénom :", "c'est lui qui signe", "décideur :", "45 salariés", "\u202e", "\0"),
        *("İ", "ŉ", "ﬁ", "é", "e\u0301", "𝟙𝟚", "٠٦١٢", "\ud800", "\u2028", "\r", "\t", " - "),
    ]
)
TEXTS = st.one_of(
    st.text(st.characters(), max_size=200),
    st.lists(PIECES, max_size=30).map("".join),
    st.lists(PIECES, max_size=30).map(" ".join),
    st.lists(PIECES, max_size=30).map("\n".join),
)
DAYS = st.dates(date(1990, 1, 1), date(9990, 12, 31))
HOMES = st.sampled_from(["FR", "BE", "MA", "CH", "LU", "GB", "US", "RE", "", "XX"])

#: One sign or a few, over and over: what a careless pattern tries in endless ways.
HOSTILE = (
    *(
        "a",
        "A",
        "1",
        " ",
        "-",
        ".",
        "@",
        "\n",
        "€",
        "(",
        "A ",
        "Aa ",
        "1 ",
        "1.",
        "a.",
        "a@",
        "de ",
    ),
    *(
        "a-",
        "A'",
        "12 rue ",
        "rue a ",
        "A de ",
        "1,",
        "d'ici 3 ",
        "budget ",
        "a.b",
        "Julie Martin ",
    ),
    *(
        "De : a\n",
        "Nom : ",
        "+33 ",
        "06 12 ",
        "FR7630006",
        "www.a",
        "SIRET 1 ",
        "entre 1 et ",
        "M. ",
    ),
)


@tagged("post_install", "-at_install")
class TestPastedProperties(BaseCase):
    @settings(max_examples=400, deadline=None)
    @given(TEXTS, HOMES, DAYS)
    def test_nothing_breaks_and_findings_stand_in_the_text(self, text, home, today):
        for finding in (
            *read(text, home, today),
            *read_signature(text, "Julie Martin", home, today),
        ):
            self.assertLessEqual(0, finding.start)
            self.assertLess(finding.start, finding.end)
            self.assertLessEqual(finding.end, len(text))

    @settings(max_examples=100, deadline=None)
    @given(st.sampled_from(samples("tuned")), st.integers(0, 400), PIECES)
    def test_a_sample_with_anything_in_it(self, sample, place, piece):
        text = sample.text[:place] + piece + sample.text[place:]
        for finding in read(text, sample.home, TODAY):
            self.assertTrue(text[finding.start : finding.end].strip())

    @settings(max_examples=100, deadline=None)
    @given(TEXTS, HOMES)
    def test_the_same_text_says_the_same(self, text, home):
        self.assertEqual(read(text, home, TODAY), read(text, home, TODAY))

    def test_steps_grow_no_faster_than_the_text(self):
        for piece in HOSTILE:
            with self.subTest(piece):
                size = 2_000 // len(piece)
                few, many = (self.steps(piece * size * times) for times in (1, 4))
                self.assertLess(many, few * 4 * 2, "four times the text, far more than the steps")

    def steps(self, text):
        """Return how many lines of our parsers run for a text."""
        count, folder = 0, str(FOLDER)

        def trace(frame, event, _arg):
            nonlocal count
            if not frame.f_code.co_filename.startswith(folder):
                return None
            count += event == "line"
            return trace

        former = sys.gettrace()
        sys.settrace(trace)
        try:
            read(text, "FR", TODAY)
        finally:
            sys.settrace(former)
        return count

    def test_no_sentence_is_longer_than_what_is_read_at_once(self):
        """What is worked out sign by sign of a sentence stays linear in the text."""
        for piece in HOSTILE:
            page = Page(piece * (5_000 // len(piece)), "FR", TODAY)
            spans = [*page.clauses, *(part for _number, part in page.parts)]
            self.assertLessEqual(max((end - start for start, end in spans), default=0), 400, piece)

    def test_no_pattern_repeats_what_repeats(self):
        """A repeated part that repeats in turn can match in endlessly many ways."""
        patterns = list(self.patterns())
        self.assertGreater(len(patterns), 30)
        for name, pattern in patterns:
            with self.subTest(name):
                tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
                self.assertFalse(endless(tree), pattern.pattern)

    def test_the_walk_over_patterns_finds_an_endless_one(self):
        self.assertTrue(endless(parser.parse(r"(?:a+)+b")))
        self.assertTrue(endless(parser.parse(r"(\w+ ?)*:")))
        self.assertFalse(endless(parser.parse(r"a+ b{0,80}(?:c{1,20}d){1,5}")))

    def patterns(self):
        for path in sorted(FOLDER.glob("*.py")):
            module = import_module(f"{pasted.__name__}.{path.stem}")
            for name, value in vars(module).items():
                for place, each in enumerate(flat(value)):
                    if isinstance(each, re.Pattern):
                        yield f"{path.stem}.{name}.{place}", each


def flat(value):
    if isinstance(value, (list, tuple)):
        for each in value:
            yield from flat(each)
    else:
        yield value


def endless(tree, inside=False):
    """Tell whether an unbounded repetition stands inside another one."""
    for op, argument in tree:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            _low, high, part = argument
            unbounded = high == sre.MAXREPEAT
            if (unbounded and inside) or endless(part, inside or unbounded):
                return True
        elif op is sre.BRANCH:
            if any(endless(part, inside) for part in argument[1]):
                return True
        elif op is sre.SUBPATTERN:
            if endless(argument[-1], inside):
                return True
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            if endless(argument[1], inside):
                return True
    return False
