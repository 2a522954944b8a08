from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from odoo.tests import BaseCase, tagged

from ...tools.contact import phone_number, postal_code
from ...tools.ids import bank_account, company_id, vat_number
from ...tools.text import written_number
from ...tools.verdict import VALID
from .typed import quick

#: V1: valid numbers of each kind: how it is checked, in which country, how it is written.
NUMBERS = {
    "SIREN": (company_id.check, "FR", ("732829320", "732 829 320")),
    "SIRET": (company_id.check, "FR", ("73282932000074", "732 829 320 00074")),
    "ICE": (company_id.check, "MA", ("001561191000066", "001 561 191 000 066", "1561191000066")),
    "BCE": (company_id.check, "BE", ("0428759497", "0428.759.497", "428759497")),
    "IDE": (company_id.check, "CH", ("CHE-123.456.788", "CHE123456788")),
    "NIF": (company_id.check, "PT", ("501964843", "501 964 843")),
    "French VAT": (vat_number.check, "FR", ("44732829320", "FR44732829320", "FR 44 732 829 320")),
    "Belgian VAT": (vat_number.check, "BE", ("BE0428759497", "0428759497")),
    "mobile in France": (phone_number.check, "FR", ("0612345678", "06 12 34 56 78", "612345678")),
    "line in France": (phone_number.check, "FR", ("0142685300", "+33142685300", "33142685300")),
    "mobile in Morocco": (phone_number.check, "MA", ("0612345678", "+212612345678", "612345678")),
    "mobile in Belgium": (phone_number.check, "BE", ("0470123456", "+32470123456", "470123456")),
    "postal code": (postal_code.check, "FR", ("75001", "75 001")),
    "Belgian postal code": (postal_code.check, "BE", ("1000",)),
    "IBAN": (
        lambda text, _country: bank_account.check_iban(text),
        "",
        ("FR7630006000011234567890189", "FR76 3000 6000 0112 3456 7890 189"),
    ),
}
#: What programs make of a number; a grouping applies to digits alone.
ARTEFACTS = {
    "one decimal": "{}.0".format,
    "decimal comma": "{},0".format,
    "two decimals": lambda text: f"{text}.00" if text.isdigit() else f"{text}.0",
    "six decimals": "{}.000000".format,
    "apostrophe": "'{}".format,
    "formula": '="{}"'.format,
    "quotes": '"{}"'.format,
    "spaces around": "\u00a0 {} \u202f\t".format,
    "zero width": lambda text: f"\ufeff{text[:2]}\u200b{text[2:]}\u200e",
    "full width": lambda text: "".join(
        chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in text
    ),
    "Arabic digits": lambda text: "".join(
        chr(0x660 + int(sign)) if sign.isdigit() else sign for sign in text
    ),
    "Arabic decimals": lambda text: f"{text}٫٠",
    **{
        f"thousands with {sep!r}": lambda text, sep=sep: (
            f"{int(text):,}".replace(",", sep) if text.isdigit() and text[0] != "0" else text
        )
        for sep in (" ", "\u00a0", "\u202f", "'", "’", ",", ".")
    },
}
ONE = st.sampled_from(sorted(NUMBERS))


