from odoo.tests import tagged

from ...tours import TourCase
from .form_common import FormCase


@tagged("post_install", "-at_install")
class TestFormTours(FormCase, TourCase):
    """A manager makes a form, looks at it and publishes it."""

    def test_a_form_is_made_on_desktop(self):
        self.make()

    def test_a_form_is_made_on_a_phone(self):
        self.on_phone()
        self.make()

    def make(self):
        action = self.env.ref("crm_customer_sheet.customer_sheet_form_action")
        self.tour("form", f"/odoo/action-{action.id}", self.boss)
        form = self.forms.search([("name", "=", "Tour form")])
        self.assertEqual(form.version_id.number, 1)
        self.assertEqual(self.codes(form.version_id), [["email"]])
        self.assertFalse(form.is_changed)
