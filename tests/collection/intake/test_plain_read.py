from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ....models.collection.intake.exceptions import PlainError
from ..forms.form_common import FormCase


@tagged("post_install", "-at_install")
class TestPlainRead(FormCase):
    """Answers from outside are read as if they were typed; a refusal names the question."""

    def meant(self, code, raw, country=None):
        return self.question(code).with_context(lang="en_US")._plain_read(raw, country)

    def refusal(self, code, raw):
        with self.assertRaises(PlainError) as caught:
            self.meant(code, raw)
        self.assertEqual(caught.exception.code, code)
        self.assertIn(f"“{self.question(code).name}”", caught.exception.sentence)
        return caught.exception.sentence

    def test_shapes(self):
        kinds = {
            "name": "text",
            "email": "email",
            "phone": "phone",
            "country": "choice",
            "budget": "amount",
            "deadline": "date",
            "headcount": "choice",
            "constraints": "choices",
            "preferred_channel": "choice",
            "user_count": "integer",
            "website": "url",
            "use_case": "long_text",
        }
        for code, kind in kinds.items():
            self.assertEqual(self.question(code)._plain_shape()["kind"], kind, code)
        for code in ("owner", "stakeholders", "campaign"):
            self.assertIsNone(self.question(code)._plain_shape(), code)

    def test_the_field_that_says_it_best(self):
        held = {
            "name": "contact_name",
            "company": "partner_name",
            "budget": "sheet_budget_max",
            "deadline": "sheet_deadline",
            "phone": "phone",
            "constraints": "sheet_constraint_ids",
        }
        for code, name in held.items():
            self.assertEqual(self.question(code)._plain_shape()["field"], name, code)
        shape = self.question("company")._plain_shape("res.partner")
        self.assertEqual(shape["field"], "company_name")

    def test_values_are_tidied(self):
        self.assertEqual(self.meant("name", "  Ada\u200b\u202e Lovelace "), "Ada Lovelace")
        self.assertEqual(self.meant("email", " Ada <Ada@X-Y.fr> "), "Ada@x-y.fr")
        self.assertEqual(self.meant("budget", "15 000 €"), 15000.0)
        self.assertEqual(self.meant("budget", 1.125), 1.125)
        self.assertEqual(self.meant("user_count", "1 200"), 1200)
        self.assertEqual(self.meant("headcount", "10_19"), "10_19")
        self.assertEqual(self.meant("country", "Maroc"), "MA")
        self.assertEqual(self.meant("phone", "call 0612"), "call 0612")
        for blank in (None, False, "", "  ", [], "\u200b"):
            for code in ("name", "email", "deadline", "budget", "headcount", "constraints"):
                self.assertIsNone(self.meant(code, blank), (code, blank))

    def test_v1_a_number_is_read_without_what_a_program_added(self):
        for code, raw, meant in (
            ("company_registry", 732829320.0, "732829320"),
            ("company_registry", "1561191000066.0", "1561191000066"),
            ("company_registry", "'732829320", "732829320"),
            ("company_registry", "7.32E+08", "7.32E+08"),  # lost digits are not guessed
            ("vat", "FR44732829320.0", "FR44732829320"),
            ("phone", 612345678.0, "612345678"),
            ("zip", 75001.0, "75001"),
        ):
            self.assertEqual(self.meant(code, raw, "FR"), meant, raw)
        self.refusal("company_registry", True)

    def test_v5_amounts_and_days_as_people_write_them(self):
        for code, raw, meant in (
            ("budget", "12 000,50 EUR", 12000.5),
            ("budget", "12k", 12000),
            ("budget", "1.2M€", 1_200_000),
            ("budget", "12 mille", 12000),
            ("budget", "2 millions d'euros", 2_000_000),
            ("deadline", "1er mars 2999", "2999-03-01"),
            ("deadline", "March 4th, 2999", "2999-03-04"),
            ("deadline", "4-Mar-2999", "2999-03-04"),
        ):
            self.assertEqual(self.meant(code, raw), meant, raw)
        for raw in ("12 mois", "12 months", "3 kg"):
            self.refusal("budget", raw)

    def test_an_address_that_cannot_receive_mail_is_refused(self):
        self.assertIn("Did you mean", self.refusal("email", "ada@gmail"))
        self.refusal("email", "ada@x.fr\r\nBcc: all@y.fr")
        self.refusal("email", "a@x.fr, b@y.fr")
        domain = self.env["customer.sheet.email.domain"].create({"name": "no-mail-here.fr"})
        self.assertEqual(self.meant("email", "ada@no-mail-here.fr"), "ada@no-mail-here.fr")
        domain.mx = "none"
        self.refusal("email", "ada@no-mail-here.fr")

    def test_a_budget_and_a_deadline_that_cannot_be_are_refused(self):
        for raw in ("0", "-5", 0, "a lot", "nan", float("inf"), "1e400"):
            self.refusal("budget", raw)
        today = fields.Date.context_today(self.env.user)
        self.assertEqual(self.meant("deadline", today.isoformat()), today.isoformat())
        self.assertIn("in the past", self.refusal("deadline", str(today - timedelta(1))))
        self.refusal("deadline", "2027-02-30")
        self.refusal("user_count", "12.5")

    def test_what_is_too_long_or_no_text_is_refused(self):
        self.assertIn("240", self.refusal("need", "x" * 241))
        self.refusal("need", "x" * 10_000_000)
        for raw in ({"a": 1}, ["a", "b"], True, 10**40):
            self.refusal("need", raw)

    def test_values_of_other_lists_are_refused(self):
        option = self.env["customer.sheet.option"].search([("kind", "=", "headcount")], limit=1)
        self.refusal("headcount", "industry")
        self.refusal("headcount", str(option.id))
        self.refusal("constraints", ["atex", "nonsense"])
        option.active = False
        self.refusal("headcount", option.code)

    def test_products_have_to_be_meant_for_forms(self):
        product = self.env["product.template"].create({"name": "Loom"})
        self.refusal("product", str(product.id))
        product.sheet_on_forms = True
        self.assertEqual(self.meant("product", str(product.id)), str(product.id))
        product.company_id = self.env["res.company"].create({"name": "Elsewhere"})
        self.refusal("product", str(product.id))

    def test_codes_that_are_no_question_are_refused(self):
        asked = self.question("email") | self.question("need")
        values = {"email": "ada@x-y.fr", "user_id": 2, "sheet_status": "verified", "budget": "3"}
        read, errors = asked._plain_read_all(values)
        self.assertEqual(read, {"email": "ada@x-y.fr"})
        self.assertEqual(set(errors), {"user_id", "sheet_status", "budget"})

    def test_dates_are_read_as_the_language_writes_them(self):
        question = self.question("deadline")
        french = question.with_context(lang="fr_FR")
        self.assertEqual(french._plain_read("03/04/2099"), "2099-04-03")
        self.assertEqual(
            question.with_context(lang="en_US")._plain_read("03/04/2099"), "2099-03-04"
        )
