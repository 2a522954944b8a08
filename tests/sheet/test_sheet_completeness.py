from odoo.tests import Form, tagged, users

from .common import SheetCase


@tagged("post_install", "-at_install")
class TestSheetCompleteness(SheetCase):
    """C1, C5: the score is the weighted share of what counts now and is really answered."""

    def test_exactly_five_questions_count_on_a_new_lead(self):
        lead = self.lead(user_id=False)
        self.assertEqual(
            set(lead._sheet_answer_states()[lead.id]),
            {"name", "email", "product", "source", "owner"},
        )
        self.assertEqual(lead.sheet_completeness, 0)

    @users("sheet_rep")
    def test_a_lead_with_the_five_answers_is_complete(self):
        lead = self.lead(
            contact_name="Salma Bennani",
            email_from="s.bennani@atlas-meca.ma",
            sheet_product_id=self.product.id,
            sheet_source_id=self.source.id,
        )
        self.assertEqual(lead.sheet_completeness, 100)
        self.assertFalse(lead.sheet_missing)

    def test_more_counts_from_a_stage_on(self):
        lead = self.lead(phone="+33 1 42 68 53 00")
        before = set(lead._sheet_answer_states()[lead.id])
        lead.stage_id = self.qualified
        states = lead._sheet_answer_states()[lead.id]
        self.assertLessEqual(before | {"phone", "need", "budget", "deadline"}, set(states))
        self.assertIn("deadline", lead.sheet_missing)
        self.assertNotIn("phone", lead.sheet_missing)

    def test_weights_decide_the_share(self):
        self.only(
            self.question("heavy", lead=["phone"], lead_required="creation", weight=3),
            self.question("light", lead=["city"], lead_required="creation", weight=1),
        )
        self.assertEqual(self.lead(phone="+33142685300").sheet_completeness, 75)
        lead = self.lead(city="Lyon")
        self.assertEqual((lead.sheet_completeness, lead.sheet_missing), (25, ["heavy"]))

    def test_any_of_several_fields_answers(self):
        self.only(self.question("q", lead=["phone", "email_from"], lead_required="creation"))
        self.assertEqual(self.lead(email_from="a.durand@nestor.fr").sheet_completeness, 100)

    def test_missing_is_listed_most_useful_first(self):
        self.only(
            self.question("low", lead=["city"], lead_required="creation", weight=1),
            self.question("high", lead=["phone"], lead_required="creation", weight=5),
        )
        self.assertEqual(self.lead().sheet_missing, ["high", "low"])

    def test_filler_does_not_count(self):
        self.only(self.question("town", lead=["city"], lead_required="creation"))
        for text in ("N/A", "xxx", "0000", "azerty", "   ", "à définir"):
            lead = self.lead(city=text)
            self.assertEqual(lead.sheet_completeness, 0, text)

    def test_a_written_value_counts_at_once(self):
        self.only(self.question("town", lead=["city"], lead_required="creation"))
        lead = self.lead()
        lead.city = "Lyon"
        self.assertEqual(lead.sheet_completeness, 100)
        lead.city = False
        self.assertEqual(lead.sheet_completeness, 0)

    def test_an_answer_that_odoo_copies_from_the_contact_counts(self):
        self.only(self.question("mail", lead=["email_from"], lead_required="creation"))
        partner = self.env["res.partner"].create({"name": "Ada", "email": "ada@nestor.fr"})
        lead = self.lead()
        lead.partner_id = partner
        self.assertEqual(lead.sheet_completeness, 100)

    def test_a_field_that_the_stock_module_never_computes_counts_too(self):
        self.only(self.question("ref", lead=["referred"], lead_required="creation"))
        lead = self.lead()
        lead.referred = "Jean Dupont"
        self.assertEqual(lead.sheet_completeness, 100)

    def test_the_score_follows_the_typing(self):
        with Form(self.env["crm.lead"].with_user(self.rep)) as form:
            form.name = "Request"
            before = form.sheet_completeness
            form.email_from = "s.bennani@atlas-meca.ma"
            self.assertGreater(form.sheet_completeness, before)
            self.assertNotIn("email", form.sheet_missing)

    def test_typology_narrows_the_questions(self):
        self.only(
            self.question("b2b", lead=["city"], lead_required="creation", typology="b2b"),
            self.question("all", lead=["phone"], lead_required="creation"),
        )
        person, company = self.lead(), self.lead(partner_name="Atlas Meca")
        self.assertEqual((person.sheet_typology, person.sheet_missing), ("b2c", ["all"]))
        self.assertEqual((company.sheet_typology, company.sheet_missing), ("b2b", ["b2b", "all"]))

    def test_sector_narrows_the_questions(self):
        saas = self.env.ref("crm_customer_sheet.option_sector_saas")
        self.only(
            self.question("tools", lead=["city"], lead_required="creation", sector_ids=saas.ids)
        )
        lead = self.lead()
        self.assertEqual(lead.sheet_completeness, 100)
        lead.sheet_sector = "saas"
        self.assertEqual(lead.sheet_missing, ["tools"])

    def test_company_narrows_the_questions(self):
        other = self.env["res.company"].create({"name": "Other company"})
        self.only(self.question("q", lead=["city"], lead_required="creation", company_id=other.id))
        mine = self.env["crm.lead"].create({"name": "Mine", "company_id": self.env.company.id})
        theirs = self.env["crm.lead"].create({"name": "Theirs", "company_id": other.id})
        self.assertEqual((mine.sheet_completeness, theirs.sheet_completeness), (100, 0))

    def test_company_questions_are_asked_of_companies(self):
        self.only(
            self.question("tax", partner=["vat"], contact_required="creation", level="company"),
            self.question("job", partner=["function"], contact_required="creation", level="person"),
        )
        company = self.env["res.partner"].create({"name": "Atlas Meca", "is_company": True})
        person = self.env["res.partner"].create({"name": "Salma", "parent_id": company.id})
        self.assertEqual((company.sheet_missing, person.sheet_missing), (["tax"], ["job"]))

    def test_a_company_can_be_reached_through_its_main_contact(self):
        self.only(self.question("mail", partner=["email"], contact_required="creation"))
        company = self.env["res.partner"].create({"name": "Atlas Meca", "is_company": True})
        self.assertEqual(company.sheet_missing, ["mail"])
        person = self.env["res.partner"].create({"name": "Salma", "parent_id": company.id})
        self.assertEqual(company.sheet_main_contact_id, person)
        person.email = "salma@atlas-meca.ma"
        self.assertEqual(company.sheet_completeness, 100)
        company._sheet_refresh(company.id - 1, 1)
        self.assertEqual(company.sheet_completeness, 100)
        person.email = "test@test.fr"
        self.assertEqual(company.sheet_missing, ["mail"])
        self.assertEqual(company.sheet_gaps["items"][0]["fields"], ["email"])

    def test_people_inherit_typology_and_sector_from_their_company(self):
        company = self.env["res.partner"].create({"name": "Atlas Meca", "is_company": True})
        person = self.env["res.partner"].create({"name": "Salma", "parent_id": company.id})
        self.assertEqual(person.sheet_typology, "b2b")
        company.sheet_sector = "industry"
        self.assertEqual(person.sheet_sector, "industry")

    def test_the_first_sale_makes_customer_questions_count(self):
        self.only(self.question("tax", partner=["vat"], contact_required="customer"))
        partner = self.env["res.partner"].create({"name": "Ada", "user_id": self.rep.id})
        lead = self.lead(partner_id=partner.id)
        self.assertEqual(partner.sheet_completeness, 100)
        lead.with_user(self.rep).action_set_won()
        self.assertEqual((partner.sheet_maturity, partner.sheet_missing), ("new", ["tax"]))

    def test_our_own_users_and_addresses_carry_no_sheet(self):
        company = self.env["res.partner"].create({"name": "Atlas Meca", "is_company": True})
        address = self.env["res.partner"].create(
            {"name": "Depot", "parent_id": company.id, "type": "delivery"}
        )
        for partner in (self.rep.partner_id, address):
            self.assertIs(partner.sheet_completeness, False)
            self.assertFalse(partner.sheet_reference)
            self.assertIs(partner.sheet_gaps, False)

    def test_which_contacts_carry_a_sheet_is_a_setting(self):
        self.env["res.config.settings"].create(
            {"sheet_domain": "[('is_company', '=', True)]"}
        ).execute()
        person = self.env["res.partner"].create({"name": "Ada"})
        self.assertIs(person.sheet_completeness, False)
        person.is_company = True
        self.assertIsNot(person.sheet_completeness, False)

    def test_gaps_tell_what_the_next_stage_asks(self):
        lead = self.lead(email_from="test@test.fr", contact_name="Ada", stage_id=self.new.id)
        gaps = lead.with_user(self.rep).sheet_gaps
        now = [item for item in gaps["items"] if item["now"]]
        later = [item for item in gaps["items"] if not item["now"]]
        self.assertEqual(gaps["missing"], len(now))
        self.assertEqual({item["stage"] for item in later}, {self.qualified.name})
        [email] = [item for item in now if item["code"] == "email"]
        self.assertEqual((email["state"], email["value"]), ("placeholder", "test@test.fr"))
        self.assertEqual(email["fields"], ["email_from"])

    def test_gaps_speak_the_language_of_the_user(self):
        self.questions.search([("code", "=", "email")]).with_context(lang="fr_FR").name = "Courriel"
        lead = self.lead().with_context(lang="fr_FR")
        self.assertIn("Courriel", [item["label"] for item in lead.sheet_gaps["items"]])
