import re
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..upkeep import do_chore
from .public_common import PublicCase

#: It names the second in which it was made.
CSRF_TOKEN_RE = re.compile(r"[0-9a-f]{40}o\d+")


@tagged("post_install", "-at_install")
class TestConsentLinks(PublicCase):
    def test_a_person_without_address_has_no_link(self):
        self.ada.email = False
        self.assertFalse(self.ada._sheet_preference_url())
        self.assertFalse(self.ada._sheet_unsubscribe_url("prospecting"))

    def test_a_token_opens_no_page_of_another_kind(self):
        token = self.links._sign("unsubscribe", self.ada, purpose="prospecting")
        self.assertEqual(self.links._open("unsubscribe", token).sheet, self.ada)
        self.assertIsNone(self.links._open("preferences", token))
        self.assertIsNone(self.links._open("opt_in", token))

    def test_links_expire_as_the_settings_say(self):
        self.env["ir.config_parameter"].set_param("crm_customer_sheet.consent_link_days", "2")
        token = self.links._sign("preferences", self.ada)
        with freeze_time(datetime.now() + timedelta(days=1)):
            self.assertTrue(self.links._open("preferences", token))
        with freeze_time(datetime.now() + timedelta(days=3)):
            self.assertIsNone(self.links._open("preferences", token))

    def test_settings_refuse_less_than_a_day(self):
        settings = self.env["res.config.settings"].create({})
        with self.assertRaisesRegex(ValidationError, "“Preference links live"):
            settings.sheet_consent_link_days = 0

    def test_unknown_forged_and_expired_links_get_the_very_same_page(self):
        token = self.links._sign("preferences", self.ada)
        with freeze_time(datetime.now() - timedelta(days=100)):
            expired = self.links._sign("preferences", self.ada)
        forged = token[:-4] + ("aaaa" if not token.endswith("aaaa") else "bbbb")
        answers = []
        for bad in ("x", "é", "%00", "AQ", expired, forged, token[:30]):
            for page in ("preferences", "unsubscribe", "consent"):
                response = self.get(f"/customer_sheet/{page}/{bad}")
                self.assertEqual(response.status_code, 404)
                answers.append(CSRF_TOKEN_RE.sub("", response.text))
                self.assertEqual(answers[-1], answers[0], f"{page}/{bad}")
        self.assertIn("Send me a new link", response.text)

    def test_no_cache_no_referrer_no_search_engine_no_frame(self):
        for path in (self.preference_path(), "/customer_sheet/preferences/x"):
            headers = self.get(path).headers
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            self.assertEqual(headers["Cache-Control"], "no-store")
            self.assertIn("noindex", headers["X-Robots-Tag"])
            self.assertIn("frame-ancestors 'none'", headers["Content-Security-Policy"])

    def test_pages_load_nothing_of_others_and_run_no_script_of_ours(self):
        html = self.get(self.preference_path()).text
        for source in self.assets(html):
            self.assertTrue(source.startswith(("/web/", "/crm_customer_sheet/static/")), source)

    def assets(self, html):
        tags = re.findall(r"<(?:script|link|img|iframe)[^>]*>", html)
        return [src for tag in tags for src in re.findall(r'(?:src|href)="([^"]*)"', tag)]

    # -- after the contact or lead is gone -----------------------------------------

    def test_the_link_of_a_merged_contact_opens_the_remaining_one(self):
        self.decide(self.ada, "given")
        path = self.preference_path()
        other = self.contact(name="Ada L.", email="ada@example.fr")
        self.env["base.partner.merge.automatic.wizard"].sudo()._merge(
            (self.ada | other).ids, dst_partner=other
        )
        self.assertFalse(self.ada.exists())
        page = self.get(path)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Save my choices", page.text)

    def test_the_link_of_a_deleted_person_still_takes_objections(self):
        for known in (True, False):
            sheet = self.contact(email=f"gone{known}@example.fr")
            if known:
                self.decide(sheet, "given")
            path = self.preference_path(sheet)
            unsubscribe = self.path(sheet._sheet_unsubscribe_url("prospecting"))
            sheet.sudo().unlink()
            page = self.get(path)
            self.assertIn("no longer hold a sheet", page.text)
            self.assertEqual(self.url_open(unsubscribe, data={"x": "1"}).status_code, 200)
            again = self.contact(email=f"gone{known}@example.fr", sheet_typology="b2b")
            self.assertFalse(self.may(again))
            self.assertFalse(self.refused("newsletter", again))
            form = {**self.form_of(page.text), "decide": "all"}
            self.assertEqual(self.url_open(path, data=form).status_code, 200)
            self.assertTrue(self.refused("newsletter", again))

    def refused(self, purpose, sheet):
        purpose = self.env["customer.sheet.consent.purpose"]._by_code(purpose)
        point = self.subjects._hash_point("email", sheet.email_normalized)
        return self.states._refusals_of_points(purpose, ["email"], [point])

    def test_a_changed_address_closes_the_preferences_but_not_the_objection(self):
        path = self.preference_path()
        self.ada.email = "new@example.fr"
        self.assertIn("no longer hold a sheet", self.get(path).text)

    # -- send me a new link --------------------------------------------------------

    def ask_for_link(self, address):
        page = self.get("/customer_sheet/preferences")
        form = {**self.form_of(page.text), "email": address}
        return self.url_open("/customer_sheet/preferences", data=form)

    def send_links(self):
        do_chore(self, "consent_links")

    def test_the_answer_is_the_same_whether_the_address_is_known_or_not(self):
        known, unknown = self.ask_for_link("Ada@Example.fr"), self.ask_for_link("no@example.fr")
        self.assertIn("If we know this address", known.text)
        self.assertEqual(self.undated(known.text), self.undated(unknown.text))
        self.assertFalse(self.mails_to("ada@example.fr"), "the page itself sends nothing")
        self.send_links()
        self.assertEqual(self.get(self.link_in(self.mails_to("ada@example.fr"))).status_code, 200)
        self.assertFalse(self.mails_to("no@example.fr"))
        requests = self.env["customer.sheet.consent.link.request"].search([])
        self.assertFalse(any(requests.mapped("email")))

    def test_links_are_sent_a_few_times_a_day_only(self):
        for _time in range(5):
            self.assertIn("If we know this address", self.ask_for_link("ada@example.fr").text)
        self.send_links()
        self.assertEqual(len(self.mails_to("ada@example.fr")), 3)

    def test_a_lead_without_contact_gets_its_link_too(self):
        self.lead(email_from="lead@example.fr")
        self.ask_for_link("lead@example.fr")
        self.send_links()
        self.assertTrue(self.mails_to("lead@example.fr"))

    def test_an_incomplete_address_is_told_with_a_link_to_the_field(self):
        page = self.ask_for_link("ada@")
        self.assertIn('role="alert"', page.text)
        self.assertIn('href="#email"', page.text)
        self.assertIn('aria-invalid="true"', page.text)
