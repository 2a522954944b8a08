"""A town gets the capitals and hyphens of the map, where they are certain."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.names.city_name import city
from ...tools.text.clean_text import clean
from .typed import quick, texts_of

TOWNS = {
    # France
    ("PARIS", "FR"): "Paris",
    ("PARIS CEDEX 08", "FR"): "Paris Cedex 08",
    ("PARIS 8EME", "FR"): "Paris 8eme",
    ("PARIS LA DEFENSE", "FR"): "Paris La Defense",
    ("SAINT-DENIS", "FR"): "Saint-Denis",
    ("st denis", "FR"): "Saint-Denis",
    ("St Denis", "FR"): "Saint-Denis",
    ("St. Denis", "RE"): "Saint-Denis",
    ("STE MAXIME", "FR"): "Sainte-Maxime",
    ("ST ETIENNE CEDEX 9", "FR"): "Saint-Etienne Cedex 9",
    ("ST MAUR DES FOSSES", "FR"): "Saint-Maur-des-Fosses",
    ("LE MONT ST MICHEL", "FR"): "Le Mont-Saint-Michel",
    ("SAINT DENIS LA PLAINE", "FR"): "Saint Denis La Plaine",
    ("l'isle-adam", "FR"): "L'Isle-Adam",
    ("L HAY LES ROSES", "FR"): "L'Hay-les-Roses",
    ("VILLENEUVE D ASCQ", "FR"): "Villeneuve d'Ascq",
    ("AIX EN PROVENCE", "FR"): "Aix-en-Provence",
    ("Aix en Provence", "FR"): "Aix-en-Provence",
    ("PONT A MOUSSON", "FR"): "Pont-à-Mousson",
    ("LA ROCHE SUR YON", "FR"): "La Roche-sur-Yon",
    ("BOURG EN BRESSE CEDEX", "FR"): "Bourg-en-Bresse Cedex",
    ("Noisy Le Grand", "FR"): "Noisy-le-Grand",
    ("ISSY LES MOULINEAUX", "FR"): "Issy-les-Moulineaux",
    ("LE HAVRE", "FR"): "Le Havre",
    ("ROISSY CHARLES DE GAULLE", "FR"): "Roissy Charles de Gaulle",
    ("SOPHIA ANTIPOLIS", "FR"): "Sophia Antipolis",
    ("ZI NORD", "FR"): "ZI Nord",
    # Belgium and neighbours
    ("OTTIGNIES-LOUVAIN-LA-NEUVE", "BE"): "Ottignies-Louvain-la-Neuve",
    ("BRAINE-L'ALLEUD", "BE"): "Braine-l'Alleud",
    ("HEIST-OP-DEN-BERG", "BE"): "Heist-op-den-Berg",
    ("SINT-JOOST-TEN-NODE", "BE"): "Sint-Joost-ten-Node",
    ("DE PANNE", "BE"): "De Panne",
    ("ST GILLES", "BE"): "St Gilles",
    ("AIX EN PROVENCE", ""): "Aix en Provence",
    ("FRANKFURT AM MAIN", "DE"): "Frankfurt am Main",
    ("BIEL/BIENNE", "CH"): "Biel/Bienne",
    ("NEWCASTLE UPON TYNE", "GB"): "Newcastle upon Tyne",
    # Morocco, Algeria, Côte d'Ivoire
    ("CASABLANCA", "MA"): "Casablanca",
    ("casablanca", ""): "Casablanca",
    ("EL JADIDA", "MA"): "El Jadida",
    ("KSAR EL KEBIR", "MA"): "Ksar El Kebir",
    ("BENI MELLAL", "MA"): "Beni Mellal",
    ("M'DIQ", "MA"): "M'Diq",
    ("SIDI BEL ABBES", "DZ"): "Sidi Bel Abbes",
    ("ABIDJAN 01", "CI"): "Abidjan 01",
    (" Rabat\u200f ", "MA"): "Rabat",
}

TOWNS_LEFT_ALONE = (
    ("Aix-en-Provence", "FR"),
    ("Loir en Vallée", "FR"),
    ("Autrans-Méaudre en Vercors", "FR"),
    ("Saint Martin de l'If", "FR"),
    ("La Roche-sur-Yon", "FR"),
    ("Le Mans", "FR"),
    ("Villeneuve d'Ascq", "FR"),
    ("Paris 8e", "FR"),
    ("ZI Saint Martin", "FR"),
    ("Lyon Part-Dieu", "FR"),
    ("St Gilles", "BE"),
    ("'s-Gravenhage", "NL"),
    ("'S-GRAVENHAGE", "NL"),
    ("Louvain-la-Neuve", "BE"),
    ("BXL", "BE"),
    ("الدار البيضاء", "MA"),
    ("CASABLANCA الدار البيضاء", "MA"),
    ("東京", "JP"),
    ("Y", "FR"),
    ("", "FR"),
)

towns = texts_of("saint st ste denis sur en la le d l' a à plaine mer cedex 8eme paris - / 'zi é ß")
texts = st.one_of(st.text(), towns, towns.map(str.upper), towns.map(str.title))
countries = st.sampled_from(("", "FR", "BE", "MA", "NL", "GB", "AD"))


@tagged("post_install", "-at_install")
class TestCity(BaseCase):
    def test_towns_are_written_as_on_a_map(self):
        for (typed, country), written in TOWNS.items():
            with self.subTest(typed=typed, country=country):
                self.assertEqual(city(typed, country), written)

    def test_towns_that_are_right_or_unsure_are_left_alone(self):
        for typed, country in TOWNS_LEFT_ALONE:
            with self.subTest(typed=typed, country=country):
                self.assertEqual(city(typed, country), typed)

    @quick
    @given(texts, countries)
    def test_a_second_pass_changes_nothing(self, text, country):
        self.assertEqual(city(city(text, country), country), city(text, country))

    @quick
    @given(texts)
    def test_outside_france_only_case_changes(self, text):
        self.assertEqual(city(text, "MA").casefold(), clean(text).casefold())
