import phonenumbers
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.contact import phone_number
from ...tools.contact.phone_number import check

#: V3: the one E.164 form of a number, by the nine digits that everybody in the plan dials.
OVERSEAS = {
    "692112233": "+262692112233",  # Réunion
    "693112233": "+262693112233",
    "262202233": "+262262202233",
    "263202233": None,
    "639012233": "+262639012233",  # Mayotte
    "269612233": "+262269612233",
    "690302233": "+590690302233",  # Guadeloupe, Saint-Martin, Saint-Barthélemy
    "691282233": "+590691282233",
    "590272233": "+590590272233",
    "696202233": "+596696202233",  # Martinique
    "596612233": "+596596612233",
    "694202233": "+594694202233",  # Guyane
    "594282233": "+594594282233",
    "508412345": "+508412345",  # Saint-Pierre-et-Miquelon
    "708451234": "+508708451234",
}
CODES = ("33", "262", "590", "594", "596", "508")


def spellings(digits):
    """Yield the ways people write a number of the French plan."""
    groups = f"{digits[0]} {digits[1:3]} {digits[3:5]} {digits[5:7]} {digits[7:]}"
    yield from (f"0{digits}", f"0{groups}", f"0{digits}.0", f"{digits}.0", f"Tél. 0{groups}")
    for code in CODES:
        yield from (f"+{code}{digits}", f"+{code} {groups}", f"00{code}{digits}")
        yield from (f"+{code} (0){groups}", f"00 {code} (0){groups}", f"+{code}{digits}.0")
        yield f"+{code}0{digits}"


@tagged("post_install", "-at_install")
class TestPhonePlan(BaseCase):
    """V3: one number of a plan that several countries share has one E.164 form."""

    def test_every_spelling_of_an_overseas_number_is_one_number(self):
        for digits, value in OVERSEAS.items():
            for text in spellings(digits) if value else ():
                with self.subTest(text=text):
                    verdict = check(text, "FR")
                    self.assertEqual((verdict.status, verdict.value), ("valid", value))
                    self.assertEqual(phone_number.to_dial(text, "FR"), value)

    def test_the_country_of_the_record_changes_nothing(self):
        for digits, value in OVERSEAS.items():
            for country in ("FR", "RE", "GP", "MQ", "GF", "YT", "PM") if value else ():
                self.assertEqual(check(f"0{digits}", country).value, value, (digits, country))

    def test_a_number_of_france_with_a_code_from_overseas(self):
        for text in ("+262612345678", "+590 6 12 34 56 78", "00596142685300", "+594 (0)612345678"):
            digits = text.replace(" ", "").replace("(0)", "")[-9:]
            self.assertEqual(check(text, "FR").value, f"+33{digits}", text)

    def test_a_range_that_nobody_uses_has_one_form_too(self):
        values = {check(text, "FR").value for text in ("0639123456", "+33639123456")}
        self.assertEqual(values, {check("+262639123456", "FR").value})

    def test_of_several_overseas_numbers_the_first_counts(self):
        for text, value in (
            ("0692 11 22 33 / 0693 11 22 33", "+262692112233"),
            ("0696 12 34 56 ou 06 12 34 56 78", "+596696123456"),
            ("06 12 34 56 78 / 0692 11 22 33", "+33612345678"),
            ("0590 81 22 33; 0690 12 34 56", "+590590812233"),
            ("Paul 0594 31 22 33, Marie 0694 12 34 56", "+594594312233"),
        ):
            verdict = check(text, "FR")
            self.assertEqual((verdict.reason, verdict.value), ("several", value), text)

    def test_san_marino_is_dialled_through_italy(self):
        for text in ("+39 0549 886377", "+378 0549 886377", "+378 886377", "0039 0549 886377"):
            self.assertEqual(check(text, "FR").value, "+3780549886377", text)
        self.assertEqual(check("0549 886377", "IT").value, "+3780549886377")

    def test_countries_with_one_code_have_one_form(self):
        for text, other, value in (
            ("+44 1534 712345", "01534 712345", "+441534712345"),
            ("+39 06 698 12345", "06 69812345", "+390669812345"),
        ):
            self.assertEqual(check(text, "FR").value, value)
            self.assertEqual(check(other, "GB" if value.startswith("+44") else "IT").value, value)

    @settings(deadline=None, derandomize=True, max_examples=400)
    @given(st.integers(100_000_000, 999_999_999), st.sampled_from(CODES))
    def test_no_number_of_the_plan_has_two_forms(self, number, code):
        national, abroad = check(f"0{number}", "FR"), check(f"+{code}{number}", "FR")
        if national.status == abroad.status == "valid":
            # services (08) and a few VoIP ranges are the same digits in each territory
            kinds = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE}
            if phonenumbers.number_type(phonenumbers.parse(national.value)) in kinds:
                self.assertEqual(national.value, abroad.value)

    def test_too_few_digits_are_said_to_be_too_few(self):
        """V5: nine digits with the zero are a digit short, not a number that does not exist."""
        for text in (
            *("01 42 68 53 0", "061234567", "06 12 34 56 7", "012345678", "069211223"),
            *("+33 6 12 34 56 7", "+33 (0)6 12 34 56 7", "061234567.0", "14268530"),
        ):
            self.assertEqual(check(text, "FR").reason, "too_short", text)
        self.assertEqual(check("06123456", "MA").reason, "too_short")
        self.assertEqual(check("142685300", "FR").value, "+33142685300")
