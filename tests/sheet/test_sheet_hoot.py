from odoo.tests import tagged

from odoo.addons.web.tests import test_js

from ..tours import TourCase


@tagged("post_install", "-at_install")
class TestSheetHoot(TourCase):
    """Runs this module's own unit tests of the web client, and no others."""

    def test_unit_desktop(self):
        self._run_suite("desktop")

    def test_unit_mobile(self):
        self.on_phone()
        self._run_suite("mobile")

    def _run_suite(self, preset):
        suite = test_js.HOOTCommon._generate_hash(self, "@crm_customer_sheet")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset={preset}&timeout=15000&id={suite}",
            "",
            "",
            login="admin",
            timeout=300,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )
