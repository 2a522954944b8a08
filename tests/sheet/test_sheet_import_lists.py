from odoo.tests import tagged

from ...models.sheet.catalogue import choice_name
from .common import SheetCase

#: V5: what files say, for the values of the lists: the field, the text, the code of the value.
WRITTEN = (
    ("sheet_source_id", "website", "website"),
    ("sheet_source_id", "WEBSITE", "website"),
    ("sheet_source_id", "site web", "website"),
    ("sheet_source_id", "Site Web", "website"),
    ("sheet_source_id", "web site", "website"),
    ("sheet_source_id", "Salon", "trade_fair"),
    ("sheet_source_id", "salon professionnel", "trade_fair"),
    ("sheet_source_id", "trade-fair", "trade_fair"),
    ("sheet_source_id", "trade_fair", "trade_fair"),
    ("sheet_source_id", "Bouche-à-oreille", "referral"),
    ("sheet_source_id", "recommandation", "referral"),
    ("sheet_source_id", "E-MAIL", "email"),
    ("sheet_source_id", "S.A.V.", "after_sales"),
    ("sheet_legal_form_id", "EURL", "fr_eurl"),
    ("sheet_legal_form_id", "e.u.r.l.", "fr_eurl"),
    ("sheet_legal_form_id", "SASU", "fr_sasu"),
    ("sheet_legal_form_id", "SARL (FR)", "fr_sarl"),
    ("sheet_legal_form_id", "fr_sarl", "fr_sarl"),
    ("sheet_headcount_id", "11-50", "20_49"),
    ("sheet_headcount_id", "11 à 50", "20_49"),
    ("sheet_headcount_id", "11 to 50 employees", "20_49"),
    ("sheet_headcount_id", "Entre 11 et 50", "20_49"),
    ("sheet_headcount_id", "de 10 à 19 salariés", "10_19"),
    ("sheet_headcount_id", "10-19", "10_19"),
    ("sheet_headcount_id", "10 à 19 salariés", "10_19"),
    ("sheet_headcount_id", "1 000 à 4 999", "1000_4999"),
    ("sheet_headcount_id", "1001-5000", "1000_4999"),
    ("sheet_headcount_id", "1,000 – 4,999", "1000_4999"),
    ("sheet_headcount_id", "plus de 10 000", "5000_more"),
    ("sheet_headcount_id", "10001+", "5000_more"),
    ("sheet_civility_id", "Madame", "mrs"),
    ("sheet_civility_id", "M.", "mr"),
    ("sheet_civility_id", "Maître", "maitre"),
    ("sheet_segment_id", "PME", "sme"),
    ("sheet_segment_id", "Large enterprise", "key_account"),
    ("sheet_segment_id", "Mairie", "public"),
    # what the import desk reads
    ("sheet_source_id", "notre site", "website"),
    ("sheet_source_id", "Salon de Lyon", "trade_fair"),
    ("sheet_source_id", "Referal", "referral"),
    ("sheet_civility_id", "Féminin", "mrs"),
    ("sheet_headcount_id", "15", "10_19"),
    ("sheet_headcount_id", "1 000", "1000_4999"),
    ("sheet_headcount_id", "10k", "5000_more"),
    ("sheet_headcount_id", "environ 30 pers.", "20_49"),
    ("sheet_headcount_id", "12.0", "10_19"),
    ("sheet_headcount_id", "5000+", "5000_more"),
    ("sheet_revenue_id", "12 000,50", "under_100k"),
    ("sheet_revenue_id", "250 000", "100k_500k"),
    ("sheet_revenue_id", "1.2M", "500k_2m"),
    ("sheet_revenue_id", "5 millions", "2m_10m"),
    ("sheet_revenue_id", "1 milliard", "200m_1500m"),
    ("sheet_revenue_id", "2 billion", "1500m_more"),
    ("sheet_revenue_id", "> 1.5 Md", "1500m_more"),
    ("sheet_legal_form_id", "Auto-entrepreneur", "fr_micro"),
    ("sheet_legal_form_id", "5710", "fr_sas"),
    ("sheet_professional_situation_id", "CDI", "permanent"),
    ("sheet_property_type_id", "Pavillon", "house"),
    ("sheet_region_id", "PACA", "fr_pac"),
    ("sheet_loyalty_level_id", "Platinium", "platinum"),
)
#: The same for fields that are no lists: Odoo's import reads them as the import desk does.
CHOSEN = (
    ("sheet_typology", "Particulier", "b2c"),
    ("sheet_typology", "entreprise", "b2b"),
    ("sheet_preferred_channel", "tél", "phone"),
    ("sheet_preferred_channel", "courriel", "email"),
    ("sheet_financing_validated", "oui", "yes"),
    ("sheet_eligibility", "N", "no"),
)


