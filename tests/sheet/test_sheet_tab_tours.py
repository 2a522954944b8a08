from odoo.tests import tagged

from ..people import person
from ..tours import TourCase


@tagged("post_install", "-at_install")
class TestSheetTabTours(TourCase):
    """H2: the page of the sheet is loaded when its tab is opened, as a part of the same record."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep = person(cls.env, "rep")
        shared = {"type": "opportunity", "user_id": cls.rep.id, "sheet_typology": "b2b"}
        cls.first, cls.second = cls.env["crm.lead"].create(
            [
                {"name": "Lead A", "sheet_need": "Need of A", "sheet_sector": "industry", **shared},
                {"name": "Lead B", "sheet_need": "Need of B", "sheet_sector": "saas", **shared},
            ]
        )

    def test_what_is_typed_in_both_halves_is_saved_once_and_discarded_as_one(self):
        self._type_and_save()

    def test_the_same_on_a_phone(self):
        self.on_phone()
        self._type_and_save()

    def _type_and_save(self):
        self.first.sheet_need = "Audit"
        self.tour("tab", f"/odoo/crm/{self.first.id}")
        self.assertEqual(self.first.phone, "+33 1 42 68 53 00")
        self.assertEqual(self.first.sheet_decision_maker, "Nora")

    def test_the_pager_takes_the_opened_page_along(self):
        self.tour("tab_pager", "/odoo/action-crm_customer_sheet.crm_lead_action_next_action")

    def test_a_new_lead_has_its_page_before_it_is_saved(self):
        self.tour("tab_new", "/odoo/crm/new")
        lead = self.env["crm.lead"].search([("name", "=", "A lead from nowhere")])
        self.assertEqual((lead.sheet_need, lead.user_id), ("Something new", self.rep))
