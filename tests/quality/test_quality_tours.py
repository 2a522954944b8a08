from odoo.tests import tagged

from ..people import person
from ..tours import TourCase
from .common import QualityCase


@tagged("post_install", "-at_install")
class TestQualityTours(QualityCase, TourCase):
    """What each role does about the quality of customer data, from end to end."""

    def tour(self, name, user, path="/odoo"):
        self.start_tour(path, f"crm_customer_sheet_quality_{name}", login=user.login)

    # -- salesperson ---------------------------------------------------------

    def test_a_rep_corrects_and_verifies_a_contact_on_desktop(self):
        self.correct_and_verify()

    def test_a_rep_corrects_and_verifies_a_contact_on_phone(self):
        self.on_phone()
        self.correct_and_verify()

    def correct_and_verify(self):
        rep = person(self.env, "keeper", name="Quality Rep")
        contact = self.contact(
            user=rep, name="JEAN DUPONT", email="jean.dupont@gmial.com", city="LYON"
        )
        self.tour("rep", rep, f"/odoo/contacts/{contact.id}")
        contact.invalidate_recordset()
        self.assertRecordValues(
            contact,
            [
                {
                    "name": "JEAN DUPONT",
                    "email": "jean.dupont@gmail.com",
                    "city": "LYON",
                    "sheet_status": "verified",
                    "sheet_verified_how": "phone",
                    "sheet_verified_by_id": rep.id,
                }
            ],
        )

    def test_a_rep_is_told_of_a_text_that_says_too_much_on_desktop(self):
        self.rephrase()

    def test_a_rep_is_told_of_a_text_that_says_too_much_on_phone(self):
        self.on_phone()
        self.rephrase()

    def rephrase(self):
        lead = self.lead(type="opportunity", user_id=self.rep.id)
        self.tour("sensitive", self.rep, f"/odoo/crm/{lead.id}")
        lead.invalidate_recordset()
        self.assertEqual(lead.sheet_need, "Livrer le matin")
        findings = self.env["customer.sheet.sensitive.finding"].search([("res_id", "=", lead.id)])
        self.assertEqual(findings.mapped("state"), ["removed"])

    # -- steward and privacy officer -----------------------------------------

    def test_a_steward_checks_everything_and_opens_the_records_of_a_figure(self):
        contacts = self.env["res.partner"].create(
            [
                {"name": "Wrong One", "email": "one@atlas"},
                {"name": "Wrong Two", "email": "two@atlas"},
                {"name": "Right", "email": "nora.haddad@gmail.com"},
            ]
        )
        self.runs.search([]).unlink()
        contacts.with_user(self.steward).action_sheet_check()
        self.tour("steward", self.steward)
        started = self.runs.search([("scope", "=", "all")])
        self.assertEqual(set(started.mapped("host")), {"res.partner", "crm.lead"})

    def test_a_privacy_officer_without_the_crm_closes_a_finding(self):
        self.assertFalse(self.env["crm.lead"].with_user(self.officer).has_access("read"))
        contact = self.contact(name="Nora Haddad")
        contact.comment = "Elle est diabétique"
        self.tour("privacy", self.officer)
        [finding] = self.env["customer.sheet.sensitive.finding"].search(
            [("res_model", "=", "res.partner"), ("res_id", "=", contact.id)]
        )
        self.assertEqual(finding.state, "justified")
        self.assertEqual(finding.justification, "We sell insulin pumps")
