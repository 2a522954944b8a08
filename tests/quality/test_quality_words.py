from odoo.tests import TransactionCase, tagged

from ...models.quality.checks.fields import REASONS
from ...tools.contact import email_address, phone_number
from ...tools.ids import bank_account, company_id, vat_number

CHECKS = {
    "email": email_address,
    "phone": phone_number,
    "phone2": phone_number,
    "registry": company_id,
    "vat": vat_number,
}


@tagged("post_install", "-at_install")
class TestQualityWords(TransactionCase):
    def test_every_reason_has_words(self):
        checks = (email_address, phone_number, company_id, vat_number)
        codes = {code for check in checks for code in check.REASONS}
        self.assertEqual(codes - dict(REASONS).keys(), set())

    def test_every_word_has_a_reason(self):
        checks = (email_address, phone_number, company_id, vat_number)
        codes = {code for check in checks for code in check.REASONS} | {"bounced", "not_registered"}
        self.assertEqual(dict(REASONS).keys() - codes, set())

    def test_a_reason_offers_what_its_check_may_say(self):
        partners = self.env["res.partner"]
        for kind, check in CHECKS.items():
            offered = dict(partners._fields[f"sheet_{kind}_reason"].selection)
            self.assertLessEqual(set(check.REASONS), offered.keys(), kind)
            self.assertLess(len(offered), len(REASONS) / 2)
        for kind in ("registry", "vat"):
            offered = dict(partners._fields[f"sheet_{kind}_reason"].selection)
            self.assertLessEqual(set(vat_number.CLASHES), offered.keys())
        self.assertIn("bounced", dict(partners._fields["sheet_email_reason"].selection))

    def test_every_reason_is_worded_whatever_its_kind(self):
        leads = self.env["crm.lead"].with_context(lang="fr_FR")
        words = {code: leads._sheet_reason_text(code) for code, _words in REASONS}
        self.assertTrue(all(words.values()))
        self.assertEqual(words["too_short"], "Trop court")
        self.assertEqual(leads._sheet_reason_text(False), "")

    def test_ibans_of_bank_accounts_are_checked(self):
        bank = self.env["res.partner.bank"]
        for number, status in (
            ("FR14 2004 1010 0505 0001 3M02 606", "valid"),
            ("FR14 2004 1010 0505 0001 3M02 607", "invalid"),
            ("123456789", False),
        ):
            self.assertEqual(bank.new({"acc_number": number}).sheet_iban_status, status)
        self.assertTrue(bank_account.REASONS)

    def test_countries_are_found_in_french_english_and_arabic(self):
        countries = self.env["res.country"]
        for text in ("Maroc", "MAROC", "Morocco", "المغرب", "Royaume du Maroc", "MAR"):
            names = [name for _id, name in countries.name_search(text)]
            self.assertIn("Morocco", names, text)

    def test_an_import_takes_countries_by_any_of_these_names(self):
        partners = self.env["res.partner"].with_context(import_file=True)
        result = partners.load(
            ["name", "country_id"], [["A", "Maroc"], ["B", "Belgique"], ["C", "المغرب"]]
        )
        self.assertFalse(result["messages"])
        codes = partners.browse(result["ids"]).mapped("country_id.code")
        self.assertEqual(codes, ["MA", "BE"])
