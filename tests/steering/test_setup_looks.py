from odoo.tests import tagged

from ..axe import AxeCase, needs_axe


@needs_axe
@tagged("post_install", "-at_install")
class TestSetupLooks(AxeCase):
    """No violation of WCAG 2.2 that axe-core can see: set-up page, first steps, charter."""

    def check(self, action, clicks=(), shown=".o_action_manager .o_view_controller"):
        path = f"/odoo/action-crm_customer_sheet.{action}"
        self.check_page(path, clicks=clicks, shown=shown, login="admin")

    def test_everybody_can_read_the_set_up_page_and_the_first_steps(self):
        self.check("customer_sheet_setup_action", shown=".o_form_view [name=progress_said]")
        first = ".o_statusbar_buttons button"
        self.check("customer_sheet_setup_action", [first], ".modal .o_form_view")

    def test_everybody_can_read_the_charter(self):
        self.check("customer_sheet_charter_action", shown=".o_list_view .o_group_header")
