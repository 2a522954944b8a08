"""A country is found by its usual names in the languages of its users."""

from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.names import country_name
from ...tools.names.country_name import country_code
from .typed import quick, texts_of

COUNTRIES = {
    "MA": "Maroc|MAROC|maroc|المغرب|المملكة المغربية|Royaume du Maroc|Morocco|Marokko|MA|MAR|ma",
    "FR": "France|FRANCE|La France|République française|فرنسا|fra|Frankreich|F R",
    "BE": "Belgique|België|Royaume de Belgique|Belgium|Belgien|Bélgica|BEL",
    "GB": "UK|U.K.|Angleterre|Royaume-Uni|Royaume Uni|England|Grande Bretagne|GBR",
    "US": "USA|U.S.A.|Etats Unis|États-Unis d'Amérique|United States|الولايات المتحدة",
    "CI": "Cote d'Ivoire|Côte d’Ivoire|République de Côte d'Ivoire|Ivory Coast|CIV",
    "NL": "Hollande|Pays-Bas|les Pays Bas|the Netherlands|Nederland",
    "DZ": "Algérie|algerie|الجزائر|l'Algérie|DZA",
    "TN": "Tunisie|تونس|TUN",
    "SN": "Sénégal|République du Sénégal|SEN",
    "CD": "RDC|République démocratique du Congo|Congo-Kinshasa",
    "CG": "République du Congo|Congo Brazzaville",
    "AE": "EAU|Émirats arabes unis|UAE",
    "CZ": "Tchéquie|République tchèque",
    "LC": "Sainte-Lucie|Ste Lucie|St. Lucia|Saint Lucia",
    "TT": "Trinité-et-Tobago|Trinidad and Tobago|Trinidad & Tobago",
    "RE": "La Réunion|Réunion|Île de la Réunion",
    "KR": "Corée du Sud|South Korea|Republic of Korea",
    "GF": "Guyane|Guyane française",
    "XK": "Kosovo",
    "": "|Congo|Corée|République de Chine|Europe|EU|UE|Paris|Casablanca|212|?|XX|ZZ|ONU|Afrique",
}

names = texts_of("st ste saint la les l' royaume du république d' congo chine maroc ( & ة", most=5)


@tagged("post_install", "-at_install")
class TestCountryCode(BaseCase):
    def test_usual_names_are_recognised(self):
        for code, names in COUNTRIES.items():
            for name in names.split("|"):
                with self.subTest(name=name):
                    self.assertEqual(country_code(name), code)

    def test_every_name_of_the_locale_data_gives_its_code(self):
        ambiguous = {("es", "CG")}  # "Congo"
        for language in ("fr", "en", "ar", "nl", "de", "es"):
            for code, name in Locale(language).territories.items():
                if len(code) == 2 and code not in country_name._NOT_COUNTRIES:
                    expected = "" if (language, code) in ambiguous else code
                    with self.subTest(language=language, name=name):
                        self.assertEqual(country_code(name), expected)
                        self.assertEqual(country_code(name.upper()), expected)
                        self.assertEqual(country_code(code), code)

    @quick
    @given(st.one_of(st.text(), names, names.map(str.upper)))
    def test_any_text_gets_an_answer(self, text):
        self.assertIn(len(country_code(text)), (0, 2))

    def test_what_is_no_text_gives_nothing(self):
        for nothing in (None, False, 12, [], "\ud800", "\x00", "é" * 10**6):
            self.assertEqual(country_code(nothing), "")
