from odoo.tests import tagged

from ..people import person
from ..tours import TourCase


@tagged("post_install", "-at_install")
class TestSheetTours(TourCase):
    """A salesperson completes a sheet from the ring, at a desk and on a phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep = person(cls.env, "keeper", name="Sheet Rep")
        cls.lead = cls.env["crm.lead"].create(
            {
                "name": "Audit of the HVAC line",
                "type": "opportunity",
                "user_id": cls.rep.id,
                "stage_id": cls.env.ref("crm.stage_lead2").id,
                "contact_name": "Nora Haddad",
                "email_from": "n.haddad@atlas-meca.ma",
            }
        )
        cls.contact = cls.env["res.partner"].create(
            {"name": "Nora Haddad", "email": "n.haddad@atlas-meca.ma"}
        )

    def test_lead_on_desktop(self):
        self._complete_lead()

    def test_lead_on_phone(self):
        self.on_phone()
        self._complete_lead()

    def test_contact_on_desktop(self):
        self._complete_contact()

    def test_contact_on_phone(self):
        self.on_phone()
        self._complete_contact()

    def _complete_lead(self):
        before = self.lead.sheet_completeness
        self.start_tour(
            f"/odoo/crm/{self.lead.id}", "crm_customer_sheet_lead", login=self.rep.login
        )
        self.assertEqual(self.lead.phone, "+33 1 42 68 53 00")
        self.assertGreater(self.lead.sheet_completeness, before)
        self.assertUnknown(self.lead, "deadline")

    def _complete_contact(self):
        before = self.contact.sheet_completeness
        self.start_tour(
            f"/odoo/contacts/{self.contact.id}",
            "crm_customer_sheet_contact",
            login=self.rep.login,
        )
        self.assertEqual(self.contact.phone, "+33 1 42 68 53 00")
        self.assertGreater(self.contact.sheet_completeness, before)
        self.assertUnknown(self.contact, "source")

    def assertUnknown(self, record, code):
        """Fail unless the answer is noted as not known yet, with an activity to ask again."""
        answer = record.with_user(self.rep).sheet_answers()[code]
        self.assertEqual(answer["state"], "unknown")
        self.assertEqual(answer["reason"], "They decide in spring")
        self.assertIn(code, record.sheet_missing)
        deadlines = record.activity_ids.mapped("date_deadline")
        self.assertEqual([day.isoformat() for day in deadlines], [answer["reask_date"]])
