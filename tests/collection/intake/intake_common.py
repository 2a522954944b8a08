from uuid import uuid4

from ....models.collection.intake.exceptions import Unreadable
from ..forms.form_common import FormCase


class IntakeCase(FormCase):
    """A published form with a box, and what somebody writes into it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.notice()._publish()
        codes = ("name", "company", "email", "phone", "need", "budget", "deadline", "headcount")
        cls.request = cls.published(*codes, message_asked=True, consent_ids=[cls.box()])
        cls.submissions = cls.env["customer.sheet.submission"]
        cls.ada = {
            "name": "Ada Lovelace",
            "company": "Analytical Engines",
            "email": "ada@analytical-engines.fr",
            "need": "An engine",
        }

    def send(self, values=None, form=None, uuid=None, **options):
        """Send a form as a visitor; return the submission."""
        form = form or self.request
        values = self.ada if values is None else values
        submission, _fresh = form._receive(uuid or str(uuid4()), values, **options)
        return submission

    def landed(self, *args, **options):
        """Send a form and let it land; return the submission."""
        submission = self.send(*args, **options)
        submission._sheet_land()
        return submission

    def yes(self, **said):
        return [{"purpose": "prospecting", "channel": "email", "given": True, **said}]

    def errors(self, values, **options):
        with self.assertRaises(Unreadable) as caught:
            self.send(values, **options)
        return caught.exception.errors
