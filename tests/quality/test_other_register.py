from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from odoo.tests import BaseCase, tagged

from ...tools.ids.company_id import check
from ...tools.verdict import VALID

#: V2: what says that a number is not that of a company.
OTHERS = (
    *("D-U-N-S {}", "DUNS {}", "D.U.N.S. n° {}", "duns:{}", "DUNS{}", "{} (DUNS)"),
    *("FINESS {}", "Finess ET {}", "N° FINESS juridique : {}", "ORIAS {}", "ORIAS n° {}"),
    *("EORI {}", "LEI {}", "RPPS {}", "ADELI {}", "NDA {}", "n° ADELI : {}"),
    *("Numéro de déclaration d'activité {}", "RNA {}", "UAI {}", "agrément n° {}", "Licence {}"),
    *("client {}", "N° client : {}", "Compte {}", "dossier {}", "Facture n° {}"),
    *("GB{}", "GB {}", "NL{}B01", "CHE-{}", "{}RC0001", "PT{}", "K{}", "X{}", "IBAN {}"),
    *("SARL au capital de {} euros", "IDCC {}", "CNAPS {}", "Tél. {}"),
    *("Dun & Bradstreet {}", "NIR {}", "Sécu : {}", "n° de sécurité sociale {}", "IATA {}"),
    *("VIAF {}", "{} (ISNI)", "n° d'adhérent {}"),
    *("KVK-nummer {}", "K.v.K. {}", "RSIN {}", "HRB {}", "Handelsregister HRA {}", "StNr {}"),
    *("CIF {}", "NIF : {}", "NIPC {}", "OGRN {}", "ОГРН {}", "INN {}", "EIN {}", "FEIN {}"),
    *("CNPJ {}", "CUIT {}", "Org.nr {}", "REGON {}", "IČO {}", "ICE {}", "BCE {}", "UID {}"),
    *("RCCM {}", "NINEA {}", "Companies House {}", "PIC {}", "ISO {}", "SSN {}", "KPP {}"),
    *("Réf. : {}", "contrat n° {}", "Police {}", "convention collective {}", "OPCO {}"),
)
#: What says that it is, or says nothing.
OWN = (
    *("{}", "SIREN {}", "Siren : {}", "n° SIREN {}", "RCS Paris B {}", "R.C.S. Paris {}"),
    *("{} RCS Paris", "{}RCS", "B{}", "N°{}", "RM {}", "RCS Lyon n° {}", "SIREN{}"),
    *("SARL au capital de 10 000 €, RCS Paris {}", "SIREN {} APE 6201Z", "FR{}"),
    *("FINESS 750712184, SIREN {}", "SIREN {} - DUNS 404833048", "Société Dupont {}"),
    *("Breizh Sécurité {}", "N° INSEE {}", "RCS {}", "RNE {}", "RSAC {}", "Tax ID {}"),
)
SIREN = st.text("0123456789", min_size=8, max_size=8).map(
    lambda digits: digits + luhn.calc_check_digit(digits)
)
quick = settings(deadline=None, derandomize=True, max_examples=60)


def is_made_up(siren):
    return len(set(siren)) < 4 or any(digit * 4 in siren for digit in "0123456789")


@tagged("post_install", "-at_install")
class TestOtherRegister(BaseCase):
    """V2: the number of another register has the key of a SIREN one time in ten, and is none."""

    @quick
    @given(SIREN.filter(lambda siren: not is_made_up(siren)))
    def test_what_another_register_gave_is_never_a_siren(self, siren):
        for form in OTHERS:
            verdict = check(form.format(siren), "FR")
            self.assertNotEqual(verdict.status, VALID, form.format(siren))
            self.assertNotIn("siren", verdict.facts, form.format(siren))

    @quick
    @given(SIREN.filter(lambda siren: not is_made_up(siren)))
    def test_a_siren_is_one_in_any_words(self, siren):
        for form in OWN:
            for number in (siren, f"{siren[:3]} {siren[3:6]} {siren[6:]}"):
                text = form.format(number)
                verdict = check(text, "FR")
                self.assertEqual((verdict.status, verdict.value), (VALID, siren), text)

    def test_an_association_has_a_number_of_its_own(self):
        for text in (
            *("W732829320", "w732829320", "W 732 829 320", "W-732829320", "RNA W732829320"),
            *("RNA : W732829320", "n° RNA W732829320", "W732829320.0", " W732829320\u200b"),
        ):
            verdict = check(text, "FR")
            self.assertEqual((verdict.status, verdict.value), (VALID, "W732829320"), text)
            self.assertEqual(verdict.facts, {"kind": "rna", "country": "FR"}, text)
        self.assertEqual(check("W9R4003283", "RE").facts["kind"], "rna")  # Réunion
        self.assertNotEqual(check("W73282932", "FR").status, VALID)
        self.assertNotEqual(check("W7328293201", "FR").status, VALID)

    def test_the_verdict_names_the_register(self):
        for text, name in (
            ("D-U-N-S 732829320", "D-U-N-S"),
            ("finess 732829320", "FINESS"),
            ("2 95 10 99 126 111 93", "NIR"),  # of a person
            ("295109912611193", "NIR"),
        ):
            verdict = check(text, "FR")
            self.assertEqual((verdict.status, verdict.reason), ("invalid", "other_register"))
            self.assertEqual(verdict.facts["register"], name)

    def test_other_countries_know_other_registers_too(self):
        for text, country in (
            ("DUNS 428759497", "BE"),
            ("D-U-N-S 923609016", "NO"),
            ("DUNS 501964843", "PT"),
            ("client 1561191000066", "MA"),
            ("CNSS 1561191000066", "MA"),
            ("SIREN 428759497", "BE"),
            ("NIF 1561191000066", "MA"),
            ("KvK 100155212", "CH"),
        ):
            self.assertNotEqual(check(text, country).status, VALID, text)
        for text, country in (
            ("ICE001561191000066", "MA"),
            ("CHE123456788MWST", "CH"),
            ("BTW BE 0428.759.497", "BE"),
            ("HRB 12345", "DE"),
            ("SARL AU ICE 001561191000066", "MA"),
            ("KBO 0428.759.497", "BE"),
            ("KvK-nummer 68750110", "NL"),
            ("NIPC 501964843", "PT"),
            ("UID CHE-123.456.788", "CH"),
            ("Org.nr 923609016", "NO"),
        ):
            self.assertEqual(check(text, country).status, VALID, text)
        for text in ("SIREN 732829320", "n° SIREN 732 829 320"):
            verdict = check(text, "BE")
            self.assertEqual((verdict.reason, verdict.value), ("other_country", "732829320"))
