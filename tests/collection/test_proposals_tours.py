from odoo.tests import tagged

from ..tours import TourCase
from .proposals_common import ProposalCase


@tagged("post_install", "-at_install")
class TestProposalsTours(ProposalCase, TourCase):
    """A rep decides what a visitor said, at the desk and on the phone."""

    def decide(self):
        self.propose(
            {"email": "ada@elsewhere.fr", "need": "Audit of the HVAC line", "city": "Lyon"},
            said_by="Ada",
        )
        self.tour("proposals", f"/odoo/crm/{self.lead.id}")
        self.lead.invalidate_recordset()
        self.assertEqual(self.lead.email_from, "ada@atlasmeca.fr")
        self.assertEqual((self.lead.sheet_need, self.lead.city), ("Audit of the HVAC line", "Lyon"))

    def test_at_the_desk(self):
        self.decide()

    def test_on_the_phone(self):
        self.on_phone()
        self.decide()
