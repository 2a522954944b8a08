from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..upkeep import do_chore
from .common import ConsentCase

#: A Tuesday, 11 o'clock in Paris.
OFFICE_HOURS = datetime(2026, 11, 24, 10, 0)


@tagged("post_install", "-at_install")
class TestConsentDoor(ConsentCase):
    """One door for every contact, with its reasons in words (D3, D5)."""

    def why(self, record, purpose="prospecting", channel="email", when=None):
        return " ".join(record.can_contact(purpose, channel, when)["reasons"])

    def test_a_consumer_is_written_to_only_after_consent(self):
        contact = self.contact()
        self.assertFalse(self.may(contact))
        self.assertIn("No consent", self.why(contact))
        event = self.decide(contact, "given")
        answer = contact.can_contact("prospecting", "email")
        self.assertTrue(answer["allowed"])
        self.assertEqual(answer["event_hash"], event.hash)

    def test_a_professional_may_be_written_to_until_they_object(self):
        contact = self.contact(sheet_typology="b2b")
        self.assertTrue(self.may(contact))
        self.assertIn("Legitimate interest", self.why(contact))
        self.decide(contact, "objected")
        self.assertFalse(self.may(contact))
        self.assertIn("Objection of", self.why(contact))

    def test_what_a_contract_needs_asks_for_no_consent(self):
        contact = self.contact()
        self.decide(contact, "objected")
        self.assertTrue(self.may(contact, purpose="customer"))

    def test_an_objection_follows_the_address_to_a_new_lead(self):
        self.decide(self.contact(email="Gus@Example.fr"), "objected")
        lead = self.lead(email_from="gus@example.fr", sheet_typology="b2b")
        self.assertFalse(self.may(lead))
        self.assertIn("another sheet", self.why(lead))
        self.assertIn("No consent", self.why(lead, purpose="newsletter"))

    def test_somebody_who_comes_back_later_is_welcome(self):
        self.decide(self.contact(), "objected", effective_at=datetime(2026, 1, 1))
        lead = self.lead()
        self.decide(lead, "given", method="double_opt_in", actor_kind="subject")
        self.assertTrue(self.may(lead))

    def test_the_blacklist_is_a_hard_stop_for_marketing(self):
        contact = self.contact()
        self.decide(contact, "given")
        self.env["mail.blacklist"].sudo()._add("ada@example.fr")
        self.assertFalse(self.may(contact))
        self.assertIn("do-not-contact", self.why(contact))
        self.assertTrue(self.may(contact, purpose="customer"))

    def test_an_objection_follows_a_number_kept_with_another_code(self):
        """V3: +33 596 and +596 596 are one number; events keep the hash of the former form."""
        former = self.contact(phone="0596 61 22 33")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET phone_sanitized = '+33596612233' WHERE id = %s", [former.id]
        )
        former.invalidate_recordset()
        self.decide(former, "objected", channel="phone")
        lead = self.lead(phone="+33 (0)5 96 61 22 33")
        self.assertIn("another sheet", self.why(lead, channel="phone"))
        other = self.lead(phone="+596 596 61 22 34")
        self.assertNotIn("another sheet", self.why(other, channel="phone"))

    def test_without_an_address_nobody_can_be_written_to(self):
        contact = self.contact(email=False)
        self.assertIn("No valid e-mail address", self.why(contact, purpose="customer"))

    def test_a_consent_runs_out(self):
        contact = self.contact()
        rule = contact._sheet_consent_rule(
            self.env["customer.sheet.consent.purpose"]._by_code("prospecting"), "email"
        )
        rule.validity_months = 12
        event = self.decide(contact, "given", effective_at=datetime(2025, 1, 31))
        self.assertEqual(event.expires_at, datetime(2026, 1, 31))
        self.assertFalse(self.may(contact))
        self.assertIn("ran out", self.why(contact))
        do_chore(self, "consent_expired")
        self.assertEqual(self.standing(contact), ["expired"])
        self.assertFalse(self.may(contact))

    def test_calls_to_consumers_need_more_than_an_old_list(self):
        contact = self.contact()
        self.decide(contact, "given", channel="phone", method="import")
        self.assertFalse(self.may(contact, channel="phone", when=OFFICE_HOURS))
        self.assertIn("too weak", self.why(contact, channel="phone", when=OFFICE_HOURS))
        self.decide(contact, "given", channel="phone", method="web_form", actor_kind="subject")
        self.assertTrue(self.may(contact, channel="phone", when=OFFICE_HOURS))

    def test_consumers_are_called_within_legal_hours(self):
        contact = self.contact()
        self.decide(contact, "given", channel="phone", method="web_form")
        for hours, allowed in ((10, True), (12.5, False), (19.5, False), (8, False)):
            when = datetime(2026, 11, 24) + timedelta(hours=hours)  # Paris is one hour ahead
            self.assertEqual(self.may(contact, channel="phone", when=when), allowed, hours)
        saturday = OFFICE_HOURS + timedelta(days=4)
        self.assertIn("legal hours", self.why(contact, channel="phone", when=saturday))

    def test_public_holidays_are_no_days_to_call(self):
        contact = self.contact()
        self.decide(contact, "given", channel="phone", method="web_form")
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Bank holiday",
                "calendar_id": self.env.company.resource_calendar_id.id,
                "date_from": datetime(2026, 11, 23, 23, 0),
                "date_to": datetime(2026, 11, 24, 22, 59),
            }
        )
        self.assertFalse(self.may(contact, channel="phone", when=OFFICE_HOURS))

    def test_calls_are_counted_over_the_contact_and_its_leads(self):
        contact = self.contact()
        self.decide(contact, "given", channel="phone", method="web_form")
        lead = self.lead(partner_id=contact.id)
        call, note = self.env.ref("mail.mail_activity_data_call").id, "Called"
        for record in (contact, contact, lead, lead):
            message = record.sudo().message_post(body=note, mail_activity_type_id=call)
            message.date = OFFICE_HOURS - timedelta(days=3)
        self.env.flush_all()
        for record in (lead, contact):
            self.assertIn("Called 4 times", self.why(record, channel="phone", when=OFFICE_HOURS))
        later = OFFICE_HOURS + timedelta(days=28)
        self.assertTrue(self.may(lead, channel="phone", when=later))

    def test_a_list_is_judged_in_a_fixed_number_of_queries(self):
        def queries(count):
            people = self.env["crm.lead"].create(
                [
                    {"name": "R", "email_from": f"l{count}_{n}@example.fr", "sheet_typology": "b2c"}
                    for n in range(count)
                ]
            )
            self.decide(people, "given", method="import")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            people._can_contact_batch("prospecting", "phone")
            return self.env.cr.sql_log_count - before

        queries(2)
        self.assertLessEqual(queries(200) - queries(20), 1)

    def test_the_block_of_a_sheet_reads_all_rules_of_law_at_once(self):
        contact = self.contact()
        self.decide(contact, "given")
        contact.web_read({"sheet_consents": {}})
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            contact.web_read({"sheet_consents": {}})

    def test_an_unknown_purpose_is_named(self):
        with self.assertRaisesRegex(UserError, "prospectin"):
            self.contact().can_contact("prospectin", "email")

    def test_only_sheet_users_may_ask(self):
        with self.assertRaises(AccessError):
            self.contact().with_user(self.outsider).can_contact("prospecting", "email")

    def test_a_decision_answers_the_question_of_the_catalogue(self):
        contact = self.contact()
        self.assertIn("prospecting_consent", contact.sheet_missing)
        before = contact.sheet_completeness
        self.decide(contact, "refused")
        self.assertNotIn("prospecting_consent", contact.sheet_missing or [])
        self.assertGreater(contact.sheet_completeness, before)

    def test_ten_thousand_old_consents_do_not_unlock_calls(self):
        self.env.cr.execute(
            "INSERT INTO res_partner (name, phone_sanitized, country_id, sheet_typology, active,"
            " type) SELECT 'P' || n, '+336' || 10000000 + n, %s, 'b2c', TRUE, 'contact'"
            " FROM generate_series(1, 10000) n RETURNING id",
            [self.france.id],
        )
        people = self.env["res.partner"].browse(row[0] for row in self.env.cr.fetchall())
        self.decide(people, "given", channel="phone", method="import", label="Old CRM")
        answers = people._can_contact_batch("prospecting", "phone", OFFICE_HOURS)
        self.assertEqual(sum(answer["allowed"] for answer in answers.values()), 0)
        self.assertEqual(self.standing(people[0], channel="phone"), ["given"])
