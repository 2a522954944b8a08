import uuid
from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import HttpCase

from ....models.collection.api.form import SCOPE
from ...people import person

ORIGIN = "https://shop.example.com"


class ApiCase(HttpCase):
    """A form that another program fills in with a key, over HTTP as it does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.manager = person(cls.env, "manager")
        cls.rep = person(cls.env, "rep")
        cls.purpose = cls.env["customer.sheet.consent.purpose"]._by_code("prospecting").sudo()
        for lang, body in (("en_US", "<p>We tell you</p>"), ("fr_FR", "<p>Nous disons</p>")):
            cls.env["customer.sheet.consent.notice.version"].create(
                {"notice_id": cls.purpose.notice_id.id, "lang": lang, "body": body}
            )._publish()
        cls.form = cls.make_form("shop")

    @classmethod
    def make_form(cls, slug, **values):
        """Create a form that asks little, published unless it is archived."""
        names = ("name", "email", "need", "budget", "country")
        questions = [cls.env.ref(f"crm_customer_sheet.question_{name}") for name in names]
        form = cls.env["customer.sheet.form"].create(
            {
                "name": "Shop",
                "slug": slug,
                "use": "api",
                "message_asked": True,
                "origins": ORIGIN,
                "line_ids": [
                    Command.create({"question_id": each.id, "required": each.code == "email"})
                    for each in questions
                ],
                "consent_ids": [Command.create({"purpose_id": cls.purpose.id, "channel": "email"})],
                **values,
            }
        )
        form._publish()
        return form

    @classmethod
    def make_key(cls, user, scope=SCOPE, days=30):
        """Return a key of a user, which has expired if ``days`` is negative."""
        until = fields.Datetime.now() + timedelta(days=days)
        return cls.env["res.users.apikeys"].with_user(user)._generate(scope, "Shop", until)

    def setUp(self):
        super().setUp()
        self.key = self.make_key(self.manager)

    def path(self, slug="shop", end="/submissions"):
        return f"{self.base_url()}/customer_sheet/api/1/forms/{slug}{end}"

    def body(self, number=None, **values):
        """Return a submission of Ada; ``values`` are parts of the body or of its answers."""
        parts = ("consents", "message", "lang", "context")
        body = {"submission_id": number or str(uuid.uuid4())}
        body |= {name: values.pop(name) for name in parts if name in values}
        return {**body, "values": {"name": "Ada", "email": "ada@example.fr", **values}}

    def send(self, body, slug="shop", key=None, **headers):
        """POST a submission; headers by name with underscores."""
        return self.ask("POST", self.path(slug), key, json=body, headers=headers)

    def ask(self, method, url, key=None, headers=None, **options):
        found = {"Authorization": f"Bearer {self.key if key is None else key}"}
        found |= {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        found = {name: value for name, value in found.items() if value}
        return self.opener.request(method, url, headers=found, timeout=60, **options)

    def submissions(self, form=None):
        self.env.invalidate_all()
        form = form or self.form
        return self.env["customer.sheet.submission"].search([("form_id", "=", form.id)])

    def assertProblem(self, answer, status, kind=None):
        """Check that an answer is a problem in words, and return it."""
        self.assertEqual(answer.status_code, status, answer.text[:300])
        self.assertEqual(answer.headers["Content-Type"].split(";")[0], "application/problem+json")
        problem = answer.json()
        self.assertEqual(problem["status"], status)
        self.assertTrue(problem["detail"].strip())
        if kind:
            self.assertEqual(problem["type"], f"urn:crm-customer-sheet:{kind}")
        return problem
