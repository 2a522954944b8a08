from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from odoo.tests import BaseCase, tagged

from ...tools.ids import company_id
from ...tools.ids.company_id import check
from ...tools.ids.stdnum_data import KINDS
from ...tools.verdict import DOUBTFUL, INVALID, UNCHECKED, VALID

quick = settings(deadline=None, derandomize=True, max_examples=100)

#: Czech numbers of natural persons, made from their birth dates: none of a company's business.
PERSONAL = {"7103192745", "640903926"}


def digits(count):
    return st.text("0123456789", min_size=count, max_size=count)


def with_luhn(number):
    return number + luhn.calc_check_digit(number)


def sirets(nic):
    """SIREN and establishment number, each with its key; La Poste's differ."""
    return st.builds(lambda siren, nic: with_luhn(with_luhn(siren) + nic), digits(8), nic).filter(
        # establishments count from 1: 00000 is what scientific notation leaves
        lambda siret: not siret.startswith("356000000") and int(siret[:9]) and int(siret[9:])
    )


def key_of_97(number, width):
    return number + str(97 - int(number) * (100 if width == 15 else 1) % 97).zfill(2)


VALID_NUMBERS = st.one_of(
    st.tuples(st.just("FR"), sirets(digits(4))),
    st.tuples(st.just("FR"), sirets(digits(4)).map(lambda siret: siret[:9])),
    st.tuples(st.just("MA"), digits(13).map(lambda number: key_of_97(number, 15))),
    st.tuples(
        st.just("BE"),
        st.builds("{}{}".format, st.sampled_from("01"), digits(7)).map(
            lambda number: key_of_97(number, 10)
        ),
    ),
).filter(lambda case: len(set(case[1])) > 1)
LABELS = {"FR": ("SIRET : ", "SIREN n° "), "BE": ("BCE ", "KBO:"), "MA": ("ICE:",), "CH": ("UID ",)}
GAPS = st.sampled_from(["", " ", ".", "-", "\u00a0", "\u202f", " . ", "/"])


