import html
import re
from unittest.mock import Mock, patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from odoo.addons.base.models.ir_http import IrHttp

from ....models.collection.pages import suspicion
from .pages_common import PageCase

ANSWERS = {"name": "Ada", "email": "ada@example.fr"}


@tagged("post_install", "-at_install")
class TestFormSpam(PageCase):
    """What looks like spam is held for a steward; the visitor reads the same thank-you."""

    def sending(self, answers=None, **more):
        """Send the form; return ``(state, reasons)`` and check that the visitor is told nothing."""
        answer = self.send(self.short, {**ANSWERS, **(answers or {})}, **more)
        self.assertIn("o_consent_done", self.follow(answer).text)
        submission = self.sent(self.short)[-1]
        return submission.state, submission.suspicion or []

    def test_people_are_received(self):
        self.assertEqual(self.sending(), ("received", []))

    def test_a_filled_honeypot_is_held_not_lost(self):
        self.assertEqual(self.sending(reply_channel="ada@example.fr"), ("held", ["honeypot"]))
        page = self.page(self.short).text
        [trap] = re.findall(r'<input type="text" id="reply_channel"[^>]*>', page)
        self.assertIn('autocomplete="off"', trap)
        self.assertIn('tabindex="-1"', trap)

    def test_haste_alone_is_received_haste_with_links_is_held(self):
        self.assertEqual(self.sending(seconds=0), ("received", ["too_fast"]))
        links = "http://a.example http://b.example www.c.example"
        self.assertEqual(self.sending({"need": links}), ("received", ["links"]))
        state, reasons = self.sending({"need": links}, seconds=0)
        self.assertEqual((state, set(reasons)), ("held", {"too_fast", "links"}))

    def test_a_throw_away_address_counts(self):
        domains = self.env["customer.sheet.email.domain"]
        domains.create({"name": "throw-away.example", "kind": "disposable"})
        state, reasons = self.sending({"email": "a@throw-away.example"}, seconds=0)
        self.assertEqual((state, set(reasons)), ("held", {"too_fast", "throw_away"}))

    def test_a_page_that_worked_for_it_is_let_through(self):
        values = self.aged(self.hidden(self.page(self.short)), 0)
        work = next(n for n in range(1 << 20) if suspicion.is_work(values["ticket"], str(n)))
        links = "http://a.example http://b.example www.c.example"
        values |= {"q_name": "Ada", "q_email": "ada@example.fr", "q_need": links, "go": "send"}
        self.follow(self.post(self.path_of(self.short), {**values, "work": str(work)}))
        submission = self.sent(self.short)
        self.assertEqual((submission.state, submission.suspicion_score), ("received", 2))

    def test_a_network_that_sends_too_much_is_held_but_not_at_a_fair(self):
        key = "crm_customer_sheet.collection_network_hourly"
        self.env["ir.config_parameter"].set_param(key, "3")
        states = [self.sending()[0] for _time in range(5)]
        self.assertEqual(states, ["received"] * 3 + ["held"] * 2)
        self.env["ir.config_parameter"].set_param(key, "0")
        self.assertEqual(self.sending()[0], "received")
        self.env["ir.config_parameter"].set_param(key, "1")
        self.short.use = "fair"
        self.env.flush_all()
        self.assertEqual([self.sending()[0] for _time in range(2)], ["received"] * 2)

    def test_a_forged_header_changes_no_network(self):
        """Without proxy_mode nobody says by themselves which network they come from."""
        self.env["ir.config_parameter"].set_param(
            "crm_customer_sheet.collection_network_hourly", "1"
        )
        states = []
        for part in range(3):
            headers = {"X-Forwarded-For": f"198.51.{part}.7", "X-Forwarded-Host": "a.example"}
            values = self.aged(self.hidden(self.page(self.short)))
            values |= {f"q_{code}": value for code, value in ANSWERS.items()}
            answer = self.post(self.path_of(self.short), {**values, "go": "send"}, headers=headers)
            self.follow(answer)
            states.append(self.sent(self.short)[-1].state)
        self.assertEqual(states, ["received", "held", "held"])

    def captcha(self, answer=None):
        """Let the captcha of the website take everybody for a program, or for a person."""
        self.env["ir.config_parameter"].set_param("crm_customer_sheet.collection_captcha", "True")
        verify = Mock(side_effect=answer)
        verifying = patch.object(IrHttp, "_verify_request_recaptcha_token", verify)
        self.startPatcher(verifying)
        return verify

    def test_what_the_captcha_refuses_is_held_not_lost(self):
        """Also where there is no answer, for want of scripts: the visitor reads the same."""
        self.captcha(ValidationError("The CloudFlare human validation failed."))
        self.assertEqual(self.sending(), ("held", ["captcha"]))

    def test_whom_the_captcha_takes_for_a_person_is_received(self):
        verify = self.captcha()
        self.assertEqual(self.sending(), ("received", []))
        verify.assert_called_once_with("customer_sheet_form")
        self.step(self.page(self.long), ANSWERS)
        verify.assert_called_once()

    def test_nobody_else_is_asked_unless_a_setting_says_so(self):
        verify = self.captcha(UserError("Suspicious activity detected"))
        self.env["ir.config_parameter"].set_param("crm_customer_sheet.collection_captcha", "False")
        self.assertEqual(self.sending(), ("received", []))
        verify.assert_not_called()

    def test_the_page_shows_the_captcha_that_the_website_has(self):
        """Only where it sends: other pages load nothing of others."""
        self.captcha()
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("cf.turnstile_site_key", "KEY-T")
        with patch.object(IrHttp, "_verify_turnstile_token", create=True):
            page = self.page(self.short)
            self.assertIn('data-key="KEY-T"', page.text)
            policy = page.headers["Content-Security-Policy"]
            self.assertIn("script-src 'self' https://challenges.cloudflare.com;", policy)
            self.assertNotIn("cloudflare", self.page(self.long).text)
            self.assertIn("KEY-T", self.filled().text)
        self.assertNotIn("KEY-T", self.page(self.short).text)

    def test_what_is_kept_of_visits_names_nobody_and_goes_after_a_day(self):
        self.sending()
        visits = self.env["customer.sheet.visit"].search([])
        self.assertTrue(visits)
        self.assertFalse([key for key in visits.mapped("key") if "127.0" in html.unescape(key)])
        visits.at = "2020-01-01 00:00:00"
        self.env["customer.sheet.visit"]._gc_visits()
        self.assertFalse(visits.exists())
