"""Whoever is erased has family, colleagues, a namesake: nothing of theirs is touched (P2)."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .erasures import BystandersCase
from .planted import EMAIL, NAME


@tagged("post_install", "-at_install")
class TestPrivacyErasureOthers(BystandersCase):
    def test_bystanders_stay_as_they_are_though_each_step_is_done_twice(self):
        included = self.erasure.record_ids.filtered("is_included")
        self.assertEqual([(r.model, r.row) for r in included], [("res.partner", self.anna.id)])
        self.decided()
        self.erase(self.erasure, times=2)
        self.assertFalse(self.erasure.left_text)
        self.assertEqual(self.rows(), self.before)
        self.assertNotIn("nna", self.mention.body)
        self.assertIn("Paul", self.mention.body)
        self.assertNotIn("nna", self.guess.body)
        back = self.env["res.partner"].create({"name": "A. Z.", "email": EMAIL})
        answer = back.can_contact("prospecting", "email")
        self.assertFalse(answer["allowed"])
        self.assertTrue(answer["event_hash"], "the objection follows the address")

    def test_the_consents_of_others_stay(self):
        """A note in the ledger that names Anna is Carl's; the company's are not a lead's."""
        carl = self.bystanders[2]
        lead = self.env["crm.lead"].create(
            {"name": "x", "email_from": EMAIL, "contact_name": NAME, "partner_id": self.company.id}
        )
        for record, label in ((carl, f"{EMAIL} rang for him"), (self.company, "By post")):
            record._sheet_consent_record(
                [{"purpose": "prospecting", "channel": "email", "state": "objected"}],
                method="phone",
                label=label,
            )
        subjects = self.env["customer.sheet.consent.subject"]
        theirs = (
            subjects._of_sheets(carl)[carl.id] | subjects._of_sheets(self.company)[self.company.id]
        )
        erasure = self.start()
        self.assertIn(lead.id, erasure.record_ids.filtered("is_included").mapped("row"))
        table = "customer_sheet_consent_payload"
        text = erasure.text_ids.filtered(lambda t: t.table == table and t.ground == "others")
        with self.assertRaisesRegex(UserError, "proof"):
            text.with_user(self.officer).decision = "delete"
        self.erasure = erasure
        self.decided()
        self.erase(erasure)
        self.assertEqual(erasure.state, "done")
        self.assertFalse(theirs.filtered("erased_on"))

    def test_nobody_deletes_a_record_of_somebody_else(self):
        """In a customer's address, or their notes, only the words about the person go."""
        self.bystanders[0].comment = f"<p>Knows {NAME}</p>"
        lead = self.env["crm.lead"].create({"name": "y", "description": f"From {NAME}"})
        self.erasure.with_user(self.officer).action_look_again()
        self.erasure._look_elsewhere()
        texts = self.erasure.text_ids.with_user(self.officer)
        for table, record in (("res_partner", self.bystanders[0]), ("crm_lead", lead)):
            found = texts.filtered(
                lambda t, at=(table, record.id): (t.table, t.row) == at and t.column != "name"
            )
            self.assertTrue(found, table)
            with self.assertRaisesRegex(UserError, "something else"):
                found[:1].decision = "delete"
            found.decision = "cut"

    def test_a_confirmed_record_goes_with_what_is_certainly_its(self):
        namesake = self.bystanders[1]
        line = self.erasure.record_ids.filtered(
            lambda r: (r.model, r.row) == ("res.partner", namesake.id)
        )
        line.with_user(self.officer).is_included = True
        with self.assertRaisesRegex(UserError, "Look again"):
            self.erasure.with_user(self.officer).action_ask()
        self.erasure.with_user(self.officer).action_look_again()
        included = self.erasure.record_ids.filtered("is_included")
        self.assertIn(
            self.theirs[1].id, included.filtered(lambda r: r.model == "crm.lead").mapped("row")
        )
        self.assertIn("Somebody decided", self.erasure.two_people)

    def test_what_is_certain_cannot_be_left_out(self):
        certain = self.erasure.record_ids.filtered("is_certain").with_user(self.officer)
        with self.assertRaises(UserError):
            certain[0].is_included = False
