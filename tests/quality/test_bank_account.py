from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.iso7064 import mod_97_10

from odoo.tests import BaseCase, tagged

from ...tools.ids import bank_account
from ...tools.ids.bank_account import check_iban, find_ibans
from ...tools.ids.stdnum_data import documented, module
from ...tools.verdict import DOUBTFUL, INVALID, UNCHECKED, VALID

quick = settings(deadline=None, derandomize=True, max_examples=100)

FRENCH, BELGIAN = "FR7630006000011234567890189", "BE71096123456769"
#: Examples of the national banks; SWIFT's registry lacks those from MA on.
EXAMPLES = (
    "FR1420041010050500013M02606 MC5811222000010123456789030 BE71096123456769"
    " CH9300762011623852957 LU280019400644750000 DE89370400440532013000 ES9121000418450200051332"
    " TN5910006035183598478831 GB29NWBK60161331926819 MA64011519000001205000534921"
    " SN08SN0100152000048500003035 CI93CI0080111301134291200589 CM2110002000300277976315008"
).split()


def french_iban(account):
    """Return the IBAN of 21 digits of a French account, with its RIB key and check digits."""
    bban = f"{account}{97 - int(account) * 100 % 97:02}"
    return f"FR{mod_97_10.calc_check_digits(bban + 'FR')}{bban}"


FRENCH_IBANS = st.text("0123456789", min_size=21, max_size=21).map(french_iban)


@tagged("post_install", "-at_install")
class TestBankAccount(BaseCase):
    def assertVerdict(self, text, status, reason, **facts):
        verdict = check_iban(text)
        self.assertEqual((verdict.status, verdict.reason), (status, reason), text)
        self.assertEqual(verdict.facts, {**verdict.facts, **facts})
        return verdict

    def test_examples_are_valid(self):
        for iban in (*EXAMPLES, *documented("iban"), *documented("es.iban")):
            verdict = check_iban(iban)
            self.assertIn(verdict.reason, ("", "unknown_bank"), iban)
            self.assertEqual(verdict.facts["country"], iban[:2])

    @quick
    @given(FRENCH_IBANS, st.sampled_from(["", "IBAN ", "iban : "]), st.sampled_from(" -.\u00a0"))
    def test_noise_does_not_change_the_value(self, iban, label, gap):
        verdict = self.assertVerdict(iban, VALID, "", country="FR")
        noisy = label + gap.join(iban[at : at + 4] for at in range(0, len(iban), 4)).lower()
        self.assertEqual(check_iban(noisy), verdict)
        self.assertEqual(check_iban(verdict.shown), verdict)
        self.assertEqual([*find_ibans(noisy)], [(len(label), len(noisy))])

    @quick
    @given(FRENCH_IBANS, st.integers(2, 26), st.sampled_from("0123456789"))
    def test_one_wrong_digit_is_found(self, iban, at, digit):
        wrong = iban[:at] + digit + iban[at + 1 :]
        self.assertEqual(check_iban(wrong).status == VALID, wrong == iban)
        self.assertEqual(bool([*find_ibans(wrong)]), wrong == iban)

    def test_a_wrong_key_within_a_right_iban_is_doubtful(self):
        bban = "30006000011234567890188"
        iban = f"FR{mod_97_10.calc_check_digits(bban + 'FR')}{bban}"
        self.assertVerdict(iban, DOUBTFUL, "wrong_rib_key")

    def test_an_unknown_belgian_bank_is_doubtful(self):
        self.assertVerdict("BE83138811735115", DOUBTFUL, "unknown_bank")

    def test_what_is_wrong_is_told(self):
        for text, reason in (
            (FRENCH[:-1], "wrong_length"),
            (FRENCH[:-1] + "8", "wrong_check_digit"),
            ("ZZ7630006000011234567890189", "unknown_country"),
            ("bonjour", "not_an_iban"),
            ("9" * 10**6, "not_an_iban"),
            ("N/A", "filler"),
        ):
            self.assertVerdict(text, INVALID, reason)
        self.assertVerdict("", UNCHECKED, "")
        self.assertVerdict(None, UNCHECKED, "")
        self.assertVerdict(FRENCH[:-1], INVALID, "wrong_length", expected=(27,))

    def test_every_iban_of_a_text_is_found(self):
        text = f"Virer sur {FRENCH}, sinon BE71 0961 2345 6769 (BIC GKCCBEBB) ; réf. FR12 3456."
        found = [text[start:end] for start, end in find_ibans(text)]
        self.assertEqual(found, [FRENCH, "BE71 0961 2345 6769"])

    def test_lookalikes_are_left_alone(self):
        for text in (
            "x" + FRENCH,
            FRENCH + "0",
            "FR76 3000 6000 0112 3456 7890 188",
            "DE12 personnes ont dit oui, BE10 aussi",
            "FR 44 732 829 320",
        ):
            self.assertFalse([*find_ibans(text)], text)

    def test_stdnum_agrees(self):
        """Every IBAN that stdnum takes is taken here, under Odoo's loader too."""
        for iban in (FRENCH, BELGIAN, "GR1601101050000010547023795"):
            self.assertTrue(module("iban").is_valid(iban))
            self.assertEqual(check_iban(iban).status, VALID)

    @quick
    @given(st.text() | st.text("0123456789FRBEMA .-\u00a0٣") | st.none() | st.integers())
    def test_any_text_gets_a_verdict_that_stays(self, text):
        verdict = check_iban(text)
        self.assertIn(verdict.reason, ("", *bank_account.REASONS))
        if verdict.value:
            self.assertEqual(check_iban(verdict.value), verdict)
        if isinstance(text, str):
            self.assertFalse([*find_ibans(text)])
