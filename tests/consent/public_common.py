import re

from odoo.tests import HttpCase
from odoo.tools import SQL

from .common import ConsentCase

LEDGER = ("event", "payload", "subject", "state", "subject_link")


class PublicCase(ConsentCase, HttpCase):
    """Visitors of the public pages, in English and French, with a notice in force."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.purpose = cls.env["customer.sheet.consent.purpose"]._by_code("prospecting").sudo()
        cls.versions = cls.env["customer.sheet.consent.notice.version"]
        for lang, body in (("en_US", "<p>We tell you</p>"), ("fr_FR", "<p>Nous disons</p>")):
            cls.version = cls.versions.create(
                {"notice_id": cls.purpose.notice_id.id, "lang": lang, "body": body}
            )
            cls.version._publish()
        cls.links = cls.env["customer.sheet.consent.link"]

    def setUp(self):
        super().setUp()
        self.ada = self.contact(street="1 rue de la Paix", city="Paris", lang="en_US")

    def path(self, url):
        """Return the path of an absolute link of a mail."""
        self.assertTrue(url.startswith("http"), url)
        return "/" + url.split("/", 3)[3]

    def preference_path(self, sheet=None):
        return self.path((sheet or self.ada)._sheet_preference_url())

    def get(self, path, **options):
        return self.url_open(path, allow_redirects=False, **options)

    def form_of(self, html, form_id=None):
        """Return the values that a browser would send for a form of a page, as it was loaded."""
        forms = re.findall(r"<form[^>]*>.*?</form>", html, re.DOTALL)
        form = next(form for form in forms if not form_id or f'id="{form_id}"' in form)
        values = {}
        for tag in re.findall(r"<input[^>]*>", form):
            found = dict(re.findall(r'([a-z_-]+)="([^"]*)"', tag))
            if found.get("type") != "checkbox":
                values[found["name"]] = found.get("value", "")
            elif "checked" in found:
                values.setdefault(found["name"], []).append(found["value"])
        return values

    def undated(self, html):
        """Return a page without its token against forgery, which tells the second it was made."""
        return re.sub(r"csrf_token: \"\w+\"", "", html)

    def ledger(self):
        """Return everything that the ledger holds, to the byte."""
        self.env.flush_all()
        rows = []
        for table in LEDGER:
            name = SQL.identifier(f"customer_sheet_consent_{table}")
            query = SQL("SELECT t::text FROM %s t ORDER BY id", name)
            rows.append(self.env.execute_query(query))
        return rows

    def events_of(self, sheet):
        """Return the ``(purpose, channel, state, method)`` that a person decided, in order."""
        self.env.invalidate_all()
        return [
            (event.purpose_code, event.channel, event.state, event.method)
            for event in sheet._sheet_consent_events().sorted("id")
        ]

    def mails_to(self, address):
        return self.env["mail.mail"].search([("email_to", "=", address)], order="id")

    def link_in(self, mail):
        """Return the path of the first link of a mail."""
        return self.path(re.search(r'href="(http[^"]*/customer_sheet/[^"]*)"', mail.body_html)[1])
