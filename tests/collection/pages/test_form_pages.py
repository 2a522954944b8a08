import re

from odoo.tests import tagged

from ....models.collection.pages import ticket as tickets
from .pages_common import PageCase


@tagged("post_install", "-at_install")
class TestFormPages(PageCase):
    """A form of one page, without cookies and without scripts."""

    def test_a_page_keeps_nothing_and_asks_nobody_else(self):
        answer = self.page(self.short)
        self.assertEqual(answer.status_code, 200)
        self.assertNotIn("Set-Cookie", answer.headers)
        self.assertEqual(answer.headers["X-Frame-Options"], "DENY")
        self.assertIn("script-src 'self'", answer.headers["Content-Security-Policy"])
        outside = re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*"', answer.text)
        self.assertEqual(outside, [])

    def files(self, answer):
        """Return the addresses of what a browser loads with a page."""
        return re.findall(r'(?:src|href)="(/[^"]+\.(?:css|js|ico)\b[^"]*)"', answer.text)

    def test_nothing_that_a_page_loads_leaves_a_cookie(self):
        for path in ("/customer_sheet/complete", self.path_of(self.short)):
            loaded = self.files(self.get(path))
            self.assertTrue(any(".css" in each for each in loaded))
            for each in loaded:
                answer = self.get(each)
                self.assertEqual(answer.status_code, 200, each)
                self.assertNotIn("Set-Cookie", answer.headers, each)

    def test_a_page_weighs_at_most_60_kb(self):
        for form in (self.short, self.long, self.env.ref("crm_customer_sheet.form_qualification")):
            answer = self.page(form)
            weight = len(answer.content)
            for path in self.files(answer):
                weight += len(self.get(path).content)
            self.assertLessEqual(weight, 60_000)

    def test_what_is_sent_is_received_with_its_words(self):
        box = f"{self.purpose.code}:email"
        page = self.page(self.short, lang="fr_FR", utm_campaign="Spring fair")
        self.assertIn('<html lang="fr-FR" dir="ltr"', page.text)
        values = self.aged(self.hidden(page))
        values |= {
            "q_name": "Ada Lovelace",
            "q_email": " ADA@Example.fr ",
            "q_phone": "",
            "message": "Bonjour\r\n",
            "box": box,
            "go": "send",
        }
        headers = {"User-Agent": "Visitor"}
        answer = self.post(self.path_of(self.short), values, headers=headers)
        thanks = self.follow(answer)
        self.assertIn('id="done"', thanks.text)
        self.assertNotIn("Set-Cookie", {**answer.headers, **thanks.headers})
        [submission] = self.sent(self.short)
        self.assertEqual(submission.values, {"name": "Ada Lovelace", "email": "ADA@example.fr"})
        self.assertEqual((submission.message, submission.lang), ("Bonjour", "fr_FR"))
        self.assertEqual(submission.version_id, self.short.version_id)
        [given] = submission.consents
        self.assertEqual((given["purpose"], given["given"]), (self.purpose.code, True))
        self.assertEqual(given["notice_version_id"], self.version.id)
        self.assertEqual(submission.user_agent, "Visitor")
        self.assertFalse(submission.campaign_id, "campaigns are looked up, never made")

    def test_a_box_is_never_ticked_beforehand_and_unticked_says_nothing(self):
        self.assertNotIn("checked", self.page(self.short).text)
        self.follow(self.send(self.short, {"name": "Ada", "email": "ada@example.fr"}))
        self.assertFalse(self.sent(self.short).consents)

    def test_a_double_click_sends_once_and_says_the_same(self):
        values = self.aged(self.hidden(self.page(self.short)))
        values |= {"q_name": "Ada", "q_email": "ada@example.fr", "go": "send"}
        answers = [self.post(self.path_of(self.short), values) for _click in range(2)]
        places = {answer.headers["Location"] for answer in answers}
        self.assertEqual(len(places), 1)
        self.assertEqual([answer.status_code for answer in answers], [303, 303])
        self.assertEqual(len(self.sent(self.short)), 1)

    def test_whoever_goes_back_and_corrects_is_asked_to_send_again(self):
        values = self.aged(self.hidden(self.page(self.short)))
        values |= {"q_name": "Ada", "q_email": "ada@example.fr", "go": "send"}
        self.follow(self.post(self.path_of(self.short), values))
        values["q_name"] = "Ada King"
        again = self.post(self.path_of(self.short), values)
        self.assertEqual(again.status_code, 409)
        self.assertIn('value="Ada King"', again.text)
        self.assertEqual(self.sent(self.short).values["name"], "Ada")
        more = {**self.aged(self.hidden(again)), "go": "send"}
        self.follow(self.post(self.path_of(self.short), more))
        names = [submission.values["name"] for submission in self.sent(self.short)]
        self.assertEqual(names, ["Ada", "Ada King"])

    def test_mistakes_are_named_and_nothing_typed_is_lost(self):
        answer = self.send(
            self.short, {"name": "", "email": "ada@@example", "need": "An audit"}, message="Hi"
        )
        self.assertEqual(answer.status_code, 422)
        self.assertIn("<title>Error: Contact", answer.text)
        summary = answer.text[answer.text.index('role="alert"') :]
        self.assertLess(summary.index('href="#q_name"'), summary.index('href="#q_email"'))
        self.assertIn(
            'aria-invalid="true" aria-describedby="q_name_help q_name_error"', answer.text
        )
        for kept in ('value="ada@@example"', 'value="An audit"', ">Hi</textarea>"):
            self.assertIn(kept, answer.text)
        self.assertFalse(self.sent(self.short))
        right = {**self.aged(self.hidden(answer)), "q_name": "Ada", "q_email": "ada@example.fr"}
        self.follow(self.post(self.path_of(self.short), {**right, "go": "send"}))
        self.assertEqual(self.sent(self.short).values["need"], "An audit")

    def test_a_page_that_was_open_too_long_is_shown_again_and_then_sent(self):
        answer = self.send(
            self.short, {"name": "Ada", "email": "ada@example.fr"}, seconds=tickets.OLDEST + 60
        )
        self.assertEqual(answer.status_code, 400)
        self.assertIn('value="Ada"', answer.text)
        self.assertFalse(self.sent(self.short))
        values = {**self.aged(self.hidden(answer)), "go": "send"}
        self.follow(self.post(self.path_of(self.short), values))
        self.assertEqual(len(self.sent(self.short)), 1)

    def test_a_form_that_changes_meanwhile_still_takes_the_old_one(self):
        before = self.short.version_id
        values = self.aged(self.hidden(self.page(self.short)))
        self.short.line_ids.filtered(lambda line: line.question_id.code == "need").unlink()
        self.short._publish()
        self.env.invalidate_all()
        self.assertNotEqual(self.short.version_id, before)
        values |= {"q_name": "Ada", "q_email": "ada@example.fr", "q_need": "Audit", "go": "send"}
        self.follow(self.post(self.path_of(self.short), values))
        submission = self.sent(self.short)
        self.assertEqual((submission.version_id, submission.values["need"]), (before, "Audit"))

    def test_arabic_is_read_from_the_right(self):
        page = self.page(self.short, lang="ar_001")
        self.assertIn('<html lang="ar-001" dir="rtl"', page.text)
        self.assertIn('dir="ltr" data-kind="email"', page.text)

    def test_the_browsers_language_is_spoken(self):
        headers = {"Accept-Language": "de-DE, fr;q=0.5"}
        page = self.get(self.path_of(self.short), headers=headers)
        self.assertIn('<html lang="fr-FR"', page.text)
