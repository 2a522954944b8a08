from odoo.tests import tagged

from ..tours import TourCase
from .common import QualificationCase


@tagged("post_install", "-at_install")
class TestInterviewTours(QualificationCase, TourCase):
    """A salesperson interviews a customer, at a desk and on a phone."""

    def test_an_interview_on_desktop(self):
        self.interview()

    def test_an_interview_on_phone(self):
        self.on_phone()
        self.interview()

    def interview(self):
        lead = self.lead(
            partner_name="Atlas Meca",
            contact_name="Nora Haddad",
            phone="+33 1 42 68 53 00",
            sheet_need="Audit of the HVAC line",
        )
        path = f"/odoo/crm/{lead.id}"
        self.start_tour(path, "crm_customer_sheet_interview", login=self.rep.login)
        lead.invalidate_recordset()
        self.assertEqual(lead.sheet_deadline.isoformat(), "2099-12-24")
        self.assertEqual(lead.sheet_decision_maker, "Salma Bennani")
        self.assertEqual(lead.stage_id, self.qualified)
        self.assertEqual(lead.sheet_answers()["budget"]["state"], "unknown")
        self.assertTrue(lead.activity_ids)
        note = lead.message_ids.filtered(lambda message: message.message_type == "comment")
        self.assertIn("Decision maker: Salma Bennani", note.body)
        self.assertIn("Not known yet: Budget", note.body)
        self.assertIn("They compare us with two others", note.body)
        self.assertNotIn("Audit", note.body)
