from odoo.tests import tagged

from ..axe import AxeCase, needs_axe
from .public_common import PublicCase


class PublicTourCase(PublicCase):
    def setUp(self):
        super().setUp()
        self.decide(self.ada, "given", purpose="newsletter")
        for name in ("dpo_email", "objection_phone", "objection_address"):
            key = f"crm_customer_sheet.consent_{name}"
            self.env["ir.config_parameter"].set_param(key, "0123456789")


@tagged("post_install", "-at_install")
class TestConsentPublicTours(PublicTourCase):
    def run_tours(self):
        self.start_tour(self.preference_path(), "crm_customer_sheet_preferences", login=None)
        self.assertEqual(self.standing(self.ada), ["withdrawn"])
        self.assertEqual(self.standing(self.ada, "newsletter"), ["withdrawn"])
        lead = self.lead(email_from="lead@example.fr")
        lead.with_user(self.rep).action_sheet_consent_request()
        path = self.link_in(self.mails_to("lead@example.fr"))
        self.start_tour(path, "crm_customer_sheet_opt_in", login=None)
        self.assertEqual(self.standing(lead), ["given"])

    def test_visitors_decide_on_desktops(self):
        self.run_tours()

    def test_visitors_decide_on_phones(self):
        self.browser_size = "375x667"
        self.touch_enabled = True
        self.run_tours()


@tagged("post_install", "-at_install")
@needs_axe
class TestConsentAccessibility(PublicTourCase, AxeCase):
    """Every public page of the room has no violation of WCAG 2.2 that axe-core can see."""

    def paths(self):
        unsubscribe = self.path(self.ada._sheet_unsubscribe_url("prospecting"))
        self.ada.with_user(self.rep).action_sheet_consent_request()
        yield self.link_in(self.mails_to("ada@example.fr"))
        preferences = self.preference_path()
        yield preferences
        yield f"{preferences}?done=all&lang=fr_FR"
        yield unsubscribe
        yield f"/customer_sheet/notice/{self.version.token}"
        yield "/customer_sheet/preferences"
        yield "/customer_sheet/preferences?done=1"
        self.env["mail.blacklist"]._add("ada@example.fr")
        yield preferences
        self.ada.email = "other@example.fr"
        yield preferences

    def check_pages(self):
        for path in self.paths():
            with self.subTest(path=path):
                self.check_page(path)

    def test_pages_on_desktops(self):
        self.check_pages()

    def test_pages_on_phones(self):
        self.browser_size = "375x667"
        self.check_pages()
