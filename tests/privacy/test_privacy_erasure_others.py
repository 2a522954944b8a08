"""Whoever is erased has family, colleagues, a namesake: nothing of theirs is touched (P2)."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .erasures import BystandersCase
from .planted import EMAIL, NAME, say


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

    def test_what_is_of_others_too_is_not_deleted_unasked(self):
        """A mail to two people; a file that is stored with the record of somebody else."""
        paul = self.bystanders[0]
        note = say(paul, "Hello")
        mail = self.env["mail.mail"].create(
            {"mail_message_id": note.id, "email_to": f"{EMAIL}, paul@other.example"}
        )
        file = self.env["ir.attachment"].create(
            {"name": "x", "res_model": "res.partner", "res_id": paul.id}
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET db_datas = %s WHERE id = %s", [NAME.encode(), file.id]
        )
        self.erasure.with_user(self.officer).action_look_again()
        texts = self.erasure.text_ids
        for record in (mail, file):
            [text] = texts.filtered(lambda t, r=record: (t.table, t.row) == (r._table, r.id))
            self.assertFalse(text.decision, text.table)
        self.decided()
        self.erase(self.erasure)
        self.assertTrue(mail.exists() and file.exists())

    def test_a_namesake_is_written_without_accents(self):
        """ZYXQUILLE Anna is another one: what speaks of her is not cut unasked."""
        self.bystanders[1].name = self.theirs[1].contact_name = "Bea Other"
        carl = self.bystanders[2]
        carl.name = self.theirs[2].contact_name = "ZYXQUILLE Anna"
        note = say(carl, "Spoke to ZYXQUILLE Anna")
        erasure = self.start()
        self.assertIn(
            (carl._name, carl.id, "name"),
            [(r.model, r.row, r.why) for r in erasure.record_ids if not r.is_included],
        )
        found = erasure.text_ids.filtered(lambda t: (t.table, t.row) == (note._table, note.id))
        self.assertEqual(found.mapped("decision"), ["keep"])

    def test_a_word_that_somebody_typed_is_shown(self):
        """What came with an app speaks of nobody; a tag of ours may."""
        self.bystanders[1].name = self.theirs[1].contact_name = "Bea Other"
        typed = self.env["res.partner.category"].create({"name": "Zyxquille and friends"})
        shipped = self.env.ref("base.main_company").currency_id
        shipped.symbol = shipped.full_name = "Zyxquille"
        self.erasure.with_user(self.officer).action_look_again()
        texts = self.erasure.text_ids
        [text] = texts.filtered(lambda t: t.table == typed._table)
        self.assertFalse(text.decision)
        self.assertFalse(texts.filtered(lambda t: t.table == shipped._table))
        for each in texts.filtered(lambda t: not t.decision).with_user(self.officer):
            each.write({"decision": "keep", "words": "It is a joke"})
        self.erase(self.erasure)
        kept = {(k["model"], *k["rows"]) for k in self.erasure.found["kept"]}
        self.assertIn((shipped._name, shipped.id), kept, "all that is found is on the certificate")

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
