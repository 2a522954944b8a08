from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import QualityCase


@tagged("post_install", "-at_install")
class TestQualityStatus(QualityCase):
    """A11, C3: each contact point and company id says whether it can be trusted, and why."""

    def test_an_invalid_email_marks_the_contact_and_blocks_nothing(self):
        contact = self.contact(email="ada@atlas")
        self.assertStatus(contact, "email", "invalid", "no_dot")
        self.assertEqual(contact.email, "ada@atlas")

    def test_an_address_is_unchecked_until_its_domain_has_been_looked_up(self):
        self.assertStatus(self.contact(email="ada@atlas-meca.ma"), "email", "unchecked")

    def test_a_domain_that_receives_mail_makes_the_address_valid(self):
        self.knows("atlas-meca.ma", mx="found")
        self.assertStatus(self.contact(email="ada@atlas-meca.ma"), "email", "valid")

    def test_a_domain_without_mail_server_makes_the_address_invalid(self):
        self.knows("atlas-meca.ma", mx="none")
        self.assertStatus(
            self.contact(email="ada@atlas-meca.ma"), "email", "invalid", "no_mail_server"
        )

    def test_a_throw_away_address_is_doubtful(self):
        self.assertStatus(self.contact(email="ada@yopmail.com"), "email", "doubtful", "disposable")

    def test_the_administrator_decides_which_domains_are_throw_away(self):
        contact = self.contact(email="ada@yopmail.com")
        domain = self.domains.search([("name", "=", "yopmail.com")])
        domain.with_user(self.steward).kind = "ordinary"
        self.assertStatus(contact, "email", "unchecked")
        self.domains.with_user(self.steward).create({"name": "@Jetable.FR", "kind": "disposable"})
        self.assertStatus(self.contact(email="a@jetable.fr"), "email", "doubtful", "disposable")

    def test_an_update_does_not_bring_the_administrators_domains_back(self):
        domain = self.domains.search([("name", "=", "yopmail.com")])
        domain.kind = "ordinary"
        self.domains._load_shipped()
        self.assertEqual(domain.kind, "ordinary")

    def test_mail_that_came_back_makes_the_address_invalid_until_it_changes(self):
        self.knows("atlas-meca.ma", mx="found")
        contact = self.contact(email="ada@atlas-meca.ma")
        contact.sudo()._message_receive_bounce(contact.email, contact)
        self.assertStatus(contact, "email", "invalid", "bounced")
        contact.email = "ada.b@atlas-meca.ma"
        self.assertStatus(contact, "email", "valid")

    def test_a_lead_without_a_contact_is_checked_too(self):
        lead = self.lead(email_from="ada@atlas", phone="0612", sheet_vat="FR00303265045")
        self.assertStatus(lead, "email", "invalid", "no_dot")
        self.assertStatus(lead, "phone", "invalid", "too_short")
        self.assertStatus(lead, "vat", "invalid", "wrong_check_digit")

    def test_both_phones_have_their_own_status(self):
        contact = self.contact(phone="0612", sheet_phone2="+212 661-234567")
        self.assertStatus(contact, "phone", "invalid", "too_short")
        self.assertStatus(contact, "phone2", "valid")

    def test_the_country_of_the_record_comes_before_that_of_the_company(self):
        self.env.company.country_id = self.belgium
        contact = self.contact(phone="0661234567", country_id=self.morocco.id)
        self.assertStatus(contact, "phone", "valid")

    def test_a_vat_number_of_another_siren_makes_both_doubtful(self):
        contact = self.contact(
            is_company=True, company_registry="732 829 320 00074", vat="FR40303265045"
        )
        self.assertStatus(contact, "registry", "doubtful", "siren_differs")
        self.assertStatus(contact, "vat", "doubtful", "siren_differs")

    def test_the_ids_of_a_company_are_not_counted_again_on_its_people(self):
        company = self.contact(is_company=True, company_registry="732829321")
        person = self.contact(parent_id=company.id)
        self.assertStatus(company, "registry", "invalid", "wrong_check_digit")
        self.assertStatus(person, "registry", False)

    def test_a_value_that_is_taken_away_has_no_status(self):
        contact = self.contact(email="ada@atlas", phone="0612")
        contact.write({"email": False, "phone": False})
        self.assertStatus(contact, "email", False)
        self.assertStatus(contact, "phone", False)

    def test_valid_ids_are_stored_without_separators(self):
        contact = self.contact(company_registry="732 829 320 00074", vat="FR 40 303 265 045")
        self.assertEqual(contact.company_registry, "73282932000074")
        self.assertEqual(contact.vat, "FR40303265045")
        contact.company_registry = "303.265.045"
        self.assertEqual(contact.company_registry, "303265045")

    def test_nothing_else_than_separators_is_taken_out_of_an_id(self):
        for typed in ("RCS Paris 732 829 320", "732 829 321", "N/A"):
            self.assertEqual(self.contact(company_registry=typed).company_registry, typed)

    def test_values_given_as_records_are_accepted(self):
        contact = self.contact(country_id=self.morocco.id)
        contact.write({"country_id": self.france, "vat": "FR 40 303 265 045"})
        self.assertEqual(contact.vat, "FR40303265045")

    # -- the sheet -----------------------------------------------------------

    def test_a_doubtful_value_makes_the_sheet_doubtful(self):
        self.assertEqual(self.contact(email="ada@yopmail.com").sheet_status, "doubtful")
        self.assertEqual(self.contact(phone="01 42 68 53 00").sheet_status, "unchecked")

    def test_verified_by_phone_in_one_click(self):
        contact = self.contact(email="ada@yopmail.com")
        with freeze_time("2026-11-24 10:00:00"):
            contact.action_sheet_verify()
        self.assertEqual(contact.sheet_status, "verified")
        self.assertEqual(contact.sheet_verified_by_id, self.rep)
        self.assertEqual(contact.sheet_verified_how, "phone")
        self.assertEqual(str(contact.sheet_verified_on), "2026-11-24 10:00:00")
        self.assertIn("By phone", contact.message_ids[0].body)

    def test_what_cannot_work_cannot_be_verified(self):
        contact = self.contact(phone="0612")
        with self.assertRaisesRegex(UserError, "Phone.*Too short"):
            contact.action_sheet_verify()

    def test_a_changed_value_takes_the_verification_back(self):
        contact = self.contact(email="ada@atlas-meca.ma")
        contact.action_sheet_verify()
        contact.write({"email": "ada@atlas-meca.ma", "function": "Buyer"})
        self.assertEqual(contact.sheet_status, "verified", "same value, other field")
        contact.email = "ada@atlas.ma"
        self.assertEqual(contact.sheet_status, "unchecked")
        self.assertFalse(contact.sheet_verified_by_id)

    def test_the_same_id_typed_with_spaces_leaves_the_verification(self):
        company = self.contact(is_company=True, company_registry="73282932000074")
        company.action_sheet_verify()
        company.company_registry = "732 829 320 00074"
        self.assertEqual(company.sheet_status, "verified")

    def test_a_verified_sheet_is_doubtful_once_its_address_proves_dead(self):
        contact = self.contact(email="ada@atlas-meca.ma")
        contact.action_sheet_verify()
        contact.sudo()._message_receive_bounce(contact.email, contact)
        self.assertEqual(contact.sheet_status, "doubtful")

    def test_a_rep_cannot_verify_what_they_may_not_edit(self):
        lead = self.lead(user=self.rival, user_id=self.rival.id)
        with self.assertRaises(AccessError):
            lead.with_user(self.rep).action_sheet_verify()
        with self.assertRaises(AccessError):
            self.contact().with_user(self.outsider).action_sheet_verify()

    def test_results_cannot_be_written_by_hand(self):
        contact = self.contact(email="ada@atlas")
        forged = {
            "sheet_email_status": "valid",
            "sheet_status": "verified",
            "sheet_verified_by_id": self.steward.id,
            "sheet_verified_on": "2026-01-01",
        }
        contact.write(forged)
        created = self.contact(email="ada@atlas", **forged)
        for each in (contact, created):
            self.assertStatus(each, "email", "invalid", "no_dot")
            self.assertEqual(each.sheet_status, "doubtful")
            self.assertFalse(each.sheet_verified_by_id)

    # -- the score -------------------------------------------------------------

    def test_an_invalid_value_counts_as_missing_and_a_doubtful_one_as_answered(self):
        self.assertIn("email", self.contact(email="ada@atlas").sheet_missing)
        self.assertNotIn("email", self.contact(email="ada@yopmail.com").sheet_missing or ())

    def test_a_good_second_phone_answers_for_a_bad_first_one(self):
        contact = self.contact(phone="0612", sheet_phone2="01 42 68 53 00")
        self.assertNotIn("phone", contact.sheet_missing or ())
        contact.sheet_phone2 = "0613"
        self.assertIn("phone", contact.sheet_missing)

    def test_a_company_is_not_reached_through_an_invalid_address_of_its_main_contact(self):
        company = self.contact(is_company=True, name="Atlas")
        person = self.contact(parent_id=company.id, email="ada@yopmail.com")
        company.sheet_main_contact_id = person
        self.assertNotIn("email", company.sheet_missing or ())
        person.email = "ada@atlas"
        self.assertIn("email", company.sheet_missing)

    def test_the_ring_flags_what_is_doubtful(self):
        gaps = self.contact(email="ada@yopmail.com").sheet_gaps
        [flag] = gaps["flags"]
        self.assertEqual((flag["code"], flag["reason"]), ("email", "Throw-away address"))
        self.assertNotIn("email", [item["code"] for item in gaps["items"]])
