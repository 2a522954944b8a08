import re
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .pages_common import PageCase

ANSWERS = {"name": "Ada", "email": "ada@example.fr"}
CAMPAIGN = {"utm_campaign": "Spring", "utm_source": "Search", "utm_medium": "Banner"}


@tagged("post_install", "-at_install")
class TestFormAttacks(PageCase):
    """What somebody sends who wants more than to fill in a form, and what goes wrong by itself."""

    def test_a_campaign_leaves_no_cookie(self):
        path = self.path_of(self.short)
        paths = [path, f"{path}/embed.js", f"{path}/qr.svg", "/customer_sheet/complete"]
        for each in paths:
            self.assertNotIn("Set-Cookie", self.get(each, params=CAMPAIGN).headers, each)
        values = self.aged(self.hidden(self.page(self.short, **CAMPAIGN)))
        values |= {f"q_{code}": value for code, value in ANSWERS.items()}
        answer = self.post(path, {**values, **CAMPAIGN, "go": "send"})
        self.assertEqual(answer.status_code, 303)
        self.assertNotIn("Set-Cookie", answer.headers)
        self.assertNotIn("Set-Cookie", self.get(answer.headers["Location"]).headers)

    def test_a_long_address_of_the_page_around_loses_no_visitor(self):
        long = {
            "page": "https://www.example.fr/" + "%D8%B9" * 90,
            "utm_campaign": "x" * 400,
            "framed": "1",
        }
        page = self.page(self.short, **long)
        self.assertEqual(page.status_code, 200)
        values = self.aged(self.hidden(page))
        values |= {f"q_{code}": value for code, value in ANSWERS.items()}
        self.follow(self.post(self.path_of(self.short), {**values, "go": "send"}))
        self.assertTrue(self.sent(self.short).page.startswith("https://www.example.fr/%D8%B9"))

    @mute_logger("odoo.http")
    def test_bytes_that_are_no_form(self):
        path = self.base_url() + self.path_of(self.short)
        ticket = self.hidden(self.page(self.short))["ticket"]
        form = "application/x-www-form-urlencoded"
        bodies = [
            (f"ticket={ticket}&go=send&q_name=%ED%A0%80%FF&q_email=a@b.fr".encode(), form),
            (b"\xff\xfe\x00", form),
            (b"=&=&&%%%", form),
            (b"q_name=Ada&" * 4000, form),
            (b'{"go": "send"}', "application/json"),
            (b"<a/>", "text/xml"),
            (b"--x\r\nContent-Disposition: form-data", "multipart/form-data; boundary=x"),
            (b"--x", "multipart/form-data"),
        ]
        for body, kind in bodies:
            with self.subTest(body[:40], kind=kind):
                answer = self.opener.post(
                    path, data=body, headers={"Content-Type": kind}, allow_redirects=False
                )
                self.assertLess(answer.status_code, 500)
                self.assertIn("text/html", answer.headers["Content-Type"])
        files = {"q_name": ("a.txt", b"Ada")}
        answer = self.opener.post(path, data={"ticket": ticket, "go": "send"}, files=files)
        self.assertEqual(answer.status_code, 400)

    def test_steps_and_languages_that_are_none(self):
        page = self.follow(self.step(self.page(self.long), ANSWERS))
        token = re.search(r"[?&]d=([\w-]+)", page.request.path_url)[1]
        for step in ("²", "-1", "0", "99999", "1e3", "", "٣", "<b>"):
            self.assertEqual(self.page(self.long, d=token, step=step).status_code, 200, step)
        for lang in ("xx_XX", "../../etc", "fr'--", "a" * 5000, "<script>", "fr_FR\r\nX: y"):
            answer = self.page(self.short, lang=lang)
            self.assertEqual(answer.status_code, 200, lang[:20])
            self.assertNotIn("X", answer.headers)
            self.assertNotIn("<script>alert", answer.text)
        headers = {"Accept-Language": "*;q=x,,;;fr;q=9e9,\xe9"}
        self.assertEqual(self.get(self.path_of(self.short), headers=headers).status_code, 200)

    def test_several_values_where_one_is_asked(self):
        page = self.follow(self.step(self.page(self.long), ANSWERS))
        values = self.aged(self.hidden(page))
        values |= {"q_need": ["An audit", "Another"], "q_headcount": ["10_19", "20_49"]}
        answer = self.post(self.path_of(self.long), {**values, "go": "next"})
        self.follow(answer)
        self.assertEqual(self.sent(self.long).values["need"], "An audit")

    def test_a_ticket_cannot_be_used_for_another_submission(self):
        """Who has seen a ticket of somebody reads and changes nothing of what they sent."""
        values = self.aged(self.hidden(self.page(self.short)))
        own = {**values, "q_name": "Ada", "q_email": "ada@example.fr", "q_need": "SECRET"}
        self.follow(self.post(self.path_of(self.short), {**own, "go": "send"}))
        for go in ("send", "next", "keep", "later", "mail", "x"):
            other = {**values, "q_name": "Eve", "q_email": "eve@example.fr", "go": go}
            answer = self.post(self.path_of(self.short), other)
            self.assertNotIn("SECRET", answer.text, go)
        [submission] = self.sent(self.short)
        self.assertEqual(submission.values["name"], "Ada")

    # -- drafts ------------------------------------------------------------------------

    def test_a_draft_lives_as_long_as_its_mail_says(self):
        second = self.follow(self.step(self.page(self.long), ANSWERS))
        begun = fields.Datetime.now() + timedelta(days=2)  # as if it had been begun 12 days ago
        self.sent(self.long).expires_at = begun
        self.env.flush_all()
        later = self.follow(self.step(second, {"need": "An audit"}, go="later"))
        self.follow(self.step(later, {}, go="mail", address="ada@example.fr"))
        self.assertGreater(self.sent(self.long).expires_at, begun + timedelta(days=11))

    def test_what_no_longer_holds_is_asked_for_where_it_was_asked(self):
        check = self.filled()
        draft = self.sent(self.long)
        yesterday = fields.Date.subtract(fields.Date.today(), days=1).isoformat()
        draft.values = {**draft.values, "deadline": yesterday}
        self.env.flush_all()
        answer = self.step(check, {}, go="send")
        self.assertEqual(answer.status_code, 422)
        self.assertIn('name="q_deadline"', answer.text)
        self.assertIn('href="#q_deadline"', answer.text)
        self.assertIn('name="step" value="2"', answer.text)

    def test_a_value_that_the_page_offers_is_taken(self):
        """A form goes on offering what is archived until somebody publishes it anew."""
        second = self.follow(self.step(self.page(self.long), ANSWERS))
        option = self.env["customer.sheet.option"].search(
            [("kind", "=", "headcount"), ("code", "=", "10_19")]
        )
        option.active = False
        self.env.flush_all()
        answer = self.step(second, {"need": "An audit", "headcount": "10_19"})
        self.follow(answer)
        self.assertEqual(self.sent(self.long).values["headcount"], "10_19")
        new = self.env["customer.sheet.option"].create(
            {"kind": "headcount", "code": "after_it", "name": "Made since"}
        )
        self.env.flush_all()
        answer = self.step(second, {"need": "An audit", "headcount": new.code})
        self.assertEqual(answer.status_code, 422, "never offered")

    # -- mails --------------------------------------------------------------------------

    def test_nobody_is_flooded_by_forms_that_others_send_for_them(self):
        """Names are easily made up: a confirmation goes once to an address."""
        form = self.published(
            "News",
            [("name", True), ("email", True)],
            consent_ids=[
                Command.create(
                    {"purpose_id": self.purpose.id, "channel": "email", "double_opt_in": True}
                )
            ],
        )
        for name in ("Ada Lovelace", "Grace Hopper", "Mary Somerville", "Ada King"):
            answers = {"name": name, "email": "victim@example.fr"}
            self.follow(self.send(form, answers, box=f"{self.purpose.code}:email"))
            self.sent(form)[-1]._sheet_land()
        self.assertEqual(len(self.mails_to("victim@example.fr")), 1)
