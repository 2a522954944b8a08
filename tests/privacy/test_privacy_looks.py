from odoo.tests import tagged

from ..axe import AxeCase, needs_axe
from ..people import person

ACTION = "/odoo/action-crm_customer_sheet.customer_sheet_"
TAB = ".o_notebook_headers .nav-link[name={}]"


@needs_axe
@tagged("post_install", "-at_install")
class TestPrivacyLooks(AxeCase):
    """No violation of WCAG 2.2 that axe-core can see, on a phone: what an officer works with."""

    def test_everybody_can_work_as_a_privacy_officer(self):
        officer = person(self.env, "officer", "looks_officer")
        contact = self.env["res.partner"].create({"name": "Julie Martin", "email": "j@example.org"})
        values = {"kind": "erasure", "partner_id": contact.id, "person_name": contact.name}
        request = self.env["customer.sheet.request"].with_user(officer).create(values)
        request.action_start()
        erasure = request.action_prepare_erasure()["res_id"]
        run = self.env["customer.sheet.retention.run"].create({})
        activity = self.env["customer.sheet.processing"].search([], limit=1)
        self.on_phone()
        pages = [
            (f"request_action/{request.id}", [TAB.format("decisions")]),
            (f"request_action/{request.id}", [TAB.format("why")]),
            (f"erasure_action/{erasure}", [TAB.format("what")]),
            (f"erasure_action/{erasure}", [TAB.format("texts")]),
            (f"processing_action/{activity.id}", []),
            (f"retention_run_action/{run.id}", []),
            ("breach_action/new", []),
        ]
        for path, clicks in pages:
            with self.subTest(path, clicks=clicks):
                shown = ".o_action_manager .o_view_controller"
                self.check_page(ACTION + path, clicks, shown, login=officer.login)
