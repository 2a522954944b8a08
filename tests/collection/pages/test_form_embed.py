import re
from xml.etree import ElementTree

from odoo.tests import tagged

from .pages_common import PageCase

SITE = "https://www.example.com"


@tagged("post_install", "-at_install")
class TestFormEmbed(PageCase):
    """A form in the page of another website, and behind a code on a poster."""

    def test_only_the_listed_origins_may_show_the_form(self):
        self.short.origins = f"{SITE}\nhttp://localhost:8080"
        self.short._publish()
        self.env.flush_all()
        answer = self.page(self.short, framed=1)
        policy = answer.headers["Content-Security-Policy"]
        self.assertIn(f"frame-ancestors {SITE} http://localhost:8080;", policy)
        self.assertNotIn("X-Frame-Options", answer.headers)
        sent = self.send(self.short, {"name": "Ada", "email": "ada@example.fr"}, framed=1)
        self.assertIn(SITE, sent.headers["Content-Security-Policy"])
        self.assertIn("framed=1", sent.headers["Location"])
        self.assertIn("o_consent_framed", self.follow(sent).text)
        other = self.page(self.long)
        self.assertIn("frame-ancestors 'none'", other.headers["Content-Security-Policy"])

    def test_the_script_is_small_and_names_its_form(self):
        answer = self.get(f"{self.path_of(self.short)}/embed.js")
        self.assertEqual(answer.headers["Content-Type"], "text/javascript; charset=utf-8")
        self.assertLess(len(answer.content), 2000)
        self.assertIn(self.short.url, answer.text)
        self.assertNotIn("Set-Cookie", answer.headers)
        self.short.name = "</script><script>alert(1)</script>"
        self.env.flush_all()
        self.assertNotIn("</script>", self.get(f"{self.path_of(self.short)}/embed.js").text)

    def test_a_code_opens_the_form_and_says_where_the_poster_hangs(self):
        answer = self.get(f"{self.path_of(self.short)}/qr.svg", params={"s": "Hall 4"})
        self.assertEqual(answer.headers["Content-Type"], "image/svg+xml")
        picture = ElementTree.fromstring(answer.content)
        self.assertTrue(picture.tag.endswith("svg"))
        plain = self.get(f"{self.path_of(self.short)}/qr.svg")
        self.assertNotEqual(plain.content, answer.content)
        address = f"{self.short.url}?utm_source=Hall+4"
        self.assertEqual(self.short._address(utm_source="Hall 4"), address)

    def test_where_the_visitor_comes_from_reaches_the_submission(self):
        source = self.env["utm.source"].create({"name": "Hall 4"})
        before = self.env["utm.source"].search_count([])
        for name in ("hall 4", "Never heard of"):
            page = self.page(self.short, utm_source=name, page=f"{SITE}/contact")
            values = {**self.aged(self.hidden(page)), "q_name": "Ada", "q_email": "a@example.fr"}
            self.follow(self.post(self.path_of(self.short), {**values, "go": "send"}))
        first, second = self.sent(self.short)
        self.assertEqual((first.source_id, first.page), (source, f"{SITE}/contact"))
        self.assertFalse(second.source_id)
        self.assertEqual(self.env["utm.source"].search_count([]), before)

    def test_the_page_before_is_kept_without_what_it_was_asked(self):
        headers = {"Referer": "https://search.example/find?q=ada+lovelace"}
        page = self.get(self.path_of(self.long), headers=headers)
        page = self.follow(self.step(page, {"name": "Ada", "email": "ada@example.fr"}))
        self.assertEqual(self.sent(self.long).referrer, "https://search.example/find")
        self.follow(self.step(page, {"need": "An audit"}))
        self.assertEqual(self.sent(self.long).referrer, "https://search.example/find")
        self.assertFalse(re.search("lovelace", page.text))
