"""At a fair a salesperson takes people down, each once however often the device sends them."""

import base64
import io
import uuid

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from ...people import people

BADGE = (
    "BEGIN:VCARD\nVERSION:3.0\nFN:Julie Martin\nN:Martin;Julie;;;\nORG:Atlas Meca\nTITLE:Buyer\n"
    "TEL:+33 6 12 34 56 78\nEMAIL:julie@atlas-meca.fr\nNOTE:Stand 12\nEND:VCARD"
)


def photo():
    """Return a picture in base64, as the device sends it."""
    octets = io.BytesIO()
    Image.new("RGB", (400, 250), "white").save(octets, "JPEG")
    return base64.b64encode(octets.getvalue()).decode()


class CaptureCase(TransactionCase):
    """A fair with its form, two reps and somebody who has nothing to do with customers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep, cls.rival, cls.outsider = people(cls.env, "rep", "rival", "outsider")
        names = ("name", "company", "email", "phone", "need")
        cls.fair = cls.env["customer.sheet.form"].create(
            {
                "name": "Lyon",
                "use": "fair",
                "slug": "lyon",
                "capture_needs": "Quotation\nVisit",
                "source_id": cls.env.ref("crm_customer_sheet.option_source_trade_fair").id,
                "line_ids": [
                    Command.create(
                        {
                            "question_id": cls.env.ref(f"crm_customer_sheet.question_{name}").id,
                            "required": name == "email",
                        }
                    )
                    for name in names
                ],
            }
        )
        cls.fair._publish()

    def capture(self, number=None, user=None, form=None, **card):
        form = (form or self.fair).with_user(user or self.rep)
        return form.capture(number or str(uuid.uuid4()), card)

    def leads(self):
        return self.env["crm.lead"].search([("sheet_source_id", "=", self.fair.source_id.id)])

    def cards(self):
        return self.env["customer.sheet.submission"].search([("form_id", "=", self.fair.id)])


@tagged("post_install", "-at_install")
class TestCapture(CaptureCase):
    def test_a_badge_is_a_lead_of_whoever_scanned_it(self):
        before = self.leads()
        told = self.capture(
            scanned=BADGE, needs=["Quotation", "Visit"], temperature="hot", note="Call on Monday"
        )
        lead = self.leads() - before
        self.assertEqual(lead.user_id, self.rep)
        self.assertEqual(lead.contact_name, "Julie Martin")
        self.assertEqual(lead.partner_name, "Atlas Meca")
        self.assertEqual(lead.email_from, "julie@atlas-meca.fr")
        self.assertEqual(lead.function, "Buyer")
        self.assertEqual(lead.sheet_need, "Quotation, Visit")
        self.assertEqual(lead.priority, "2")
        self.assertIn("Call on Monday", lead.description)
        self.assertIn("Stand 12", lead.description)
        self.assertEqual(told, {"reference": lead.sheet_reference, "to_type": False})

    def test_the_same_card_again_is_the_same_lead(self):
        number, before = str(uuid.uuid4()), self.leads()
        first = self.capture(number, scanned=BADGE, note="Once")
        again = self.capture(number, scanned=BADGE, note="Once")
        self.assertEqual(first, again)
        self.assertEqual(len(self.leads() - before), 1)
        self.assertEqual(len(self.cards()), 1)

    def test_what_was_typed_goes_before_what_was_scanned(self):
        before = self.leads()
        self.capture(scanned=BADGE, typed={"name": "Julie Durand", "email": " "})
        lead = self.leads() - before
        self.assertEqual(lead.contact_name, "Julie Durand")
        self.assertEqual(lead.email_from, "julie@atlas-meca.fr")

    def test_nothing_is_refused_for_what_is_written(self):
        before = self.leads()
        self.capture(
            typed={"name": "Ada", "email": "ada@", "user_id": "1"}, needs=["x" * 150, "y" * 150]
        )
        lead = self.leads() - before
        self.assertEqual(lead.contact_name, "Ada")
        self.assertFalse(lead.email_from)
        for kept in ("ada@", "x" * 150):
            self.assertIn(kept, lead.description)

    def test_what_was_scanned_is_kept_whatever_it_is(self):
        told = self.capture(scanned="https://badge.example/4711", needs=["Visit"])
        self.assertTrue(told["to_type"])
        self.assertIn("https://badge.example/4711", self.cards().message)
        self.assertFalse(self.cards().expires_at)

    def test_a_photo_that_is_none_loses_no_card(self):
        """The device would send it for ever."""
        none = base64.b64encode(b"%PDF-1.4 no picture").decode()
        for picture in ("~~~", none, "QUJD", base64.b64encode(b"<svg/>").decode()):
            answer = self.capture(photo=picture, scanned=BADGE)
            self.assertTrue(answer["reference"], picture)
        self.assertEqual(self.cards().mapped("photo"), [False] * 4)

    def test_a_photo_waits_to_be_typed(self):
        number, before = str(uuid.uuid4()), self.leads()
        told = self.capture(number, photo=photo(), needs=["Visit"], temperature="warm", note="Red")
        self.assertEqual(told, {"reference": "", "to_type": True})
        self.assertFalse(self.leads() - before)
        forms = self.fair.with_user(self.rep)
        [card] = forms.capture_to_type()
        self.assertEqual(
            (card["uuid"], card["form"], card["needs"], card["temperature"], card["note"]),
            (number, self.fair.id, "Visit", "warm", "Red"),
        )
        self.assertTrue(card["thumbnail"].startswith("data:image/jpeg;base64,/9j/"))
        self.assertTrue(forms.capture_photo(number))
        self.capture(number, typed={"name": "Ada"}, needs=["Visit"], temperature="warm", note="Red")
        lead = self.leads() - before
        self.assertEqual((lead.contact_name, lead.sheet_need), ("Ada", "Visit"))
        self.assertFalse(forms.capture_to_type())
        self.assertTrue(self.cards().photo, "the card can still be looked at")

    def test_a_photo_that_comes_late_changes_nothing(self):
        number, before = str(uuid.uuid4()), self.leads()
        self.capture(number, photo=photo())
        self.capture(number, typed={"name": "Ada"})
        told = self.capture(number, photo=photo())
        lead = self.leads() - before
        self.assertEqual(told, {"reference": lead.sheet_reference, "to_type": False})
        self.assertEqual(self.cards().state, "landed")

    def test_cards_to_type_are_those_of_whoever_took_them(self):
        number = str(uuid.uuid4())
        self.capture(number, photo=photo())
        forms = self.fair.with_user(self.rival)
        self.assertFalse(forms.capture_to_type())
        self.assertFalse(forms.capture_photo(number))
        self.assertTrue(self.fair.with_user(self.rep).capture_photo(number))

    def test_what_the_device_is_told(self):
        self.fair.copy({"name": "Never published"})
        forms = self.env["customer.sheet.form"].with_user(self.rep).capture_forms()
        [told] = [form for form in forms if form["id"] == self.fair.id]
        self.assertEqual(told["needs"], ["Quotation", "Visit"])
        codes = [question["code"] for question in told["questions"]]
        self.assertEqual(codes, ["name", "company", "email", "phone"])
        self.assertTrue(told["url"].endswith("/customer_sheet/form/lyon"))
        self.assertTrue(told["qr"].startswith("data:image/png;base64,"))
        self.assertNotIn("Never published", [form["name"] for form in forms])

    def test_cards_that_are_none(self):
        for card in (
            {"scanned": 1},
            {"photo": "A" * 7_000_000},
            {"typed": {"name": 1}},
            {"typed": []},
            {"needs": "Visit"},
            {"needs": ["x"] * 50},
            {"temperature": "boiling"},
            {"note": "x" * 20_000},
            {"user_id": 1},
        ):
            with self.subTest(str(card)[:60]), self.assertRaises(UserError):
                self.capture(**card)
        with self.assertRaises(UserError):
            self.capture("not a uuid", typed={"name": "Ada"})
        self.assertFalse(self.cards())

    def test_forms_that_are_none_of_the_user_s(self):
        draft = self.fair.copy()
        with self.assertRaises(UserError):
            self.capture(form=draft, typed={"name": "Ada"})
        other = self.env["res.company"].create({"name": "Other"})
        self.fair.company_id = other
        with self.assertRaises(AccessError):
            self.capture(typed={"name": "Ada"})
        with self.assertRaises(AccessError):
            self.capture(user=self.outsider, typed={"name": "Ada"})

    def test_erasing_a_card_erases_its_photo(self):
        self.capture(photo=photo(), typed={"name": "Ada"})
        card = self.cards()
        card._erase()
        self.assertFalse(card.photo or card.values or card.temperature)