@tagged("post_install", "-at_install")
class TestWrittenNumber(BaseCase):
    """V1: what a program adds to a number, or takes from it, never makes another number."""

    def test_every_artefact_of_every_kind_gives_the_same_number(self):
        for kind, (check, country, texts) in NUMBERS.items():
            value = check(texts[0], country).value
            for text in texts:
                for name, artefact in ARTEFACTS.items():
                    verdict = check(artefact(text), country)
                    with self.subTest(kind=kind, text=artefact(text), artefact=name):
                        self.assertEqual((verdict.status, verdict.value), (VALID, value))

    @quick
    @given(ONE, st.data())
    def test_several_artefacts_never_make_another_valid_number(self, kind, data):
        check, country, texts = NUMBERS[kind]
        text = data.draw(st.sampled_from(texts))
        for name in data.draw(st.lists(st.sampled_from(sorted(ARTEFACTS)), max_size=3)):
            text = ARTEFACTS[name](text)
        verdict = check(text, country)
        if verdict.status == VALID:
            self.assertEqual(verdict.value, check(texts[0], country).value, text)

    @quick
    @given(ONE, st.integers(1, 8), st.sampled_from(["{}E+{}", "{}e{}", "{}E+{:02}", "{}×10^{}"]))
    def test_scientific_notation_is_exact_or_refused(self, kind, kept, form):
        check, country, texts = NUMBERS[kind]
        digits = next((text for text in texts if text.isdigit()), "").lstrip("0")
        if not digits:
            return
        for point in (".", ","):
            mantissa = f"{digits[0]}{point}{digits[1 : 1 + kept]}"
            text = form.format(mantissa, len(digits) - 1)
            verdict = check(text, country)
            if 1 + len(digits[1 : 1 + kept]) < len(digits):
                self.assertNotEqual(verdict.status, VALID, text)
                self.assertEqual((verdict.reason, verdict.value), ("digits_cut", ""), text)

    def test_scientific_notation_with_all_digits_is_read(self):
        for text, check, country, value in (
            ("7.3282932000074E+13", company_id.check, "FR", "73282932000074"),
            ("7,3282932000074E13", company_id.check, "FR", "73282932000074"),
            ("1.561191000066e+12", company_id.check, "MA", "001561191000066"),
            ("3.3612345678E+10", phone_number.check, "FR", "+33612345678"),
            ("7.5001E+04", postal_code.check, "FR", "75001"),
            ("7.32829320000000E+08", company_id.check, "FR", "732829320"),
            ("1.00000E+03", postal_code.check, "BE", "1000"),
            ("1.42685300E+08", phone_number.check, "FR", "+33142685300"),
        ):
            self.assertEqual(check(text, country).value, value, text)

    def test_zeros_written_out_for_lost_digits_are_no_establishment(self):
        # 7.3283E+13 written out may have the right key; no establishment is called 00000
        sirens = (f"7328{number:05}" for number in range(100000))
        spoilt = [siren + "00000" for siren in sirens if luhn.is_valid(siren)]
        spoilt = [text for text in spoilt if luhn.is_valid(text)][:20]
        self.assertTrue(spoilt)
        for text in spoilt:
            for written in (text, f"{text}.0", int(text), float(text)):
                self.assertEqual(company_id.check(written, "FR").status, "invalid", written)
        for text in ("3.56E+13", "3,56E+13", "3.5600E+13", "356E+11", "7.3282900000000E+13"):
            self.assertNotEqual(company_id.check(text, "FR").status, VALID, text)

    def test_numbers_themselves_are_read(self):
        for number, check, country, value in (
            (732829320, company_id.check, "FR", "732829320"),
            (732829320.0, company_id.check, "FR", "732829320"),
            (1561191000066.0, company_id.check, "MA", "001561191000066"),
            (428759497.0, company_id.check, "BE", "0428759497"),
            (44732829320.0, vat_number.check, "FR", "FR44732829320"),
            (612345678.0, phone_number.check, "FR", "+33612345678"),
            (612345678, phone_number.check, "MA", "+212612345678"),
            (75001.0, postal_code.check, "FR", "75001"),
        ):
            self.assertEqual(check(number, country).value, value, number)
        self.assertEqual(written_number.plain(True), ("", False))
        self.assertEqual(written_number.plain(None), ("", False))

    def test_v1_a_fraction_is_no_number_of_anything(self):
        for number, check, country in (
            (1000.5, postal_code.check, "FR"),
            (1512345678.5, phone_number.check, "DE"),
            (475123456.5, phone_number.check, "BE"),
            (428759497.5, company_id.check, "BE"),
            (732829320.25, company_id.check, "FR"),
            (136695976.5, vat_number.check, "DE"),
            (445790.5, company_id.check, "GB"),
        ):
            for written in (number, str(number), str(number).replace(".", ",")):
                verdict = check(written, country)
                self.assertEqual((verdict.reason, verdict.value), ("digits_cut", ""), written)

    def test_v1_a_sign_before_a_number_makes_no_digit_of_its_decimals(self):
        for text in ("-1000.0", "-1000,00", "-1000", -1000.0, -1000):
            self.assertEqual(postal_code.check(text, "FR").value, "01000", text)
        self.assertEqual(postal_code.check("-184.0", "IT").value, "00184")

    def test_v1_letters_that_look_like_digits_are_never_left_out(self):
        for text, check, country in (
            ("RO1854729O", vat_number.check, "RO"),
            ("1854729O", vat_number.check, "RO"),
            ("73282932O", company_id.check, "FR"),
            ("00l561191000066", company_id.check, "MA"),
            ("O428759497", company_id.check, "BE"),
            ("06I2345678", phone_number.check, "FR"),
            ("O6 12 34 56 7B", phone_number.check, "FR"),
            ("75OO1", postal_code.check, "FR"),
        ):
            self.assertEqual(check(text, country).value, "", text)

    def test_decimals_that_may_be_digits_stay(self):
        for text in ("01.42.68.53.00", "06 12 34 56.00", "0428.759.497", "75.000", "12.345.678-0"):
            self.assertEqual(written_number.plain(text), (text, False))
        self.assertEqual(phone_number.check("01.42.68.53.00", "FR").value, "+33142685300")
        self.assertEqual(company_id.check("732829320.00074", "FR").value, "73282932000074")

    def test_v1_a_phone_number_that_ends_in_zeros_keeps_them(self):
        for text, country, meant in (
            ("514.555.0000", "CA", "+15145550000"),
            ("514 555.0000", "CA", "+15145550000"),
            ("514555.0000", "CA", "+15145550000"),
            ("0121.250.0000", "GB", "+441212500000"),
            ("0121 250.0000", "GB", "+441212500000"),
            ("+39.312.340.0000", "IT", "+393123400000"),
            ("0610000.000", "FR", "+33610000000"),
            ("0800 10.000", "BE", "+3280010000"),
            ("0234500.00", "BE", "+3223450000"),
        ):
            self.assertEqual(written_number.to_store(text), text)
            self.assertEqual(phone_number.check(text, country).value, meant, text)
        for text in ("06 12 34 56 78,00", "06 12 34 56 78.0", "612 345 678.00", "612345678.000"):
            self.assertEqual(phone_number.check(text, "FR").value, "+33612345678", text)

    def test_a_lost_zero_is_doubtful(self):
        for text, country, meant in (
            ("5580501", "FR", ""),  # two zeros: too short to tell
            ("743110157", "IT", "00743110157"),
            ("1234567", "FI", ""),
        ):
            verdict = company_id.check(text, country)
            self.assertNotEqual(verdict.status, VALID, text)
            if meant:
                self.assertEqual((verdict.reason, verdict.value), ("lost_zero", meant))
        self.assertFalse(
            company_id.check("0615195", "NC").value, "it has its zero, and is no SIREN"
        )
        for text in ("B64717838", "N64717838", "X64717838"):
            self.assertFalse(company_id.check(text, "FR").value, "no spreadsheet wrote the letter")
        for text, country, meant in (
            ("1000.0", "FR", "01000"),
            ("1000", "FR", "01000"),
            ("1067,0", "DE", "01067"),
            ("8001", "ES", "08001"),
            ("187", "IT", "00187"),
            ("2139.0", "US", "02139"),
        ):
            verdict = postal_code.check(text, country)
            self.assertEqual((verdict.reason, verdict.value), ("postal_code_zero", meant), text)

    @quick
    @given(st.text() | st.floats() | st.integers() | st.from_regex(r"[0-9 .,'E+]{0,20}"))
    def test_any_value_gives_a_text_that_stays(self, value):
        text, cut = written_number.plain(value)
        if not cut:
            self.assertEqual(written_number.plain(text)[1], False)
        self.assertIsInstance(written_number.to_store(value), str)
