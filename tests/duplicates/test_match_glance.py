"""The first look at pairs that weak keys gathered: fast, and next to nothing is lost."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import TransactionCase, tagged

from ...benchmarks.quality import generator, measure
from ...models.duplicates.keys.comparable import MatchFacts
from ...models.duplicates.match.levels import COMPARISONS
from ...models.duplicates.match.prefilter import LOOKS
from .common import MatchCase

#: Levels at which something is typed wrong: the look, which compares numbers, may not see it.
TYPED_WRONG = {"name.near", "name.close", "email.near", "email.close", "place.near"}
FACTS = st.builds(
    MatchFacts,
    person=st.sampled_from(("Salma Bennani", "Omar Bennani", "Salma Tazi", "Karim Alami", "")),
    firm=st.sampled_from(("", "", "Atlas Méca", "Atlas Bois")),
    email=st.sampled_from(("", "salma@gmail.com", "salma@yahoo.fr", "omar.b@gmail.com")),
    street=st.sampled_from(("", "12 rue de la Paix", "14 rue de la Paix", "12 avenue Foch")),
    zip=st.sampled_from(("", "75001", "75011", "20000")),
    city=st.sampled_from(("", "Paris", "Casablanca")),
    birth=st.sampled_from(("", "", "1980-05-01", "1985-01-05")),
    others=st.sampled_from(((), (), ("X1",), ("X2",))),
    phones=st.sampled_from(((), ("+33612345678",), ("+33612345679",), ("+33698765432",))),
    country=st.just("FR"),
    **{name: st.just("") for name in ("registry", "vat", "website", "fallback")},
    is_company=st.just(False),
    typology=st.just("b2c"),
)


class PrefilterCase(TransactionCase):
    def found(self, records, look=True):
        """Return ``{nodes: (band, codes of the reasons)}`` with the look or with all compared."""
        first = min(measure.load(self.env, records))
        pairs = self.env["customer.sheet.duplicate"]
        self.env["customer.sheet.match.term"]._count()
        pairs._group_keys()
        if not look:
            self.env.cr.execute("UPDATE sheet_match_group SET sure = TRUE")
        pairs._find_all()
        self.env.cr.execute("SELECT node1, node2, band, reasons FROM sheet_match_found")
        return {
            (node1 - first, node2 - first): (band, {each["code"] for each in reasons})
            for node1, node2, band, reasons in self.env.cr.fetchall()
        }


@tagged("post_install", "-at_install")
class TestMatchPrefilter(PrefilterCase):
    def test_next_to_nothing_is_lost(self):
        for make in (generator.people, generator.companies):
            with self.subTest(make=make.__name__):
                records = make(3000, "glance")
                everything, seen = self.found(records, look=False), self.found(records)
                self.assertLessEqual(seen.keys(), everything.keys())
                self.assertGreater(len(seen), 500)
                for band, share in (("certain", 1), ("probable", 0.995), ("possible", 0.95)):
                    of_band = {nodes for nodes, told in everything.items() if told[0] == band}
                    self.assertGreaterEqual(len(of_band & seen.keys()), share * len(of_band), band)

    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(FACTS, min_size=2, max_size=12))
    def test_what_is_not_typed_wrong_is_never_lost(self, facts):
        records = [(number, each) for number, each in enumerate(facts)]
        everything, seen = self.found(records, look=False), self.found(records)
        lost = {
            nodes: told
            for nodes, told in everything.items()
            if nodes not in seen and not told[1] & TYPED_WRONG
        }
        self.assertFalse(lost, facts)

    def test_the_look_names_levels_that_there_are(self):
        known = {(each.code, level) for each in COMPARISONS for level, _sql in each.levels}
        named = {
            (look.code, level) for look in LOOKS for levels in look.cases for level in levels[1]
        }
        self.assertLessEqual(named, known)


@tagged("post_install", "-at_install")
class TestMatchRarity(MatchCase):
    def test_names_are_counted_anew_when_the_database_has_grown(self):
        terms = self.env["customer.sheet.match.term"]
        for number in range(12):
            self.contact(name=f"Salma Bennani{chr(97 + number)}")
        self.match()
        terms._count()
        self.contact(name="Zineb Ouazzani")
        self.match()
        terms._count_if_grown(by=100)
        self.assertFalse(terms.search([("term", "=", "zineb")]))
        terms._count_if_grown(by=1)
        self.assertTrue(terms.search([("term", "=", "zineb")]))

    def test_what_is_not_known_is_nobodys(self):
        self.contact(name="Salma Bennani", city="Rabat")
        self.contact(name="Omar Tazi", city="Rabat")
        self.assertFalse(self.match())
        self.env.cr.execute(
            "SELECT count(*) FROM customer_sheet_match_profile"
            " WHERE '' IN (email, zip, street, firm) OR phones = '{}'"
        )
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_reasons_are_told_by_their_weight(self):
        contact = self.contact(name="Salma Bennani", email="salma@gmail.com", zip="75001")
        twin = self.contact(name="Salma Bennani", email="salma@gmail.com", zip="69001")
        self.match()
        text = self.pair_of(contact, twin).with_user(self.steward).reasons_text
        self.assertTrue(text.startswith("Same e-mail +12"), text)
