"""The public page and the account: neutral, once, and nothing before somebody presses a button."""

import re
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..axe import AxeCase, needs_axe
from .test_privacy_intake import IntakeCase

PAGE = "/customer_sheet/privacy"


class PagesCase(IntakeCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.opener.cookies.clear()
        self.opener.headers["Accept-Language"] = "en"

    def page(self, path=PAGE, **options):
        return self.url_open(path, allow_redirects=False, **options)

    def form(self, **values):
        """Return what a browser would send, some seconds after the page was opened."""
        with freeze_time(fields.Datetime.now() - timedelta(seconds=30)):
            html = self.page(f"{PAGE}?lang=en_US").text
        ticket = re.search(r'name="ticket" value="([^"]+)"', html)[1]
        sent = {"person_name": "Julie Martin", "email": "julie@intake.example", "words": ""}
        return {"lang": "en_US", "ticket": ticket, "kind": "access", **sent, **values}

    def new_arrivals(self):
        return self.arrivals.search([("state", "!=", "done")], order="id")


@tagged("post_install", "-at_install")
class TestPrivacyPages(PagesCase):
    def test_known_and_unknown_get_the_same_answer_for_the_same_work(self):
        self.assertIn("<textarea", self.page().text)
        known, unknown = self.form(), self.form(email="nobody@intake.example")
        self.page(data=self.form(email="warm@intake.example"))
        counts, answers = [], []
        for form in (known, unknown):
            before = self.env.cr.sql_log_count
            answer = self.page(data=form)
            counts.append(self.env.cr.sql_log_count - before)
            answers.append((answer.status_code, answer.headers["Location"], answer.text))
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(counts[0], counts[1])
        self.assertTrue(counts[0])
        self.assertEqual(answers[0][0], 303)
        self.assertIn("We have noted your request", self.page(f"{PAGE}?done=1").text)
        self.assertEqual(self.new_arrivals().mapped("state"), ["waiting"] * 3)
        self.assertFalse(self.mails())
        self.assertFalse(self.opener.cookies.get_dict())

    def test_a_second_click_counts_once_and_another_text_is_another_request(self):
        form = self.form()
        for words in ("One", "One", "Two"):
            self.assertEqual(self.page(data={**form, "words": words}).status_code, 303)
        self.assertEqual(self.new_arrivals().mapped("words"), ["One", "Two"])

    def test_what_is_wrong_is_said_and_what_was_typed_stays(self):
        answer = self.page(data=self.form(kind="x", email="julie@", words="Please <b>help</b>"))
        self.assertEqual(answer.status_code, 422)
        for text in ("Choose what you ask for", "This is not a complete e-mail", 'value="julie@"'):
            self.assertIn(text, answer.text)
        self.assertIn("Please &lt;b&gt;help&lt;/b&gt;", answer.text)
        old = self.page(data=self.form(ticket="x", words="Keep me"))
        self.assertEqual(old.status_code, 400)
        self.assertIn("Keep me", old.text)
        self.assertFalse(self.new_arrivals())

    def test_programs_are_held_back(self):
        self.page(data=self.form(reply_channel="x"))
        self.assertEqual(self.new_arrivals().state, "held")
        self.env["ir.config_parameter"].set_param(
            "crm_customer_sheet.collection_network_hourly", "1"
        )
        for number in range(10):
            self.page(data=self.form(email=f"x{number}@intake.example"))
        self.assertEqual(set(self.new_arrivals().mapped("state")), {"held"})
        answer = self.page(data=self.form())
        self.assertEqual(answer.status_code, 429)
        self.assertIn("Too much was sent", answer.text)

    def test_the_page_can_be_switched_off(self):
        notice = "/customer_sheet/preferences"
        self.assertIn(f'href="{PAGE}?lang=', self.page(notice).text)
        form = self.form()
        self.env["ir.config_parameter"].set_param("crm_customer_sheet.privacy_page", "False")
        self.assertEqual(self.page().status_code, 404)
        self.assertEqual(self.page(data=form).status_code, 404)
        self.assertNotIn(PAGE, self.page(notice).text)

    def test_the_link_asks_and_only_a_button_answers(self):
        request = self.arrive()
        path = f"{PAGE}/{self.token(request)}"
        self.assertIn("Was it you?", self.page(f"{path}?lang=en_US").text)
        self.assertEqual(request.state, "asked")
        self.assertEqual(self.page(path, data={"answer": "perhaps"}).status_code, 400)
        self.assertEqual(request.state, "asked")
        self.page(path, data={"answer": "yes", "kind": "access"})
        self.assertEqual((request.state, request.kind), ("working", "erasure"))
        self.page(path, data={"answer": "no"})
        self.assertEqual(request.state, "working")
        self.assertNotIn("Julie", self.page(path).text)
        self.assertEqual(self.page(f"{PAGE}/x").status_code, 404)

    def test_who_wrote_a_mail_says_what_it_is_about(self):
        request = self.arrive()
        request.channel = "email"
        path = f"{PAGE}/{self.token(request)}"
        self.assertIn('value="erasure" checked', self.page(path).text)
        self.page(path, data={"answer": "yes", "kind": "access"})
        self.assertEqual((request.state, request.kind), ("working", "access"))

    # -- the account ----------------------------------------------------------------

    def test_a_customer_asks_from_their_account(self):
        user = new_test_user(self.env, "intake_portal", groups="base.group_portal")
        self.authenticate("intake_portal", "intake_portal")
        self.assertIn("/my/privacy", self.page("/my").text)
        html = self.page("/my/privacy").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', html)[1]
        form = {"csrf_token": token, "kind": "erasure", "words": "Please"}
        self.assertEqual(self.page("/my/privacy", data=form).status_code, 303)
        request = self.requests.search([("partner_id", "=", user.partner_id.id)])
        self.assertEqual((request.state, request.identity), ("working", "account"))
        self.assertEqual(request.user_id, self.officer)
        self.assertIn(request.name, self.page("/my/privacy").text)
        self.assertIn("Choose", self.page("/my/privacy", data={"csrf_token": token}).text)

    @mute_logger("odoo.http")
    def test_nobody_asks_in_the_name_of_an_account(self):
        self.assertEqual(self.page("/my/privacy").status_code, 303)
        new_test_user(self.env, "intake_portal", groups="base.group_portal")
        self.authenticate("intake_portal", "intake_portal")
        answer = self.page("/my/privacy", data={"kind": "erasure"})
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.requests.search([("channel", "=", "portal")]))


@tagged("post_install", "-at_install")
class TestPrivacyPagesLook(PagesCase, AxeCase):
    @needs_axe
    def test_no_barriers(self):
        self.on_phone()
        path = f"{PAGE}/{self.token(self.arrive())}"
        for each in (f"{PAGE}?lang=fr_FR", f"{PAGE}?done=1", path):
            with self.subTest(each):
                self.check_page(each)
