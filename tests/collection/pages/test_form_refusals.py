from odoo.tests import tagged
from odoo.tools import mute_logger

from ....models.collection.pages import ticket as tickets
from .pages_common import PageCase

METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "PATCH")
ANSWERS = {"name": "Ada", "email": "ada@example.fr"}


@tagged("post_install", "-at_install")
class TestFormRefusals(PageCase):
    """Tokens of others, answers that nobody asked for, and what is no form at all."""

    def rows(self):
        """Return how many rows there are of what a visitor could add to or change."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT (SELECT count(*) FROM customer_sheet_submission),
                   (SELECT count(*) FROM customer_sheet_visit),
                   (SELECT count(*) FROM mail_mail), (SELECT count(*) FROM crm_lead),
                   (SELECT count(*) FROM customer_sheet_proposal),
                   (SELECT count(*) FROM customer_sheet_consent_link_request),
                   (SELECT md5(string_agg(t::text, '' ORDER BY id))
                      FROM customer_sheet_submission t)
            """
        )
        return self.env.cr.fetchone()

    def test_no_method_but_post_changes_anything(self):
        self.filled()
        values = {**self.hidden(self.page(self.short)), "q_name": "Ada", "go": "send"}
        values["q_email"] = "ada@example.fr"
        complete = self.path(self.ada._sheet_complete_url())
        paths = [self.path_of(self.short), self.path_of(self.long), complete]
        paths += [f"{paths[0]}/embed.js", f"{paths[0]}/qr.svg", "/customer_sheet/complete"]
        for path in paths:
            self.get(path)
        before = self.rows()
        for path in paths:
            for method in METHODS:
                for options in ({"params": values}, {"data": values}):
                    answer = self.opener.request(
                        method, self.base_url() + path, allow_redirects=False, **options
                    )
                    self.assertLess(answer.status_code, 500, f"{method} {path}")
                self.assertEqual(self.rows(), before, f"{method} {path}")

    def test_a_ticket_that_is_not_ours_sends_nothing_and_loses_nothing(self):
        own = self.hidden(self.page(self.short))["ticket"]
        other = self.hidden(self.page(self.long))["ticket"]
        draft = tickets.sign_draft(self.env, tickets.opened(self.env, own), 14)
        for forged in ("", "x", own[:-4], own[:-2] + "AA", other, draft, "é" * 40, "0" * 900):
            with self.subTest(forged[:20]):
                values = {f"q_{code}": value for code, value in ANSWERS.items()}
                answer = self.post(
                    self.path_of(self.short), {**values, "ticket": forged, "go": "send"}
                )
                self.assertEqual(answer.status_code, 400)
                self.assertIn('value="ada@example.fr"', answer.text)
        self.assertFalse(self.sent(self.short) + self.sent(self.long))

    def test_the_token_of_a_draft_opens_no_other_page(self):
        page = self.page(self.long)
        answer = self.step(page, ANSWERS)
        token = answer.headers["Location"].partition("d=")[2].partition("&")[0]
        self.assertEqual(self.get(f"/customer_sheet/complete/{token}").status_code, 404)
        self.assertEqual(self.page(self.short, d=token).status_code, 404)
        self.assertEqual(self.page(self.long, d=token).status_code, 200)
        complete = self.ada._sheet_complete_url().rpartition("/")[2]
        self.assertEqual(self.page(self.long, d=complete).status_code, 404)
        self.assertEqual(self.get(f"/customer_sheet/preferences/{complete}").status_code, 404)

    def test_answers_to_questions_that_the_form_does_not_ask_are_not_taken(self):
        answer = self.send(
            self.short,
            {
                **ANSWERS,
                "user_id": "2",
                "partner_id": "1",
                "budget": "5",
                "sheet_status": "verified",
            },
            user_id="2",
            partner_id="1",
            state="landed",
        )
        self.follow(answer)
        self.assertEqual(set(self.sent(self.short).values), {"name", "email"})

    def test_a_box_that_the_form_does_not_offer_is_not_taken(self):
        boxes = ["newsletter:email", "x", "prospecting:sms"]
        self.follow(self.send(self.short, ANSWERS, box=boxes))
        self.assertFalse(self.sent(self.short).consents)

    def test_list_values_that_are_not_in_the_list_are_refused_in_words(self):
        page = self.follow(self.step(self.page(self.long), ANSWERS))
        answer = self.step(page, {"need": "Audit", "headcount": "fr_sas"})
        self.assertEqual(answer.status_code, 422)
        self.assertIn("is not in the list of", answer.text)

    def test_a_deadline_in_the_past_is_refused_in_words(self):
        page = self.follow(self.step(self.page(self.long), ANSWERS))
        answer = self.step(page, {"need": "Audit", "deadline": "2020-01-31"})
        self.assertEqual(answer.status_code, 422)
        self.assertIn("in the past", answer.text)
        self.assertIn('value="2020-01-31"', answer.text)

    def test_strange_texts_are_shown_as_texts(self):
        name = "{{7*7}} <script>alert(1)</script> \u202eAda"
        answer = self.send(self.short, {"name": name, "email": "a@b\r\nBcc: x@y.fr"})
        self.assertEqual(answer.status_code, 422)
        self.assertNotIn("<script>alert", answer.text)
        self.assertIn("{{7*7}} &lt;script&gt;", answer.text)
        self.assertNotIn("49 &lt;", answer.text)

    @mute_logger("odoo.http")
    def test_what_is_too_much_is_refused_with_a_page(self):
        for answers, status in (({"need": "x" * 5000}, 422), ({"need": "x" * 200_000}, 413)):
            answer = self.send(self.short, {**ANSWERS, **answers})
            self.assertEqual(answer.status_code, status)
            self.assertIn('class="o_consent_main"', answer.text)
        answer = self.send(self.short, {**ANSWERS, "need": "a\0b"})
        self.assertEqual(answer.status_code, 400)
        answer = self.send(self.short, ANSWERS, message="x" * 6000)
        self.assertEqual(answer.status_code, 422)
        self.assertIn('href="#message"', answer.text)
        self.assertFalse(self.sent(self.short))

    def test_forms_that_are_not_for_visitors_are_not_there(self):
        hidden = self.published("API", [("name", True)], use="api")
        closed = self.published("Closed", [("name", True)], active=False)
        draft = self.env["customer.sheet.form"].create({"name": "Draft"})
        for slug in (hidden.slug, closed.slug, draft.slug, "none", "%00", "%FF", "x" * 3000):
            answer = self.get(f"/customer_sheet/form/{slug}")
            self.assertEqual(answer.status_code, 404, slug[:20])
            answer = self.post(f"/customer_sheet/form/{slug}", {"go": "send"})
            self.assertIn(answer.status_code, (400, 404), slug[:20])

    def test_the_same_uuid_on_two_forms_is_two_submissions(self):
        twin = self.published("Twin", [("name", True), ("email", True)])
        values = self.aged(self.hidden(self.page(self.short)))
        ticket = tickets.opened(self.env, values["ticket"])
        for form in (self.short, twin):
            both = self.aged(values, 0, form_id=form.id, version_id=form.version_id.id)
            both |= {f"q_{code}": value for code, value in ANSWERS.items()}
            self.follow(self.post(self.path_of(form), {**both, "go": "send"}))
        found = self.sent(self.short) + self.sent(twin)
        self.assertEqual(found.mapped("uuid"), [ticket.uuid] * 2)
