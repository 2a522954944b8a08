import re

from odoo.tests import tagged

from ...people import person
from .pages_common import PageCase

#: What receiving a form costs, with the check of its answers and the redirect.
QUERIES = 36


@tagged("post_install", "-at_install")
class TestFormSame(PageCase):
    """Nobody learns from a form whom we know."""

    def addresses(self):
        """Return an address of each kind: known, unknown, do not contact, archived, of a lead,
        merged.
        """
        self.contact(name="Archived", email="archived@example.fr").active = False
        self.env["mail.blacklist"]._add("blocked@example.fr")
        self.contact(name="Blocked", email="blocked@example.fr")
        self.lead(email_from="lead@example.fr")
        kept, gone = (self.contact(name=name, email="merged@example.fr") for name in ("A", "B"))
        merges = self.env["customer.sheet.merge"].with_user(person(self.env, "keeper"))
        merges._merge(kept.with_env(merges.env), gone.with_env(merges.env))
        self.env.flush_all()
        names = ("ada", "nobody", "blocked", "archived", "lead", "merged")
        return [f"{name}@example.fr" for name in names]

    def bytes_of(self, answer):
        """Return all of an answer but what differs between two visitors anyway."""
        text = re.sub(r'(name="ticket" value=")[^"]*', r"\1", answer.text)
        text = re.sub(r"([?&;]d=)[\w-]*", r"\1", text)
        location = re.sub(r"([?&;]d=)[\w-]*", r"\1", answer.headers.get("Location", ""))
        names = sorted(name for name in answer.headers if name != "Date")
        kept = [(name, answer.headers[name]) for name in names if name in ("Cache-Control",)]
        return answer.status_code, location, names, kept, text

    def test_the_answer_to_a_form_is_the_same_for_all(self):
        told = set()
        for address in self.addresses():
            answer = self.send(self.short, {"name": "Someone", "email": address})
            told.add(str((self.bytes_of(answer), self.bytes_of(self.follow(answer)))))
        self.assertEqual(len(told), 1)

    def test_a_request_does_the_same_work_for_all(self):
        """Looking for twins comes after the answer: its time tells nothing."""
        counts = set()
        addresses = self.addresses()
        self.follow(self.send(self.short, {"name": "Someone", "email": "first@example.fr"}))
        for address in addresses:
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.send(self.short, {"name": "Someone", "email": address})
            counts.add(self.env.cr.sql_log_count - before)
        self.assertEqual(len(counts), 1, counts)
        self.assertLessEqual(max(counts), QUERIES, "of a POST")

    def test_asking_for_links_is_the_same_for_all(self):
        told = set()
        for address in self.addresses():
            answer = self.post("/customer_sheet/complete", {"address": address})
            told.add(str((self.bytes_of(answer), self.bytes_of(self.follow(answer)))))
        self.assertEqual(len(told), 1)

    def test_nothing_of_a_known_contact_changes(self):
        before = self.ada.sudo().read()
        answers = {"name": "Not Ada", "email": "ada@example.fr", "phone": "+33 6 99 99 99 99"}
        self.follow(self.send(self.short, answers))
        self.env.invalidate_all()
        self.assertEqual(self.ada.sudo().read(), before)

    def test_neither_cookie_nor_address_nor_parameter_fills_a_page_in(self):
        self.follow(self.send(self.short, {"name": "Ada", "email": "ada@example.fr"}))
        headers = {"Cookie": "visitor_uuid=1; session_id=x; email=ada@example.fr"}
        page = self.get(
            self.path_of(self.short),
            params={"email": "ada@example.fr", "q_email": "ada@example.fr", "partner_id": 1},
            headers=headers,
        )
        self.assertNotIn("ada@example.fr", page.text)
        self.assertNotIn('value="Ada"', page.text)
