from freezegun import freeze_time

from odoo.tests import tagged

from .common import ConsentCase

#: A Tuesday, late in the morning in France.
TUESDAY = "2026-11-24 10:00:00"
SUNDAY = "2026-11-22 10:00:00"


@tagged("post_install", "-at_install")
@freeze_time(TUESDAY)
class TestConsentMay(ConsentCase):
    """Beside each number and address a form says in a word whether one may use it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env.company.resource_calendar_id.tz = "Europe/Paris"

    def words(self, record, values=None, lang="en_US", tz="Europe/Paris"):
        self.env.flush_all()
        record = record.with_user(self.rep).with_context(lang=lang, tz=tz)
        return record.sheet_glance(values)["sheet_consents"]["may"]

    def test_a_consumer_is_asked_first(self):
        may = self.words(self.contact())
        self.assertEqual((may["email"]["state"], may["email"]["label"]), ("ask", "ask first"))
        self.assertIn("the law asks for it", may["email"]["reasons"][0])

    def test_who_agreed_may_be_written_to(self):
        contact = self.contact()
        self.decide(contact, "given", method="double_opt_in")
        may = self.words(contact)
        self.assertEqual((may["email"]["state"], may["email"]["label"]), ("yes", "yes"))
        self.assertIs(may["email"]["until"], False)

    def test_who_refused_is_named_with_the_day(self):
        contact = self.contact()
        self.decide(contact, "objected", channel="phone")
        may = self.words(contact)["phone"]
        self.assertEqual((may["state"], may["label"]), ("refused", "refused 11/24/2026"))
        self.assertIn("24/11/2026", self.words(contact, lang="fr_FR")["phone"]["label"])

    def test_without_an_address_there_is_nothing_to_say(self):
        self.assertIs(self.words(self.contact(phone=False))["phone"], False)

    def test_hours_on_the_clock_of_whoever_calls(self):
        contact = self.contact()
        self.decide(contact, "given", channel="phone", method="double_opt_in")
        may = self.words(contact)["phone"]
        self.assertEqual((may["state"], may["until"]), ("yes", "1:00 PM"))
        self.assertEqual(self.words(contact, tz="UTC")["phone"]["until"], "12:00 PM")
        with freeze_time(SUNDAY):
            may = self.words(contact)["phone"]
            self.assertEqual(
                (may["state"], may["label"], may["until"]), ("limited", "not now", False)
            )

    def test_the_list_of_numbers_not_to_call(self):
        company = self.contact(sheet_typology="b2b", is_company=True)
        self.env["phone.blacklist"].add(company.phone_sanitized)
        may = self.words(company)["phone"]
        self.assertEqual((may["state"], may["label"]), ("refused", "refused 11/24/2026"))

    def test_what_the_law_forbids(self):
        contact = self.contact()
        rules = self.env["customer.sheet.consent.rule"].search(
            [("channel", "in", ("email", "any"))]
        )
        rules.requirement = "forbidden"
        may = self.words(contact)["email"]
        self.assertEqual((may["state"], may["label"]), ("refused", "not allowed"))

    def test_a_refusal_follows_the_address_into_a_new_record(self):
        contact = self.contact()
        self.decide(contact, "objected")
        for values in (
            {"name": "New", "email_from": "ADA@example.fr", "country_id": self.france.id},
            {"name": "New", "email_from": "ada@example.fr"},
        ):
            may = self.words(self.env["crm.lead"], values)
            self.assertEqual(may["email"]["label"], "refused 11/24/2026")
            self.assertIn("on another sheet", may["email"]["reasons"][0])
        may = self.words(self.env["crm.lead"], {"name": "New", "email_from": "eve@example.fr"})
        self.assertEqual(may["email"]["state"], "ask")

    def test_a_refusal_is_that_of_the_address_being_typed(self):
        self.decide(self.contact(email="eve@example.fr"), "objected")
        lead = self.lead()
        self.assertEqual(self.words(lead)["email"]["state"], "ask")
        self.assertEqual(
            self.words(lead, {"email_from": "eve@example.fr"})["email"]["state"], "refused"
        )

    def test_calls_are_counted(self):
        contact = self.contact()
        self.decide(contact, "given", channel="phone", method="double_opt_in")
        call = self.env.ref("mail.mail_activity_data_call")
        lead = self.lead(partner_id=contact.id)
        for record in (contact, contact, lead, lead):
            record.message_post(mail_activity_type_id=call.id)
        self.assertEqual(self.words(contact)["phone"]["state"], "limited")
        self.assertEqual(
            self.words(contact)["phone"]["reasons"],
            contact.can_contact("prospecting", "phone")["reasons"],
        )
