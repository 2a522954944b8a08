from odoo.tests import tagged

from ..people import person
from ..tours import TourCase
from .common import ConsentCase


@tagged("post_install", "-at_install")
class TestConsentBlockTours(ConsentCase, TourCase):
    """What users note and the privacy officer reads, from end to end."""

    def setUp(self):
        super().setUp()
        self.tour_rep = person(self.env, "keeper", name="Consent Tour Rep")

    # -- salesperson ---------------------------------------------------------

    def test_a_rep_notes_a_refusal_on_desktop(self):
        self.note_a_refusal()

    def test_a_rep_notes_a_refusal_on_phone(self):
        self.on_phone()
        self.note_a_refusal()

    def note_a_refusal(self):
        ada = self.contact(user=self.tour_rep)
        self.start_tour(
            f"/odoo/contacts/{ada.id}",
            "crm_customer_sheet_consent_rep",
            login=self.tour_rep.login,
        )
        self.assertEqual(self.standing(ada, channel="phone"), ["refused"])
        self.assertFalse(self.may(ada, channel="phone"))

    def test_a_rep_notes_what_was_told_before_a_contract(self):
        lead = self.lead(
            user=self.tour_rep,
            type="opportunity",
            user_id=self.tour_rep.id,
            sheet_sector="finance",
        )
        self.start_tour(
            f"/odoo/crm/{lead.id}",
            "crm_customer_sheet_consent_informed",
            login=self.tour_rep.login,
        )
        self.assertEqual(lead._sheet_consent_events().mapped("state"), ["informed"])

    # -- privacy officer -----------------------------------------------------

    def test_the_privacy_officer_finds_the_evidence_by_an_address(self):
        nora = self.contact(name="Nora Tour", email="nora.tour@example.fr")
        self.decide(nora, "refused", label="Please do not write")
        self.start_tour("/odoo", "crm_customer_sheet_consent_officer", login=self.officer.login)