@tagged("post_install", "-at_install")
class TestSheetImportLists(SheetCase):
    """V5: an import understands a list value however it is written, where it is clear."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.fr")

    def load(self, names, *rows):
        leads = self.env["crm.lead"].with_user(self.manager).with_context(import_file=True)
        return leads.load(["name", *names], [["A", *row] for row in rows])

    def assertFound(self, result, name, code):
        self.assertFalse(result["messages"])
        self.assertEqual(self.env["crm.lead"].browse(result["ids"])[name].code, code)

    def test_a_form_of_several_countries_is_that_of_the_row_s_or_none(self):
        name = "sheet_legal_form_id"
        for country, text, code in (
            ("re", "SARL", "fr_sarl"),  # law of France
            ("gp", "EURL", "fr_eurl"),
            ("ch", "GmbH", "ch_sarl"),
            ("be", "BV", "be_srl"),
            ("be", "SRL", "be_srl"),
        ):
            result = self.load(["country_id/id", name], [f"base.{country}", text])
            self.assertFound(result, name, code)
        for country, text in (("de", "GmbH"), ("at", "GmbH"), ("nl", "B.V.")):
            result = self.load(["country_id/id", name], [f"base.{country}", text])
            self.assertFalse(result["ids"], (country, text))
            self.assertIn(text, result["messages"][0]["message"])

    def test_a_long_text_is_folded_without_delay(self):
        self.assertEqual(len(choice_name.fold_choice("1" * 100_000)), choice_name.LONGEST)

    def test_values_are_found_as_written(self):
        for name, text, code in WRITTEN:
            with self.subTest(text=text):
                self.assertFound(self.load([name], [text]), name, code)

    def test_choices_of_a_field_are_found_as_written(self):
        for name, text, value in CHOSEN:
            result = self.load([name], [text])
            self.assertFalse(result["messages"], (name, text))
            self.assertEqual(self.env["crm.lead"].browse(result["ids"])[name], value, text)
        self.assertTrue(self.load(["sheet_typology"], ["Martien"])["messages"])

    def test_the_country_of_the_row_says_which_form_is_meant(self):
        for country, code in (
            (("country_id", "Maroc"), "ma_sarl"),
            (("country_id/id", "base.ma"), "ma_sarl"),
            (("country_id/.id", str(self.env.ref("base.ch").id)), "ch_sarl"),
            (("country_id", "Luxembourg"), "lu_sarl"),
            (("country_id", ""), "fr_sarl"),  # the company's
        ):
            for text in ("SARL", "s.a.r.l.", "Sàrl", "Société à responsabilité limitée"):
                result = self.load([country[0], "sheet_legal_form_id"], [country[1], text])
                self.assertFound(result, "sheet_legal_form_id", code)

    def test_rows_of_several_countries_in_one_file(self):
        names = ["country_id/id", "sheet_legal_form_id"]
        result = self.load(names, ["base.fr", "SA"], ["base.ma", "SA"], ["base.be", "SA"])
        self.assertFalse(result["messages"])
        codes = self.env["crm.lead"].browse(result["ids"]).sheet_legal_form_id.mapped("code")
        self.assertEqual(codes, ["fr_sa", "ma_sa", "be_sa"])

    def test_what_may_be_several_is_refused_with_their_names(self):
        result = self.load(["country_id/id", "sheet_legal_form_id"], ["base.de", "SARL"])
        [message] = result["messages"]
        for name in ("SARL (FR)", "SARL (MA)", "SARL (LU)", "Sàrl (CH)"):
            self.assertIn(name, message["message"])

    def test_what_is_unknown_is_refused_with_the_choices(self):
        for name, text, choice in (
            ("sheet_source_id", "Horoscope", "Trade fair"),
            ("sheet_headcount_id", "50+", "50 to 99 employees"),
            ("sheet_headcount_id", "100 % remote", "No employee"),
        ):
            [message] = self.load([name], [text])["messages"]
            self.assertIn(text[:4], message["message"])
            self.assertIn(choice, message["message"])

    def test_an_administrator_adds_a_spelling(self):
        source = self.env.ref("crm_customer_sheet.option_source_partner")
        self.assertTrue(self.load(["sheet_source_id"], ["Rapporteur Zed"])["messages"])
        source.aliases = f"{source.aliases}; rapporteur zed"
        result = self.load(["sheet_source_id"], ["Rapporteur ZED"])
        self.assertFound(result, "sheet_source_id", "partner")
        found = self.env["customer.sheet.option"].with_context(sheet_option_kind="source")
        self.assertEqual(found.name_search("rapporteur zed")[0][0], source.id)

    def test_a_name_comes_before_other_spellings(self):
        options = self.env["customer.sheet.option"]
        options.create({"kind": "source", "code": "zed", "name": "Salon"})
        self.assertFound(self.load(["sheet_source_id"], ["salon"]), "sheet_source_id", "zed")

    def test_an_archived_value_is_not_found(self):
        self.env.ref("crm_customer_sheet.option_source_trade_fair").active = False
        self.assertTrue(self.load(["sheet_source_id"], ["salon"])["messages"])

    def test_a_name_in_another_language_is_found(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        source = self.env.ref("crm_customer_sheet.option_source_campaign")
        source.with_context(lang="nl_BE").name = "Reclameactie"
        result = self.load(["sheet_source_id"], ["reclameactie"])
        self.assertFound(result, "sheet_source_id", "campaign")

    def test_a_row_of_many_costs_no_query_each(self):
        self.load(["sheet_source_id"], ["site web"])  # warm
        options = self.env["customer.sheet.option"]
        with self.assertQueryCount(0):
            for _name, text, _code in WRITTEN[:8]:
                options._named("source", text, "FR")
