import html
import re

from odoo import fields
from odoo.fields import Command

from ....models.collection.pages import ticket as tickets
from ...consent.public_common import PublicCase

FORM = re.compile(r'<form id="form".*?</form>|<form class="o_form".*?</form>', re.DOTALL)


class PageCase(PublicCase):
    """Visitors without cookies and scripts, before a form of one page and a form of three."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("fr_FR", "ar_001"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.short = cls.published(
            "Contact",
            [("name", True), ("email", True), ("phone", False), ("need", False)],
            message_asked=True,
            consent_ids=[Command.create({"purpose_id": cls.purpose.id, "channel": "email"})],
        )
        cls.long = cls.published(
            "Project",
            [("name", True), ("email", True)],
            [("need", True), ("deadline", False), ("headcount", False)],
            [("website", False)],
            message_asked=True,
            consent_ids=[Command.create({"purpose_id": cls.purpose.id, "channel": "email"})],
        )
        cls.submissions = cls.env["customer.sheet.submission"]

    @classmethod
    def published(cls, name, *steps, **values):
        """Return a published form; each step is a list of ``(code, required)``."""
        questions = cls.env["customer.sheet.question"].search([])
        lines, sequence = [], 0
        for place, step in enumerate(steps, 1):
            for index, (code, required) in enumerate(step):
                sequence += 10
                question = questions.filtered(lambda each, code=code: each.code == code)
                question.is_public = True
                lines.append(
                    Command.create(
                        {
                            "sequence": sequence,
                            "question_id": question.id,
                            "required": required,
                            "step_title": index == 0 and len(steps) > 1 and f"Part {place}",
                        }
                    )
                )
        langs = cls.env["res.lang"].search([("code", "in", ("en_US", "fr_FR", "ar_001"))])
        form = cls.env["customer.sheet.form"].create(
            {"name": name, "line_ids": lines, "lang_ids": langs.ids, **values}
        )
        form._publish()
        return form

    def setUp(self):
        super().setUp()
        self.opener.cookies.clear()

    # -- a visitor -------------------------------------------------------------------

    def path_of(self, form):
        return f"/customer_sheet/form/{form.slug}"

    def page(self, form, **query):
        return self.get(self.path_of(form), params=query)

    def hidden(self, answer):
        """Return the values that a browser sends for what stands in the form of a page."""
        form = FORM.search(answer.text)[0]
        values = {}
        for tag in re.findall(r"<input[^>]*>", form):
            found = {k: html.unescape(v) for k, v in re.findall(r'([a-z_-]+)="([^"]*)"', tag)}
            if found.get("type") not in ("checkbox", "radio"):
                values[found["name"]] = found.get("value", "")
            elif "checked" in found:
                values.setdefault(found["name"], []).append(found["value"])
        for name, text in re.findall(
            r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form, re.S
        ):
            values[name] = html.unescape(text)
        return values

    def aged(self, values, seconds=60, **changes):
        """Return the values of a page as if it had been open for some time."""
        ticket = tickets.opened(self.env, values["ticket"])
        ticket = ticket._replace(since=int(ticket.since - seconds), **changes)
        return {**values, "ticket": tickets.sign(self.env, ticket)}

    def post(self, path, values, **options):
        return self.opener.post(
            self.base_url() + path, data=values, allow_redirects=False, timeout=60, **options
        )

    def send(self, form, answers, seconds=60, go="send", **more):
        """Fill in a form of one page and press the button."""
        values = self.aged(self.hidden(self.page(form)), seconds)
        values |= {f"q_{code}": value for code, value in answers.items()}
        return self.post(self.path_of(form), {**values, "go": go, **more})

    def follow(self, answer):
        """Return the page that a redirect leads to."""
        self.assertEqual(answer.status_code, 303, answer.text[-2000:])
        return self.get(answer.headers["Location"].partition("#")[0])

    def step(self, page, answers, go="next", form=None, seconds=60, **more):
        """Answer the questions of a page of the long form and press a button."""
        values = self.aged(self.hidden(page), seconds)
        values |= {f"q_{code}": value for code, value in answers.items()}
        return self.post(self.path_of(form or self.long), {**values, "go": go, **more})

    def filled(self):
        """Return the page that checks the answers of the long form."""
        page = self.page(self.long)
        page = self.follow(self.step(page, {"name": "Ada Lovelace", "email": "ada@example.fr"}))
        page = self.follow(self.step(page, {"need": "An audit"}))
        return self.follow(self.step(page, {"website": "www.example.fr"}, message="Call me"))

    def sent(self, form):
        """Return the submissions of a form, the oldest first."""
        self.env.invalidate_all()
        return self.submissions.search([("form_id", "=", form.id)], order="id")

    def tomorrow(self):
        return fields.Date.add(fields.Date.today(), days=1).isoformat()
