from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.names.person_name import split_name
from ...tools.names.proper_name import person
from ...tools.text.clean_text import LONGEST, clean
from .typed import quick

PROPOSED = {
    # Morocco, Algeria, West Africa
    "MOHAMED EL AMRANI": "Mohamed El Amrani",
    "mohamed el amrani": "Mohamed El Amrani",
    "FATIMA-ZAHRA BEN JELLOUN": "Fatima-Zahra Ben Jelloun",
    "AL-FASSI": "Al-Fassi",
    "EL HOUSSAINE AIT-BAHA": "El Houssaine Ait-Baha",
    "HASSAN AÏT OUMGHAR": "Hassan Aït Oumghar",
    "ABDELKADER OULD ALI": "Abdelkader Ould Ali",
    "ABD-EL-KADER": "Abd-El-Kader",
    "LALLA ZINEB BENT IBN KHALDOUN": "Lalla Zineb Bent Ibn Khaldoun",
    "YOUSSEF M'BAREK": "Youssef M'Barek",
    "KOFFI N'GUESSAN": "Koffi N'Guessan",
    # France
    "JEAN-PIERRE DE LA TOUR": "Jean-Pierre de La Tour",
    "JEAN DE LA FONTAINE": "Jean de La Fontaine",
    "JEAN D'ORMESSON": "Jean d'Ormesson",
    "JEAN D’ORMESSON": "Jean d'Ormesson",
    "D'ORMESSON": "D'Ormesson",
    "DE GAULLE": "De Gaulle",
    "JOACHIM DU BELLAY": "Joachim du Bellay",
    "ÉLODIE DES GARETS": "Élodie des Garets",
    "antoine de saint-exupéry": "Antoine de Saint-Exupéry",
    "LE GALL YANN": "Le Gall Yann",
    "HERVE L'HERMITE": "Herve L'Hermite",
    "SOPHIE MARTIN NÉE DURAND": "Sophie Martin née Durand",
    "NGUYEN VAN ANH": "Nguyen Van Anh",
    "NG KEVIN": "Ng Kevin",
    # Belgium
    "JEAN-CLAUDE VAN DAMME": "Jean-Claude Van Damme",
    "VAN DEN BERGHE JAN": "Van den Berghe Jan",
    "VAN 'T HOF PIET": "Van 't Hof Piet",
    "PIERRE DE SMET": "Pierre De Smet",
    "URSULA VON DER LEYEN": "Ursula von der Leyen",
    # Portugal, Italy, Ireland, Scotland
    "JOSE DA SILVA": "Jose Da Silva",
    "MARIA DOS SANTOS": "Maria Dos Santos",
    "ANGEL DI MARIA": "Angel Di Maria",
    "LAURA D'ANGELO": "Laura D'Angelo",
    "PATRICK O'CONNOR": "Patrick O'Connor",
    "JOHN MCDONALD": "John McDonald",
    "RONALD MACDONALD": "Ronald MacDonald",
    "EMMANUEL MACRON": "Emmanuel Macron",
    # initials, numerals, civilities
    "J.-P. DUPONT": "J.-P. Dupont",
    "J.P. DUPONT": "J.P. Dupont",
    "JP DUPONT": "JP Dupont",
    "HENRI IV": "Henri IV",
    "LOUIS XIV": "Louis XIV",
    "M. ET MME DUPONT": "M. et Mme Dupont",
    "MME DE LA TOUR": "Mme de La Tour",
    "mlle martin": "Mlle Martin",
    "DR BENNANI": "Dr Bennani",
    # only cleaned
    "  Salma   BENNANI\u200b ": "Salma BENNANI",
    "Salma\u00a0Bennani": "Salma Bennani",
}

LEFT_ALONE = (
    "Salma BENNANI",
    "BENNANI Salma",
    "Jean-Pierre de La Tour",
    "Ronald McDonald",
    "d'ORMESSON",
    "سلمى بناني",
    "AHMED أحمد",
    "李明",
    "ΓΙΩΡΓΟΣ",
    "İBRAHİM",
    "SARL DUPONT",
    "SERVICE COMPTA",
    "SZCZ ANNA",
    "DUPONT 2",
    "contact@example.com",
    "ANTOINE DE",
    "D",
    "",
)

names = st.lists(
    st.sampled_from(
        "jean de la du des d'ormesson o'neil el ben aït saint-denis van den der mcdonald et mme"
        " dr m. j.-p. ii xiv ng jp é ß l' 't -".split()
    ),
    max_size=6,
).map(" ".join)
texts = st.one_of(st.text(), names, names.map(str.upper))


def letters(text):
    return [char for char in text.casefold() if char.isalnum()]


@tagged("post_install", "-at_install")
class TestProperName(BaseCase):
    def test_names_in_one_case_get_their_capitals(self):
        for typed, proposed in PROPOSED.items():
            with self.subTest(typed=typed):
                self.assertEqual(person(typed), proposed)

    def test_names_that_are_right_or_unsure_are_left_alone(self):
        for typed in LEFT_ALONE:
            with self.subTest(typed=typed):
                self.assertEqual(person(typed), typed)

    def test_first_and_last_name_split_the_same_before_and_after(self):
        for typed in ("SALMA BENNANI", "MOHAMED EL AMRANI", "JEAN-PIERRE DE LA TOUR"):
            with self.subTest(typed=typed):
                before, after = split_name(typed), split_name(person(typed))
                self.assertEqual([part.upper() for part in after], list(before))

    def test_what_is_no_text_gives_nothing(self):
        for nothing in (None, False, 12, b"x", []):
            self.assertEqual(person(nothing), "")

    @quick
    @given(texts)
    def test_a_second_pass_changes_nothing(self, text):
        self.assertEqual(person(person(text)), person(text))

    @quick
    @given(texts)
    def test_only_case_changes(self, text):
        self.assertEqual(letters(person(text)), letters(clean(text)))


@tagged("post_install", "-at_install")
class TestCleanText(BaseCase):
    def test_unseen_signs_and_spare_spaces_go(self):
        for typed, cleaned in {
            "\ufeff Atlas \t\n Meca\u202f": "Atlas Meca",
            "\u200fAtlas\u200e \u202bMeca\u202c": "Atlas Meca",
            "At\u00adlas\x00": "Atlas",
            "Ate\u0301lier": "Atélier",
            "L’Oréal": "L'Oréal",
            "L\x92Oréal": "L'Oréal",
            "L`Oréal": "L'Oréal",
            "c\x9cur": "cœur",
            "Atlas\ud800": "Atlas",
        }.items():
            with self.subTest(typed=typed):
                self.assertEqual(clean(typed), cleaned)

    def test_meaning_stays(self):
        for text in ("« Chez Ali »", "5′ de pause", "می\u200cخواهم", "👩\u200d🔧", "’Ali’", "a_b"):
            with self.subTest(text=text):
                self.assertEqual(clean(text), text)

    def test_a_text_too_long_for_a_name_is_left_alone(self):
        text = " a\u0301\u0316" * LONGEST
        self.assertEqual(clean(text), text)
        self.assertEqual(person(text), text)

    @quick
    @given(st.text(st.characters(codec=None)))
    def test_a_second_pass_changes_nothing(self, text):
        self.assertEqual(clean(clean(text)), clean(text))
