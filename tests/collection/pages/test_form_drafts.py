import re
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .pages_common import PageCase

ANSWERS = {"name": "Ada Lovelace", "email": "ada@example.fr"}


@tagged("post_install", "-at_install")
class TestFormDrafts(PageCase):
    """A form of several pages: kept on the way, sent once, found again by a mailed link."""

    def test_steps_are_checked_kept_and_sent_at_the_end(self):
        check = self.filled()
        for told in ("Ada Lovelace", "An audit", "www.example.fr", "Call me"):
            self.assertIn(told, check.text)
        [draft] = self.sent(self.long)
        self.assertEqual(draft.state, "draft")
        thanks = self.follow(self.step(check, {}, go="send"))
        self.assertIn("o_consent_done", thanks.text)
        [submission] = self.sent(self.long)
        self.assertNotEqual(submission.state, "draft")
        self.assertEqual(
            submission.values, {**ANSWERS, "need": "An audit", "website": "www.example.fr"}
        )
        self.assertEqual(submission.message, "Call me")

    def test_the_back_button_and_a_change_keep_the_other_answers(self):
        check = self.filled()
        change = re.search(r'href="([^"]*step=1)"', check.text)[1].replace("&amp;", "&")
        first = self.get(change)
        self.assertIn('value="Ada Lovelace"', first.text)
        self.assertNotIn("An audit", first.text)
        self.follow(self.step(first, {"name": "Ada King"}))
        self.follow(self.step(self.get(change.replace("step=1", "step=4")), {}, go="send"))
        self.assertEqual(self.sent(self.long).values["name"], "Ada King")
        self.assertEqual(self.sent(self.long).values["need"], "An audit")

    def test_an_answer_that_is_emptied_is_gone(self):
        check = self.filled()
        last = self.get(re.search(r'href="([^"]*step=3)"', check.text)[1].replace("&amp;", "&"))
        check = self.follow(self.step(last, {"website": ""}, message=""))
        self.assertNotIn("www.example.fr", check.text)
        self.follow(self.step(check, {}, go="send"))
        self.assertNotIn("website", self.sent(self.long).values)
        self.assertFalse(self.sent(self.long).message)

    def test_what_was_ticked_stands_until_it_is_unticked(self):
        page = self.follow(self.step(self.page(self.long), ANSWERS))
        page = self.follow(self.step(page, {"need": "An audit"}))
        box = f"{self.purpose.code}:email"
        check = self.follow(self.step(page, {}, box=box))
        self.assertIn("you may write to me by e-mail", check.text)
        last = self.get(re.search(r'href="([^"]*step=3)"', check.text)[1].replace("&amp;", "&"))
        self.assertIn('checked="checked"', last.text)
        values = self.aged(self.hidden(last))
        values.pop("box", None)
        check = self.follow(self.post(self.path_of(self.long), {**values, "go": "next"}))
        self.assertNotIn("you may write to me by e-mail", check.text)
        self.follow(self.step(check, {}, go="send"))
        self.assertFalse(self.sent(self.long).consents)

    def test_a_late_autosave_never_overtakes_the_submit(self):
        check = self.filled()
        first = self.get(re.search(r'href="([^"]*step=1)"', check.text)[1].replace("&amp;", "&"))
        self.follow(self.step(check, {}, go="send"))
        late = self.step(first, {"name": "Half typed"}, go="keep")
        self.assertIn(late.status_code, (204, 303))
        for go in ("next", "later", "mail"):
            self.follow(self.step(first, {"name": "Half typed"}, go=go, address="x@example.fr"))
        [submission] = self.sent(self.long)
        self.assertEqual(submission.values["name"], "Ada Lovelace")
        self.assertFalse(self.mails_to("x@example.fr"))

    def test_an_autosave_keeps_what_can_be_read_and_begins_no_draft(self):
        first = self.page(self.long)
        self.assertEqual(self.step(first, {"name": "Ada"}, go="keep").status_code, 204)
        self.assertFalse(self.sent(self.long))
        second = self.follow(self.step(first, ANSWERS))
        kept = self.step(second, {"need": "An au", "deadline": "2020-01-01"}, go="keep")
        self.assertEqual(kept.status_code, 204)
        self.assertEqual(self.sent(self.long).values, {**ANSWERS, "need": "An au"})

    def test_a_required_question_of_an_earlier_step_cannot_be_jumped_over(self):
        second = self.follow(self.step(self.page(self.long), ANSWERS))
        answer = self.step(second, {}, go="send", step="4")
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(self.sent(self.long).state, "draft")

    def test_answers_are_read_again_as_people_write_them(self):
        form = self.published("Budget", [("email", True)], [("budget", False)])
        second = self.follow(self.step(self.page(form), {"email": "ada@example.fr"}, form=form))
        check = self.follow(self.step(second, {"budget": "15000"}, form=form))
        self.assertRegex(check.text, r"<bdi>15,000 [A-Z]{3}</bdi>")

    # -- continue later ---------------------------------------------------------------

    def later(self, address="ada@example.fr"):
        """Leave the form at its second step, and have the link mailed."""
        second = self.follow(self.step(self.page(self.long), ANSWERS))
        page = self.follow(self.step(second, {"need": "An audit"}, go="later"))
        self.assertIn('value="ada@example.fr"', page.text)
        return self.follow(self.step(page, {}, go="mail", address=address))

    def test_a_mailed_link_goes_on_where_the_visitor_stopped(self):
        said = self.later()
        self.assertIn("on its way", said.text)
        [mail] = self.mails_to("ada@example.fr")
        self.assertFalse(mail.model or mail.res_id, "in nobody's chatter")
        page = self.get(self.link_in(mail))
        self.assertEqual(page.status_code, 200)
        self.assertIn('value="Ada Lovelace"', page.text)
        self.assertFalse(self.env["crm.lead"].search([("email_from", "=", "ada@example.fr")]))

    def test_saving_for_later_asks_for_no_more_answers(self):
        first = self.step(self.page(self.long), {"name": "Ada", "email": ""}, go="later")
        self.assertIn("later=1", first.headers["Location"])
        wrong = self.step(self.page(self.long), {"name": "", "email": "a@@b"}, go="later")
        self.assertEqual(wrong.status_code, 422)
        self.assertIn('value="a@@b"', wrong.text)

    def test_the_link_expires_and_so_does_the_draft(self):
        self.later()
        link = self.link_in(self.mails_to("ada@example.fr"))
        later = fields.Datetime.now() + timedelta(days=15)
        with freeze_time(later):
            self.submissions._cron_expire()
            self.env.flush_all()
            self.assertFalse(self.sent(self.long))
        self.assertEqual(self.get(link).status_code, 404)
        self.assertFalse(self.env["crm.lead"].search([("email_from", "=", "ada@example.fr")]))

    def test_a_link_to_something_sent_shows_nothing_of_it(self):
        check = self.filled()
        link = re.search(r'href="([^"]*step=1)"', check.text)[1].replace("&amp;", "&")
        self.follow(self.step(check, {}, go="send"))
        page = self.get(link)
        self.assertEqual(page.status_code, 200)
        for secret in ("Ada", "ada@example.fr", "An audit"):
            self.assertNotIn(secret, page.text)

    def test_a_wrong_address_is_refused_in_words(self):
        page = self.follow(self.step(self.page(self.long), ANSWERS, go="later"))
        answer = self.step(page, {}, go="mail", address="ada@")
        self.assertEqual(answer.status_code, 422)
        self.assertIn('value="ada@"', answer.text)

    def test_an_address_gets_three_links_a_day_and_nobody_is_told(self):
        answers = [self.later("friend@example.fr").text for _time in range(5)]
        self.assertEqual(len(self.mails_to("friend@example.fr")), 3)
        self.assertTrue(all("on its way" in each for each in answers))
