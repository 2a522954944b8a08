from odoo.tests import tagged

from ..people import person
from ..tours import TourCase


@tagged("post_install", "-at_install")
class TestMatchesTours(TourCase):
    """What a salesperson sees while typing a customer who is known already."""

    def setUp(self):
        super().setUp()
        self.rep = person(self.env, "keeper")
        self.known = self.contact("Zoe Known", email="zoe@leroy-exemple.fr")
        self.env["res.partner"]._sheet_match_flush()

    def contact(self, name, **values):
        """Create a contact as the sales rep."""
        return self.env["res.partner"].with_user(self.rep).create({"name": name, **values})

    def tour(self, name, path):
        self.start_tour(path, f"crm_customer_sheet_matches_{name}", login=self.rep.login)

    def test_a_known_e_mail_leads_to_the_contact_on_desktop(self):
        self.use_contact()

    def test_a_known_e_mail_leads_to_the_contact_on_phone(self):
        self.on_phone()
        self.use_contact()

    def use_contact(self):
        self.tour("use", "/odoo/crm/new")
        lead = self.env["crm.lead"].search([("name", "=", "Audit")])
        self.assertEqual(lead.partner_id, self.known)

    def test_a_quick_create_sees_the_contact_too(self):
        self.tour("quick", "/odoo/crm")
        lead = self.env["crm.lead"].search([("name", "=", "Quick audit")])
        self.assertEqual(lead.partner_id, self.known)

    def test_what_is_no_duplicate_is_remembered_with_who_and_why(self):
        twin = self.contact("Zoe Known", email="zoe@leroy-exemple.fr")
        self.env["res.partner"]._sheet_match_flush()
        self.tour("refuse", f"/odoo/contacts/{twin.id}")
        pair = self.env["customer.sheet.duplicate"].search([("node2", "=", twin.id)])
        self.assertEqual(pair.state, "not_duplicate")
        self.assertEqual(pair.decided_by_id, self.rep)
        self.assertEqual(pair.decision_reason, "Mother and daughter")
