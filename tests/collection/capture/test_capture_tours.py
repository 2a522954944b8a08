from odoo.tests import tagged

from ...tours import TourCase
from .test_capture import CaptureCase


@tagged("post_install", "-at_install")
class TestCaptureTours(CaptureCase, TourCase):
    """A salesperson at a fair, on a phone, with and without network."""

    def setUp(self):
        super().setUp()
        self.on_phone()
        self.before = self.leads()

    def met(self):
        self.env.invalidate_all()
        return (self.leads() - self.before).sorted("id")

    def test_from_scan_to_saved_in_three_taps(self):
        self.tour("capture_scan", "/odoo/capture")
        lead = self.met()
        self.assertEqual((lead.contact_name, lead.partner_name), ("Julie Martin", "Atlas Meca"))
        self.assertEqual((lead.sheet_need, lead.user_id), ("Quotation", self.rep))

    def test_ten_cards_in_airplane_mode(self):
        self.tour("capture_airplane", "/odoo/capture")
        names = [f"Guest {number}" for number in range(1, 11)]
        self.assertEqual(self.met().mapped("contact_name"), names)

    def test_a_lost_answer_doubles_nothing(self):
        self.tour("capture_lost", "/odoo/capture")
        self.assertEqual(self.met().mapped("contact_name"), ["Guest 1"])
        self.assertEqual(len(self.cards()), 1)
