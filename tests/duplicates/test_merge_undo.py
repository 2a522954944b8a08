from odoo.fields import Command
from odoo.tests import Form, tagged

from .merge_common import MergeCase

CALLED = "Called twice"


@tagged("post_install", "-at_install")
class TestMergeUndo(MergeCase):
    """What a merge moves, and that an undo puts everything back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.contact("Atlas Meca", is_company=True, vat="FR23334175221", city="Lyon")
        cls.twin = cls.contact(
            "ATLAS MECA SARL", is_company=True, email="contact@atlasmeca.fr", phone="+33472000000"
        )
        cls.person = cls.contact("Salma Bennani", parent_id=cls.twin.id)
        cls.fill(cls.twin)

    @classmethod
    def fill(cls, partner):
        """Hang something of every kind on a contact."""
        env = cls.env
        tag, other = env["res.partner.category"].create([{"name": "A"}, {"name": "B"}])
        partner.category_id = [Command.set([tag.id, other.id])]
        cls.company.category_id = [Command.set([tag.id])]
        cls.deal = cls.lead("Audit", partner_id=partner.id, user_id=cls.rep.id)
        partner.message_post(body=CALLED)
        partner.message_subscribe([cls.rep.partner_id.id])
        cls.company.message_subscribe([cls.rep.partner_id.id, cls.rival.partner_id.id])
        partner.activity_schedule("mail.mail_activity_data_todo", user_id=cls.rep.id)
        env["ir.attachment"].create(
            {"name": "plan.txt", "res_model": "res.partner", "res_id": partner.id, "raw": b"plan"}
        )
        question = env["customer.sheet.question"].search(
            [("partner_field_ids", "!=", False)], limit=1
        )
        env["customer.sheet.answer"].create(
            {"partner_id": partner.id, "question_id": question.id, "state": "unknown"}
        )
        env["customer.sheet.stakeholder"].create({"lead_id": cls.deal.id, "partner_id": partner.id})
        env["ir.model.data"].create(
            {"module": "test", "name": "twin", "model": "res.partner", "res_id": partner.id}
        )
        accounts = env["res.partner.bank"]
        for owner in (partner, cls.company):
            accounts.create({"acc_number": "FR7630006000011234567890189", "partner_id": owner.id})
        partner.image_1920 = (
            b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJ"
            b"RU5ErkJggg=="
        )
        env.flush_all()

    def test_everything_moves_to_the_survivor(self):
        self.merge(self.company, self.twin)
        self.assertEqual(self.deal.partner_id, self.company)
        self.assertEqual(self.person.parent_id, self.company)
        self.assertEqual(self.person.commercial_partner_id, self.company)
        self.assertEqual(self.person.vat, self.company.vat)
        self.assertEqual(self.company.email, "contact@atlasmeca.fr")
        self.assertEqual(self.company.email_normalized, "contact@atlasmeca.fr")
        self.assertEqual(self.company.phone_sanitized, "+33472000000")
        self.assertEqual(len(self.company.category_id), 2)
        self.assertIn(CALLED, "".join(self.company.message_ids.mapped("body")))
        self.assertEqual(len(self.company.activity_ids), 1)
        self.assertEqual(self.env.ref("test.twin"), self.company)
        self.assertTrue(self.company.image_128)

    def test_the_tail_is_archived_and_says_where_it_went(self):
        merge = self.merge(self.company, self.twin)
        self.assertTrue(self.twin.exists())
        self.assertFalse(self.twin.active)
        self.assertEqual(self.twin.sheet_merged_into_id, self.company)
        self.assertEqual(self.twin._sheet_merges(), {self.twin.id: merge})
        self.assertTrue(self.twin.with_user(self.rep).sheet_can_undo_merge)
        self.assertFalse(self.twin.with_user(self.rival).sheet_can_undo_merge)
        self.assertTrue(self.twin.with_user(self.steward).sheet_can_undo_merge)

    def test_an_undo_leaves_every_table_as_it_was(self):
        before = self.checksums()
        merge = self.merge(self.company, self.twin)
        self.assertNotEqual(self.checksums(), before)
        merge._undo()
        self.assertSameSums(before, self.checksums())
        self.assertEqual(merge.state, "undone")

    def test_what_changed_since_is_listed_and_left_alone(self):
        merge = self.merge(self.company, self.twin)
        self.company.email = "new@atlasmeca.fr"
        other = self.contact("Other")
        self.deal.partner_id = other
        self.env.flush_all()
        found = {(each["table"], each["column"]) for each in merge._conflicts()}
        self.assertEqual(found, {("res_partner", "email"), ("crm_lead", "partner_id")})
        merge._undo()
        self.assertEqual(self.company.email, "new@atlasmeca.fr")
        self.assertEqual(self.company.email_normalized, "new@atlasmeca.fr")
        self.assertEqual(self.deal.partner_id, other)
        self.assertTrue(self.twin.active)
        self.assertEqual(self.person.parent_id, self.twin)

    def test_the_user_may_put_back_what_changed_since(self):
        merge = self.merge(self.company, self.twin)
        self.company.email = "new@atlasmeca.fr"
        self.deal.partner_id = self.contact("Other")
        self.env.flush_all()
        merge._undo(overwrite=[each["key"] for each in merge._conflicts()])
        self.assertFalse(self.company.email)
        self.assertFalse(self.company.email_normalized)
        self.assertEqual(self.deal.partner_id, self.twin)

    def test_an_undo_says_what_is_back_and_opens_it(self):
        merge = self.merge(self.company, self.twin)
        said = merge.with_user(self.rep).action_undo()["params"]
        self.assertEqual(said["message"], f"The merge is undone. Back again: {self.twin.name}")
        self.assertEqual(said["next"]["res_id"], self.twin.id)

    def test_the_dialog_lists_what_has_changed_in_words(self):
        merge = self.merge(self.company, self.twin)
        self.company.email = "new@atlasmeca.fr"
        action = merge.with_user(self.rep).action_undo()
        undos = self.env[action["res_model"]].with_user(self.rep)
        with Form(undos.with_context(**action["context"])) as form:
            with form.line_ids.edit(0) as line:
                self.assertEqual(line.now, "new@atlasmeca.fr")
                line.put_back = True
        undo = form.record
        undo.action_undo()
        self.assertFalse(self.company.email)
        self.assertTrue(self.twin.active)
