from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import TransactionCase, tagged

from ....models.collection.intake.submission import SUSPICIOUS as HELD
from ....models.collection.pages import suspicion
from ....models.collection.pages.suspicion import POINTS, Signs, weigh

CODES = st.lists(st.sampled_from(sorted(POINTS)), unique=True)
SIGNS = st.builds(
    Signs,
    honeypot=st.text(max_size=5),
    seconds=st.floats(-10, 1e6),
    texts=st.lists(st.text(max_size=80), max_size=4).map(tuple),
    is_throw_away=st.booleans(),
    is_flood=st.booleans(),
    is_refused=st.booleans(),
    is_proven=st.booleans(),
)


@tagged("post_install", "-at_install")
class TestSuspicion(TransactionCase):
    """Suspicion only ever adds up, and work only ever takes off what people do too."""

    @given(CODES)
    def test_what_is_noticed_adds_up(self, codes):
        self.assertEqual(suspicion.points(codes), sum(POINTS[code] for code in codes))

    @given(CODES, st.sampled_from(sorted(POINTS)))
    def test_one_more_sign_never_lowers_it(self, codes, code):
        for is_proven in (True, False):
            more = suspicion.points({*codes, code}, is_proven)
            self.assertGreaterEqual(more, suspicion.points(codes, is_proven))

    @given(CODES)
    def test_work_takes_off_at_most_two_and_never_a_hard_sign(self, codes):
        hard = sum(POINTS[code] for code in codes if code not in suspicion.SOFT)
        proven = suspicion.points(codes, is_proven=True)
        self.assertGreaterEqual(proven, hard)
        self.assertLessEqual(suspicion.points(codes) - proven, suspicion.PROOF)

    @given(SIGNS)
    def test_any_sign_can_be_weighed(self, signs):
        points, codes = weigh(signs)
        self.assertLessEqual(set(codes), set(POINTS))
        self.assertEqual(points, suspicion.points(codes, signs.is_proven))
        self.assertGreaterEqual(points, 0)

    def test_people_are_not_held(self):
        points, codes = weigh(Signs(seconds=40, texts=("See https://a.example/x", "Ada")))
        self.assertEqual((points, codes), (0, []))
        for one in ({"seconds": 1}, {"texts": ("www.a.fr " * 3,)}, {"is_throw_away": True}):
            self.assertLess(weigh(Signs(**one))[0], HELD, one)

    def test_programs_are_held(self):
        for signs in (
            {"honeypot": "x"},
            {"is_flood": True},
            {"seconds": 1, "texts": ("http://a.b " * 3,)},
            {"honeypot": "x", "is_proven": True},
        ):
            self.assertGreaterEqual(weigh(Signs(**signs))[0], HELD, signs)

    def test_work_has_to_be_done(self):
        found = next(n for n in range(1 << 20) if suspicion.is_work("ticket", str(n)))
        self.assertFalse(suspicion.is_work("another ticket", str(found)))
        for wrong in ("", "-1", "1e3", "x", str(found) + " ", "٣"):
            self.assertFalse(suspicion.is_work("ticket", wrong), wrong)
