from odoo.tests import tagged

from .import_common import COLUMNS, ImportCase, person

CONSENT = ("consent:prospecting:email", "consent_date", "consent_source")


@tagged("post_install", "-at_install")
class TestRunConsents(ImportCase):
    """A yes in a file counts with its date and its source only; a no always does."""

    def events(self, *said):
        desk = self.imported([*person(1), *said], columns=(*COLUMNS, *CONSENT))
        lead = desk.row_ids.lead_id
        events = self.env["customer.sheet.consent.event"].sudo()
        people = lead._sheet_consent_subjects()
        return lead, events.search([("subject_id", "in", people.ids), ("state", "!=", "linked")])

    def test_a_yes_with_its_proof_counts(self):
        lead, event = self.events("yes", "2026-03-01", "Fair of Lyon")
        self.assertEqual((event.state, event.method), ("given", "import"))
        self.assertEqual(str(event.effective_at), "2026-03-01 00:00:00")
        self.assertIn("Fair of Lyon", event.payload_ids.content)
        self.assertTrue(lead)

    def test_a_yes_without_it_is_noted_and_does_not_count(self):
        lead, events = self.events("yes", "2026-03-01", None)
        self.assertFalse(events)
        self.assertIn("it does not count", "".join(lead.message_ids.mapped("body")))

    def test_a_no_counts(self):
        _lead, event = self.events("no", None, None)
        self.assertEqual(event.state, "refused")

    def test_a_yes_of_tomorrow_does_not_count(self):
        _lead, events = self.events("yes", "2999-01-01", "Fair of Lyon")
        self.assertFalse(events)

    def test_a_later_no_stands(self):
        lead = self.known_lead(
            contact_name=person(1)[0], partner_name=person(1)[1], email_from=person(1)[2]
        )
        lead._sheet_consent_record(
            [{"purpose": "prospecting", "channel": "email", "state": "withdrawn"}], method="phone"
        )
        found, _events = self.events("yes", "2026-03-01", "Fair of Lyon")
        self.assertEqual(found, lead)
        self.assertFalse(lead.can_contact("prospecting", "email")["allowed"])
