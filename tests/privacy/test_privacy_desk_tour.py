"""The page Privacy in a browser."""

from odoo.tests import tagged

from ..axe import AxeCase, needs_axe
from ..people import person
from ..tours import TourCase

PATH = "/odoo/action-crm_customer_sheet.customer_sheet_desk_action"


class Desk:
    """A request that is late."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = person(cls.env, "officer", "desk_officer")
        late = {"kind": "access", "person_name": "Julie Martin", "received_on": "2025-01-06"}
        cls.env["customer.sheet.request"].with_user(cls.officer).create(late)


@tagged("post_install", "-at_install")
class TestDeskTour(Desk, TourCase):
    def test_from_what_is_due_to_the_next_step(self):
        self.tour("desk", "/odoo", self.officer)


@needs_axe
@tagged("post_install", "-at_install")
class TestDeskAxe(Desk, AxeCase):
    def test_everybody_can_read_it_on_a_phone(self):
        self.on_phone()
        self.check_page(PATH, shown=".o_sheet_due button", login=self.officer.login)