@tagged("post_install", "-at_install")
class TestCompanyId(BaseCase):
    def assertVerdict(self, text, own, status, reason, **facts):
        verdict = check(text, own)
        self.assertEqual((verdict.status, verdict.reason), (status, reason), (text, own))
        self.assertEqual(verdict.facts, {**verdict.facts, **facts})
        return verdict

    def test_every_example_is_valid_where_it_comes_from(self):
        for country, kinds in KINDS.items():
            self.assertEqual(check(company_id.example(country), country).status, VALID, country)
            for sample in {sample for kind in kinds for sample in kind.samples()} - PERSONAL:
                self.assertEqual(check(sample, country).status, VALID, (country, sample))

    @quick
    @given(VALID_NUMBERS)
    def test_a_right_key_is_valid(self, case):
        country, number = case
        self.assertEqual(self.assertVerdict(number, country, VALID, "").value, number)

    @quick
    @given(VALID_NUMBERS, st.data())
    def test_one_wrong_digit_is_found(self, case, data):
        country, number = case
        at = data.draw(st.integers(2, len(number) - 1))
        other = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != number[at]))
        wrong = number[:at] + other + number[at + 1 :]
        verdict = check(wrong, country)
        self.assertEqual(verdict.status, INVALID, wrong)
        self.assertIn(verdict.reason, ("wrong_check_digit", "filler"))

    @quick
    @given(VALID_NUMBERS, st.data())
    def test_noise_does_not_change_the_value(self, case, data):
        country, number = case
        labels = ("", "RCS Paris B ", "numéro ", *LABELS.get(country, ()))
        label = data.draw(st.sampled_from(labels))
        gaps = data.draw(st.lists(GAPS, min_size=len(number), max_size=len(number)))
        noisy = label + "".join(digit + gap for digit, gap in zip(number, gaps, strict=True))
        self.assertEqual(check(noisy, country).value, number, noisy)
        arabic = number.translate({48 + digit: 0x660 + digit for digit in range(10)})
        self.assertEqual(check(arabic, country).value, number)

    @quick
    @given(digits(5).filter(lambda nic: (sum(map(int, nic)) + 14) % 5 == 0))
    def test_la_poste_counts_its_digits(self, nic):
        verdict = self.assertVerdict("356000000" + nic, "FR", VALID, "", kind="siret")
        self.assertEqual(verdict.facts["siren"], "356000000")

    def test_the_head_office_of_la_poste_has_an_ordinary_key(self):
        self.assertVerdict("356 000 000 00048", "FR", VALID, "")
        self.assertVerdict("356 000 000 00049", "FR", INVALID, "wrong_check_digit")

    def test_a_siret_tells_its_siren(self):
        verdict = self.assertVerdict("SIRET : 732 829 320 00074", "FR", VALID, "")
        self.assertEqual(verdict.value, "73282932000074")
        self.assertEqual(verdict.shown, "732 829 320 00074")
        self.assertEqual(verdict.facts, {"kind": "siret", "country": "FR", "siren": "732829320"})

    def test_the_siren_within_a_mistyped_siret_does_not_save_it(self):
        self.assertVerdict("732 829 320 00075", "FR", INVALID, "wrong_check_digit", kind="siret")

    def test_overseas_companies_have_french_identifiers(self):
        for country in "GP MQ GF RE YT PM BL MF".split():
            self.assertVerdict("732829320", country, VALID, "", country="FR")

    def test_a_vat_number_tells_the_company_too(self):
        self.assertVerdict("FR44732829320", "FR", VALID, "", kind="vat", siren="732829320")
        self.assertVerdict("BE0428759497", "BE", VALID, "", kind="bce", bce="0428759497")

    def test_zeros_that_a_spreadsheet_dropped_come_back(self):
        for text, country, value in (
            ("1561191000066", "MA", "001561191000066"),
            ("428759497", "BE", "0428759497"),
        ):
            self.assertEqual(check(text, country).value, value)

    def test_a_wrong_length_tells_the_right_ones(self):
        self.assertVerdict("7328293200007", "FR", INVALID, "wrong_length", expected=(14, 9))
        self.assertVerdict("15611910", "MA", INVALID, "wrong_length", expected=(15,))

    def test_what_does_not_fit_is_only_doubtful_where_other_registers_exist(self):
        self.assertVerdict("91 52", "IT", DOUBTFUL, "wrong_length")

    def test_an_identifier_of_another_country_is_doubtful(self):
        for text, country, origin in (
            ("0428.759.497", "FR", "BE"),
            ("732 829 320 00074", "BE", "FR"),
            ("732 829 320", "MA", "FR"),
            ("001561191000066", "FR", "MA"),
            ("CHE-100.155.212", "FR", "CH"),
            ("LU15027442", "FR", "LU"),
        ):
            self.assertVerdict(text, country, DOUBTFUL, "other_country", country=origin)

    def test_filler_is_no_identifier_even_with_a_right_key(self):
        for text in ("000 000 000", "00000000000000", "N/A", "xxx", "123456789"):
            self.assertVerdict(text, "FR", INVALID, "filler")

    def test_words_are_no_identifier(self):
        for text in ("Dupont", "RCS Paris", "a" * 10**6, "1 " * 1000, "9" * 201):
            self.assertVerdict(text, "FR", INVALID, "not_an_id")

    def test_nothing_is_said_of_what_cannot_be_known(self):
        self.assertVerdict("", "FR", UNCHECKED, "")
        self.assertVerdict(None, "FR", UNCHECKED, "")
        self.assertVerdict("123", "XX", UNCHECKED, "no_rule")
        self.assertVerdict("123", False, UNCHECKED, "no_rule")
        self.assertVerdict("En cours d'immatriculation", "FR", UNCHECKED, "pending")

    @quick
    @given(
        st.text() | st.text("0123456789ABCEFHIMRST .-/\u00a0٣") | st.none() | st.integers(),
        st.sampled_from([*sorted(KINDS), "XX", "", None, "\ud800"]),
    )
    def test_any_text_gets_a_verdict_that_stays(self, text, country):
        verdict = check(text, country)
        self.assertIn(verdict.reason, ("", *company_id.REASONS))
        self.assertEqual(bool(verdict.value), bool(verdict.shown))
        if verdict.value and verdict.reason != "lost_zero":  # with its zero it is simply right
            self.assertEqual(check(verdict.value, country), verdict)
            self.assertEqual(check(verdict.shown, country), verdict)
