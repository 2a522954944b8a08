"""Names, places and domains as they are compared."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...models.duplicates.keys import place as match_place
from ...models.duplicates.keys.comparable import MatchFacts, comparable
from ...models.duplicates.keys.key_values import KINDS, keys
from ...models.duplicates.keys.name import firm_tokens, ordered, person_tokens, sound

#: Ways to write one person's name.
SAME_PERSON = (
    (
        "Mohamed El Amrani",
        "EL AMRANI Mohammed",
        "Med Elamrani",
        "محمد العمراني",
        "Mr Mohamed Amrani",
    ),
    ("Salma Bennani", "BENNANI, Salma", "Mlle Salma Benani", "salma  bennani"),
    ("Abdelkader Ben Ali", "Abd el Kader Benali", "Abd-El-Kader BENALI"),
    ("Youssef Cherkaoui", "Yousef Charkaoui", "CHERKAOUI Youssef"),
    ("Jean-Marc Lefèvre", "Jean Marc LEFEVRE", "LEFEBVRE Jean-Marc"),
    ("Thibault Gauthier", "Thibaud Gautier", "GAUTHIER Thibaut"),
    ("Khadija Aït Taleb", "Khadidja Ait-Taleb", "AIT TALEB Khadija"),
    ("Chloé d'Alembert", "CHLOE D’ALEMBERT", "Chloe Dalembert"),
    ("Walid Ouahbi", "Oualid Wahbi"),
)
#: Different people whose names look alike.
DIFFERENT = (
    ("Ahmed Alami", "Hamid Alami"),
    ("Karim Tazi", "Karima Tazi"),
    ("Said Naciri", "Saida Naciri"),
    ("Jean Martin", "Jeanne Martin"),
    ("Omar Fassi", "Amar Fassi"),
)
SAME_FIRM = (
    ("Atlas Méca SARL", "SARL ATLAS MECA", "Sté Atlas-Meca", "atlas meca s.a.r.l."),
    ("Boulangerie Dupont & Fils", "BOULANGERIE DUPONT ET FILS"),
    ("E.D.F. SA", "EDF"),
    ("St. Mary's North Ctr., Inc.", "Saint Mary's N. Center", "ST MARYS NORTH CENTRE LLC"),
    ("Happy Child Care", "Happy Childcare Ltd"),
    ("Restaurant du Port", "Resto du Port", "Rest. du Port SARL"),
    ("Société Belledune Frères", "Ste Belledune Brothers", "Belledune Bros."),
)
#: Ways to write one street.
SAME_STREET = (
    ("3401 N. Ashland Ave.", "3401 North Ashland Avenue", "3401 ASHLAND AV, Suite 2"),
    ("12 av. du Maréchal Foch", "12, avenue du Maréchal Foch", "12 AVE MARECHAL FOCH, bât. C"),
    ("14 bd St-Michel", "14 boulevard Saint Michel", "14, Bld. St Michel, 2e étage"),
    ("3 rue Ste Anne", "3 r. Sainte-Anne", "BP 12, 3 rue Ste-Anne"),
    ("12 Main Street", "12 Main St.", "12 Main St, 2nd Floor", "12 Main St #3"),
    ("5 rte de Paris Nord", "5 route de Paris N"),
)


@tagged("post_install", "-at_install")
class TestMatchNames(BaseCase):
    def test_spellings_of_one_name_share_a_key(self):
        for names in SAME_PERSON:
            for one, other in combinations(names, 2):
                with self.subTest(one=one, other=other):
                    shared = keys(comparable(MatchFacts(one))) & keys(comparable(MatchFacts(other)))
                    self.assertIn("name", {kind for kind, _text in shared})

    def test_a_word_of_a_name_and_the_place_make_a_key(self):
        self.assertEqual(
            keys(comparable(MatchFacts("Salma Bennani", zip="20000"))),
            {("name", "bnn slm"), ("place", "bnn 20000"), ("place", "slm 20000")},
        )

    def test_names_of_different_people_are_not_equal(self):
        for one, other in DIFFERENT:
            with self.subTest(one=one, other=other):
                self.assertNotEqual(
                    comparable(MatchFacts(one)).name, comparable(MatchFacts(other)).name
                )

    def test_legal_forms_and_signs_do_not_tell_companies_apart(self):
        for names in SAME_FIRM:
            self.assertEqual(len({ordered(firm_tokens(name)) for name in names}), 1, names)

    def test_m3_directions_units_and_roads_do_not_tell_streets_apart(self):
        for streets in SAME_STREET:
            with self.subTest(streets=streets):
                self.assertEqual(len({match_place.street(street) for street in streets}), 1)

    def test_a_vat_number_and_a_siret_name_one_company(self):
        by_vat = comparable(
            MatchFacts(firm="A", is_company=True, country="FR", vat="FR44732829320")
        )
        by_siret = comparable(
            MatchFacts(firm="A", is_company=True, country="FR", registry="732 829 320 00074")
        )
        self.assertEqual(by_vat.company, by_siret.company)

    def test_an_invalid_number_names_nobody(self):
        wrong = comparable(
            MatchFacts(firm="A", is_company=True, country="FR", registry="732829321")
        )
        self.assertEqual(wrong.company, "")

    @settings(max_examples=200, deadline=None)
    @given(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=5))
    def test_order_case_and_repetition_do_not_matter(self, words):
        tokens = person_tokens(" ".join(words))
        self.assertEqual(ordered(tokens), ordered(reversed([*tokens, *tokens])))
        self.assertEqual(sound(tokens), sound(list(reversed(tokens))))

    @settings(max_examples=200, deadline=None)
    @given(st.text(max_size=200), st.text(max_size=60), st.text(max_size=60))
    def test_any_text_makes_a_profile(self, name, email, street):
        known = comparable(
            MatchFacts(name, firm=name, email=email, street=street, phones=(street,))
        )
        for text in known:
            if isinstance(text, str):
                self.assertLess(len(text), 256)
        self.assertTrue(all(kind in KINDS for kind, _text in keys(known)))
