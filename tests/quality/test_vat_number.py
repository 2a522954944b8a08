from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from odoo.tests import BaseCase, tagged

from ...tools.ids import company_id, vat_number
from ...tools.ids.stdnum_data import documented
from ...tools.ids.vat_number import agree, check
from ...tools.verdict import DOUBTFUL, INVALID, UNCHECKED, VALID

quick = settings(deadline=None, derandomize=True, max_examples=100)

COUNTRIES = (
    "AT BE BG CH CY CZ DE DK DZ EE ES FI FR GB GR HR HU IE IT LT LU LV MA MC MT NL NO PL PT RO"
    " SE SI SK SM TN TR US XI XX"
).split()
SIRENS = (
    st.text("0123456789", min_size=8, max_size=8)
    .filter(lambda number: not number.startswith("000"))
    .map(lambda number: number + luhn.calc_check_digit(number))
)


def french_vat(siren):
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"


@tagged("post_install", "-at_install")
class TestVatNumber(BaseCase):
    def assertVerdict(self, text, own, status, reason, **facts):
        verdict = check(text, own)
        self.assertEqual((verdict.status, verdict.reason), (status, reason), (text, own))
        self.assertEqual(verdict.facts, {**verdict.facts, **facts})
        return verdict

    def test_documented_numbers_are_valid_with_and_without_prefix(self):
        for country in COUNTRIES:
            for number in documented(f"{country.lower()}.vat"):
                verdict = self.assertVerdict(number, country, VALID, "")
                self.assertEqual(check(verdict.value, country), verdict)

    @quick
    @given(SIRENS)
    def test_a_french_number_agrees_with_its_siren(self, siren):
        verdict = self.assertVerdict(french_vat(siren), "FR", VALID, "", siren=siren)
        self.assertEqual(verdict.value, french_vat(siren))
        self.assertEqual(check(french_vat(siren)[2:], "FR"), verdict)
        self.assertEqual(agree(company_id.check(siren, "FR"), verdict), "")

    @quick
    @given(SIRENS, SIRENS)
    def test_a_french_number_differs_from_other_sirens(self, siren, other):
        reason = agree(company_id.check(other, "FR"), check(french_vat(siren), "FR"))
        self.assertEqual(reason, "siren_differs" if siren != other else "")

    @quick
    @given(SIRENS, st.integers(0, 96))
    def test_a_french_key_is_checked(self, siren, key):
        verdict = check(f"FR{key:02}{siren}", "FR")
        self.assertEqual(verdict.status == VALID, verdict.value == french_vat(siren))
        self.assertIn(verdict.reason, ("", "wrong_check_digit"))

    def test_the_two_belgian_numbers_are_one(self):
        vat = self.assertVerdict("BE 428.759.497", "BE", VALID, "", bce="0428759497")
        self.assertEqual((vat.value, vat.shown), ("BE0428759497", "BE 0428.759.497"))
        self.assertEqual(agree(company_id.check("0428.759.497", "BE"), vat), "")
        self.assertEqual(agree(company_id.check("0403.170.701", "BE"), vat), "bce_differs")

    def test_swiss_and_spanish_numbers_are_compared_too(self):
        for country, registry, vat, reason in (
            ("CH", "CHE-107.787.577", "CHE-107.787.577 IVA", ""),
            ("CH", "CHE-100.155.212", "CHE-107.787.577 IVA", "number_differs"),
            ("ES", "B64717838", "ESB64717838", ""),
            ("ES", "B64717838", "J99216582", "number_differs"),
            ("SE", "123456-7897", "SE123456789701", ""),
        ):
            registry, vat = company_id.check(registry, country), check(vat, country)
            self.assertEqual(agree(registry, vat), reason)

    def test_nothing_is_compared_with_a_wrong_number(self):
        wrong, right = check("FR45732829320", "FR"), check("FR44732829320", "FR")
        self.assertEqual(agree(company_id.check("404833048", "FR"), wrong), "")
        self.assertEqual(agree(company_id.check("404833047", "FR"), right), "")
        self.assertEqual(agree(company_id.check("0428.759.497", "BE"), right), "")

    def test_words_and_separators_do_no_harm(self):
        for text in ("N° TVA : FR 44 732 829 320", "fr44.732.829.320", "TVA 44-732\u00a0829 320"):
            self.assertEqual(check(text, "FR").value, "FR44732829320", text)

    def test_monaco_has_french_numbers_without_siren(self):
        for country in ("MC", "FR"):
            verdict = self.assertVerdict("FR53000004605", country, VALID, "")
            self.assertNotIn("siren", verdict.facts)

    def test_northern_ireland_and_greece_have_prefixes_of_their_own(self):
        self.assertEqual(check("980780684", "XI").value, "XI980780684")
        self.assertEqual(check("980780684", "GB").value, "GB980780684")
        self.assertEqual(check("094259216", "GR").value, "EL094259216")

    def test_the_prefix_of_another_country_is_doubtful(self):
        for text, country, origin in (
            ("BE0428759497", "FR", "BE"),
            ("FR44732829320", "BE", "FR"),
            ("FR44732829320", "MC", "FR"),
            ("CHE-107.787.577 IVA", "FR", "CH"),
            ("FR44732829320", "XX", "FR"),
        ):
            verdict = self.assertVerdict(text, country, DOUBTFUL, "other_country", country=origin)
            self.assertTrue(verdict.value)

    def test_the_prefix_tells_the_country_where_none_is_recorded(self):
        self.assertVerdict("FR44732829320", False, VALID, "", country="FR")
        self.assertVerdict("44732829320", False, UNCHECKED, "no_rule")

    def test_the_siren_is_no_vat_number_but_leads_to_it(self):
        for text in ("732 829 320", "732 829 320 00074"):
            self.assertVerdict(text, "FR", INVALID, "company_id", proposed="FR44732829320")

    def test_v2_the_number_of_another_register_is_none(self):
        for text, country in (
            ("D-U-N-S 732829320", "FR"),
            ("FINESS 732829320", "FR"),
            ("W732829320", "FR"),
            ("client 44732829320", "FR"),
            ("DUNS 428759497", "BE"),
            ("DUNS 136695976", "DE"),
        ):
            verdict = check(text, country)
            self.assertEqual((verdict.status, verdict.value), (INVALID, ""), text)
            self.assertNotIn("proposed", verdict.facts, text)
        for text, country in (
            ("SIREN 732829320, TVA FR44732829320, APE 6201Z", "FR"),
            ("KVK 68750110 BTW NL004495445B01", "NL"),
            ("NIP 526-104-08-28", "PL"),
            ("VAT Reg No GB 980 7806 84", "GB"),
        ):
            self.assertEqual(check(text, country).status, VALID, text)

    def test_a_company_without_vat_says_so(self):
        for text in ("N/A", "/", "-", "Non assujetti", "TVA non applicable, art. 293 B du CGI"):
            self.assertVerdict(text, "FR", UNCHECKED, "exempt")

    def test_what_is_wrong_is_told(self):
        for text, country, reason in (
            ("FR45732829320", "FR", "wrong_check_digit"),
            ("FR4473282932", "FR", "wrong_length"),
            ("bonjour", "FR", "not_a_number"),
            ("9" * 201, "FR", "not_a_number"),
            ("xxx", "FR", "filler"),
            ("BE0000000000", "BE", "filler"),
        ):
            self.assertVerdict(text, country, INVALID, reason)

    def test_morocco_has_an_ice_or_a_number_without_rule(self):
        self.assertVerdict("001561191000066", "MA", VALID, "")
        self.assertVerdict("001561191000067", "MA", INVALID, "wrong_check_digit")
        self.assertEqual(
            self.assertVerdict("IF : 40229158", "MA", UNCHECKED, "no_rule").value, "40229158"
        )

    def test_a_swiss_or_norwegian_number_says_that_it_is_for_vat(self):
        self.assertVerdict("CHE-107.787.577", "CH", DOUBTFUL, "no_suffix")
        self.assertVerdict("995 525 828", "NO", DOUBTFUL, "no_suffix")
        self.assertVerdict("NO 995 525 828 MVA", "NO", VALID, "")

    @quick
    @given(
        st.text() | st.text("0123456789BEFRCH .-/\u00a0٣") | st.none() | st.integers(),
        st.sampled_from([*COUNTRIES, "", None, "\ud800"]),
    )
    def test_any_text_gets_a_verdict_that_stays(self, text, country):
        verdict = check(text, country)
        self.assertIn(verdict.reason, ("", *vat_number.REASONS))
        if verdict.value:
            self.assertEqual(check(verdict.value, country), verdict)
            self.assertEqual(check(verdict.shown, country), verdict)
