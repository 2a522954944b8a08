from odoo.tests import tagged

from .intake_common import IntakeCase

COLUMNS = ("name", "email", "phone", "company_name", "function", "write_date", "user_id")


@tagged("post_install", "-at_install")
class TestLandingKnown(IntakeCase):
    """Nobody who fills in a form changes what is known of a customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.env["res.partner"].create(
            {
                "name": cls.ada["name"],
                "company_name": cls.ada["company"],
                "email": cls.ada["email"],
                "phone": "+33 1 42 68 53 00",
                "user_id": cls.rep.id,
            }
        )
        cls.env["res.partner"]._sheet_match_store(cls.contact.ids)
        cls.env.flush_all()

    def known(self):
        self.env.flush_all()
        return self.contact.read(COLUMNS)

    def test_a_contact_is_proposed_what_is_new(self):
        before = self.known()
        values = {**self.ada, "phone": "+33 1 42 68 53 00", "headcount": "10_19"}
        sent = self.landed(values)
        self.assertEqual(
            (sent.partner_id, sent.lead_id.id, sent.state), (self.contact, False, "landed")
        )
        proposals = self.contact.sheet_proposal_ids
        self.assertEqual(proposals.question_id.mapped("code"), ["headcount"])
        self.assertEqual(self.known(), before)

    def test_the_owner_is_told(self):
        self.landed(message="Call me <b>soon</b>")
        message = self.contact.message_ids[0]
        self.assertEqual(message.notified_partner_ids, self.rep.partner_id)
        self.assertIn("An engine", message.body)
        self.assertIn("&lt;b&gt;soon", message.body)
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_note"))

    def test_the_open_lead_comes_first(self):
        lead = self.env["crm.lead"].create(
            {"name": "Project", "partner_id": self.contact.id, "user_id": self.rep.id}
        )
        sent = self.landed()
        self.assertEqual((sent.lead_id, sent.partner_id.id), (lead, False))
        self.assertFalse(lead.sheet_need)
        self.assertIn("need", lead.sheet_proposal_ids.question_id.mapped("code"))

    def test_name_and_own_address_are_enough(self):
        sent = self.landed({"name": self.ada["name"], "email": self.ada["email"]})
        self.assertEqual(sent.partner_id, self.contact)

    def test_an_address_alone_is_not_enough(self):
        self.assertTrue(self.landed({"email": self.ada["email"]}).lead_id)

    def test_a_contact_of_nobody_becomes_a_lead(self):
        self.contact.user_id = False
        self.assertTrue(self.landed().lead_id)

    def test_an_archived_contact_becomes_a_lead(self):
        self.contact.active = False
        self.env["res.partner"]._sheet_match_store(self.contact.ids)
        self.assertTrue(self.landed().lead_id)

    def test_a_blocked_address_becomes_a_lead_that_nobody_mails(self):
        self.env["mail.blacklist"]._add("blocked@x-y.fr")
        values = {"name": "Bob", "email": "blocked@x-y.fr"}
        sent = self.landed(values, consents=self.yes())
        self.assertTrue(sent.lead_id)
        self.assertFalse(sent.lead_id.can_contact("prospecting", "email")["allowed"])

    def test_the_same_address_with_another_name_is_no_certainty(self):
        sent = self.landed({**self.ada, "name": "Zoltan Varga", "company": "Other Works"})
        self.assertNotEqual(sent.partner_id, self.contact)

    def test_a_customer_of_another_company_stays_theirs(self):
        self.contact.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        self.env["res.partner"]._sheet_match_store(self.contact.ids)
        sent = self.landed()
        self.assertTrue(sent.lead_id)
        self.assertFalse(self.contact.sheet_proposal_ids)

    def test_a_visitors_new_yes_is_a_new_event(self):
        self.contact._sheet_consent_record(
            [{"purpose": "prospecting", "channel": "email", "state": "withdrawn"}],
            method="phone",
            effective_at="2026-01-01 10:00:00",
        )
        self.landed(consents=self.yes())
        events = self.contact._sheet_consent_subjects().event_ids.filtered("purpose_id")
        self.assertEqual(events.sorted("sequence").mapped("state"), ["withdrawn", "given"])
