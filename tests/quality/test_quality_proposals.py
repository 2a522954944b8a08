from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import QualityCase


@tagged("post_install", "-at_install")
class TestQualityProposals(QualityCase):
    """C4: better ways to write a value are proposed; a person accepts, refuses, undoes."""

    def proposed(self, record):
        """Return ``{code: {field: value}}`` of the open proposals."""
        return {each["code"]: each["values"] for each in record.sudo().sheet_proposals or ()}

    def test_nothing_is_changed_by_itself(self):
        contact = self.contact(name="JEAN DUPONT", city="LYON", email="jean@gmial.com")
        self.assertEqual((contact.name, contact.city), ("JEAN DUPONT", "LYON"))
        self.assertEqual(contact.email, "jean@gmial.com")

    def test_names_places_and_contact_points_are_proposed(self):
        contact = self.contact(
            name="JEAN DUPONT",
            city="LYON",
            zip="F-69003",
            email="jean@gmial.com",
            phone="0142685300",
            vat="40303265045",
        )
        self.assertEqual(
            self.proposed(contact),
            {
                "person_name": {"name": "Jean Dupont"},
                "city": {"city": "Lyon"},
                "zip": {"zip": "69003"},
                "email": {"email": "jean@gmail.com"},
                "phone": {"phone": "+33 1 42 68 53 00"},
                "vat": {"vat": "FR40303265045"},
                "registry_of_vat": {"company_registry": "303265045"},
            },
        )

    def test_a_well_written_phone_is_left_alone_national_or_international(self):
        for phone in ("01 42 68 53 00", "+33 1 42 68 53 00"):
            self.assertFalse(self.proposed(self.contact(phone=phone)), phone)

    def test_a_legal_form_moves_from_the_name_to_its_field(self):
        company = self.contact(name="Garage Moulin SARL", is_company=True)
        form = self.env.ref("crm_customer_sheet.option_legal_form_fr_sarl")
        self.assertEqual(
            self.proposed(company)["legal_form"],
            {"name": "Garage Moulin", "sheet_legal_form_id": form.id},
        )
        company.sheet_apply_proposals("legal_form")
        self.assertEqual((company.name, company.sheet_legal_form_id), ("Garage Moulin", form))

    def test_a_lead_has_a_name_for_the_company_and_one_for_the_person(self):
        lead = self.lead(partner_name="garage moulin", contact_name="SOPHIE LAMBERT")
        self.assertEqual(
            self.proposed(lead),
            {
                "company_name": {"partner_name": "Garage Moulin"},
                "person_name": {"contact_name": "Sophie Lambert"},
            },
        )

    def test_what_was_typed_stays_in_the_chatter(self):
        contact = self.contact(name="JEAN DUPONT", city="LYON")
        former = contact.sheet_apply_proposals()
        self.assertEqual((contact.name, contact.city), ("Jean Dupont", "Lyon"))
        self.assertEqual(former, {contact.id: {"name": "JEAN DUPONT", "city": "LYON"}})
        note = contact.message_ids.filtered(lambda message: "Corrected" in message.body)
        self.assertIn("JEAN DUPONT → Jean Dupont", note.body)
        self.assertFalse(self.proposed(contact))

    def test_an_undone_correction_is_not_proposed_again(self):
        contact = self.contact(city="LYON")
        former = contact.sheet_apply_proposals("city")
        contact.sheet_undo_proposals(former[contact.id])
        self.assertEqual(contact.city, "LYON")
        self.assertFalse(self.proposed(contact))

    def test_a_refused_correction_comes_back_only_for_another_value(self):
        contact = self.contact(city="LYON")
        contact.sheet_keep("city")
        self.assertFalse(self.proposed(contact))
        contact.city = "NANTES"
        self.assertEqual(self.proposed(contact), {"city": {"city": "Nantes"}})

    def test_a_selection_is_corrected_at_once(self):
        contacts = (
            self.contact(city="LYON") | self.contact(city="Nantes") | self.contact(city="LILLE")
        )
        action = contacts.action_sheet_apply_proposals()
        self.assertEqual(contacts.mapped("city"), ["Lyon", "Nantes", "Lille"])
        self.assertIn("Sheets corrected: 2", action["params"]["message"])

    def test_corrections_need_the_right_to_edit(self):
        lead = self.lead(user=self.rival, user_id=self.rival.id, city="LYON")
        with self.assertRaises(AccessError):
            lead.with_user(self.rep).sheet_apply_proposals()
        with self.assertRaises(AccessError):
            lead.with_user(self.rep).sheet_keep()

    def test_undo_writes_nothing_but_corrections(self):
        with self.assertRaises(UserError):
            self.contact().sheet_undo_proposals({"user_id": self.rival.id})

    def test_words_for_the_form(self):
        contact = self.contact(email="jean@gmial.com", phone="0142685300")
        checks = contact.sheet_checks
        email, phone = checks["fields"]["email"], checks["fields"]["phone"]
        self.assertEqual(email["reason"], "The domain looks mistyped")
        self.assertEqual(email["suggestion"], "jean@gmail.com")
        self.assertEqual(phone["details"], ["+33 1 42 68 53 00", "landline", "France"])
        self.assertEqual(
            checks["proposals"][0]["changes"][0],
            {
                "field": "email",
                "label": "Email",
                "before": "jean@gmial.com",
                "after": "jean@gmail.com",
                "id": False,
            },
        )

    def test_words_are_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        contact = self.contact(email="jean@gmial.com").with_context(lang="fr_FR")
        reason = contact.sheet_checks["fields"]["email"]["reason"]
        self.assertNotEqual(reason, "The domain looks mistyped")

    def test_a_value_is_judged_while_it_is_typed(self):
        contacts = self.env["res.partner"].with_user(self.rep)
        said = contacts.sheet_check_typed("phone", "0612", self.france.id)
        self.assertEqual((said["status"], said["reason"]), ("invalid", "Too short"))
        self.assertEqual(said["example"], "06 12 34 56 78")
        empty = contacts.sheet_check_typed("phone", "", self.morocco.id)
        self.assertEqual((empty["status"], bool(empty["example"])), (False, True))
        self.assertFalse(contacts.sheet_check_typed("name", "Ada"))

    def example_for(self, user, lang, country):
        """Return the example of a phone that a user reads where the record has no country."""
        self.env["res.lang"]._activate_lang(lang)
        user.company_id.sudo().partner_id.country_id = country
        contacts = self.env["res.partner"].with_user(user).with_context(lang=lang)
        return contacts.sheet_check_typed("phone", "")["example"]

    def test_the_example_is_of_the_country_of_the_user(self):
        america = self.env.ref("base.us")
        self.assertEqual(self.example_for(self.rep, "fr_FR", america), "+33 6 12 34 56 78")
        self.assertEqual(self.example_for(self.rep, "en_US", self.france), "06 12 34 56 78")
        here = self.example_for(self.rep, "fr_FR", self.morocco)
        self.assertEqual(here, self.example_for(self.rep, "en_US", self.morocco))
        self.rep.partner_id.sudo().country_id = self.france
        self.assertEqual(self.example_for(self.rep, "en_US", america), "+33 6 12 34 56 78")

    def test_an_example_of_another_country_is_understood_as_it_is_typed(self):
        america = self.env.ref("base.us")
        example = self.example_for(self.rep, "fr_FR", america)
        contacts = self.env["res.partner"].with_user(self.rep)
        self.assertEqual(contacts.sheet_check_typed("phone", example)["status"], "valid")

    def test_only_sheet_users_may_ask(self):
        with self.assertRaises(AccessError):
            self.env["res.partner"].with_user(self.outsider).sheet_check_typed("phone", "0612")
