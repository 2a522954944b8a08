from odoo.tests import tagged

from ..people import person
from ..tours import TourCase
from .common import ConsentCase


@tagged("post_install", "-at_install")
class TestLeadTopTours(ConsentCase, TourCase):
    """The top of a form: what one has to know before a call, hardly lower than stock's."""

    def setUp(self):
        super().setUp()
        self.rep = person(self.env, "keeper", name="Top Tour Rep")
        self.reached = {"phone": "+33 6 12 34 56 78", "name": "Vitrine de la boulangerie"}

    def refused(self, record):
        self.decide(record, "refused", channel="phone")
        return record.id

    def lead_path(self):
        values = {"email_from": "julie.morel@gmial.com", "user_id": self.rep.id, **self.reached}
        lead = self.lead(user=self.rep, type="opportunity", **values)
        return f"/odoo/crm/{self.refused(lead)}"

    def test_the_tabs_of_a_lead_start_hardly_lower_than_stock(self):
        self.tour("lead_top", self.lead_path())

    def test_the_top_of_a_lead_fits_a_phone(self):
        self.on_phone()
        self.tour("lead_top_phone", self.lead_path())

    def test_the_top_of_a_contact_fits_a_phone(self):
        self.on_phone()
        contact = self.contact(user=self.rep, email="julie.morel@gmial.com", **self.reached)
        self.tour("contact_top_phone", f"/odoo/contacts/{self.refused(contact)}")
