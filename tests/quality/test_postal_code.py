"""A postal code has the shape of those of its country, and is written as there."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.contact import postal_code
from ...tools.contact.postal_code import check
from ...tools.verdict import DOUBTFUL, UNCHECKED, VALID
from .typed import quick

POSTAL_CODES = {
    "FR": {"75001": "75001", "F-75001": "75001", "FR 75001": "75001", "75 001": "75001",
           "75001.0": "75001", "01000": "01000", "97400": "97400", "20000": "20000"},
    "BE": {"1000 ": "1000", "B-1000": "1000", "BE1000": "1000", "4000": "4000"},
    "MA": {"20000": "20000", "٢٠٠٠٠": "20000", "MA-10000": "10000"},
    "LU": {"L-1234": "1234", "LU-2998": "2998"},
    "CH": {"CH-1000": "1000", "1201": "1201"},
    "DE": {"D-10115": "10115", "01067": "01067"},
    "NL": {"1234ab": "1234 AB", "NL-1234 AB": "1234 AB"},
    "GB": {"sw1a1aa": "SW1A 1AA", "M2 5BQ": "M2 5BQ", "EC1Y8SY": "EC1Y 8SY"},
    "ES": {"E-28039": "28039", "08001": "08001"},
    "IT": {"I-00144": "00144"},
    "PT": {"2725079": "2725-079", "1250-096": "1250-096"},
    "TN": {"1002": "1002"},
    "DZ": {"16027": "16027"},
    "SN": {"12500": "12500"},
    "MC": {"98000": "98000", "MC-98011": "98011"},
    "CA": {"h3z2y7": "H3Z 2Y7"},
    "US": {"95014": "95014", "221621010": "22162-1010"},
    "PL": {"00950": "00-950"},
    "SE": {"11455": "114 55"},
    "AD": {"AD500": "AD500", "500": "AD500"},
    "LV": {"LV-1073": "LV-1073", "1073": "LV-1073"},
    "IE": {"a65f4e2": "A65 F4E2"},
}  # fmt: skip

WRONG_POSTAL_CODES = {
    "FR": ("750", "750012", "99999", "00000", "2A000", "75001 PARIS", "75001/75002", "Paris"),
    "BE": ("0000", "10000", "75001"),
    "MA": ("00000", "2000", "200000"),
    "NL": ("1234", "1234 SS", "0234 AB"),
    "GB": ("SW1A", "12345"),
    "CA": ("H3Z 2Y", "D3Z 2Y7"),
    "PT": ("1000",),
    "MC": ("06000",),
    "RE": ("75001",),
}

countries = st.sampled_from(("", "FR", "BE", "MA", "NL", "GB", "AD"))


@tagged("post_install", "-at_install")
class TestPostalCode(BaseCase):
    def test_codes_are_written_as_their_country_does(self):
        for country, codes in POSTAL_CODES.items():
            for typed, written in codes.items():
                with self.subTest(country=country, typed=typed):
                    verdict = check(typed, country)
                    self.assertEqual((verdict.status, verdict.value), (VALID, written))

    def test_another_shape_is_doubtful(self):
        for country, codes in WRONG_POSTAL_CODES.items():
            for typed in codes:
                with self.subTest(country=country, typed=typed):
                    verdict = check(typed, country)
                    self.assertEqual(verdict.status, DOUBTFUL)
                    self.assertEqual((verdict.reason, verdict.value), ("postal_code_format", ""))

    def test_a_lost_zero_is_proposed_in_france_only(self):
        verdict = check("1000", "FR")
        self.assertEqual((verdict.status, verdict.reason), (DOUBTFUL, "postal_code_zero"))
        self.assertEqual(verdict.value, "01000")
        self.assertEqual(check("1000", "MA").reason, "postal_code_format")

    def test_countries_without_a_rule_are_unchecked(self):
        for text, country in (("01 BP 12", "CI"), ("75001", ""), ("75001", None), ("", "FR")):
            verdict = check(text, country)
            self.assertEqual((verdict.status, verdict.value), (UNCHECKED, text))

    @quick
    @given(st.one_of(st.text(), st.text("0123456789 -.ABFSWX", max_size=9)), countries)
    def test_a_second_pass_changes_nothing(self, text, country):
        verdict = check(text, country)
        self.assertIn(verdict.reason, ("", *postal_code.REASONS))
        if verdict.value:
            self.assertEqual(check(verdict.value, country).value, verdict.value)
