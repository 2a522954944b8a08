from odoo.fields import Command
from odoo.tests import tagged

from ...models.qualification.gate.exceptions import GateRefused
from .common import QualificationCase


@tagged("post_install", "-at_install")
class TestGateWarning(QualificationCase):
    """A gate that only warns asks whoever can be asked, and holds up nobody else (S3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gate.mode = "warn"
        cls.entry = {"stage_id": cls.qualified.id}

    def notes(self, lead):
        bodies = lead.sudo().message_ids.mapped("body")
        return [body for body in bodies if "without what the stage needs" in body]

    def toasts(self):
        self.env.cr.precommit.run()
        sent = self.env["bus.bus"].sudo().search([("message", "like", "simple_notification")])
        return "".join(sent.mapped("message"))

    def assertAsked(self, lead, action):
        with self.assertRaises(GateRefused) as caught, self.cr.savepoint():
            action()
        lead.invalidate_recordset()
        self.assertEqual(lead.stage_id, self.new)
        self.assertFalse(self.notes(lead))
        return caught.exception.context

    # -- who can be asked ------------------------------------------------------

    def test_forms_kanban_and_lists_ask_before_the_lead_moves(self):
        lead = self.lead()
        facts = self.assertAsked(lead, lambda: lead.web_save(self.entry, {"stage_id": {}}))
        [refusal] = facts["leads"]
        self.assertEqual((refusal["mode"], refusal["still"]), ("warn", 3))
        self.assertFalse(self.toasts())

    def test_the_button_won_asks(self):
        lead = self.lead()
        arch = lead.get_view(self.env.ref("crm.crm_lead_view_form").id, "form")["arch"]
        self.assertIn("{'sheet_gate_ask': True}", arch)
        asking = lead.with_context(sheet_gate_ask=True)
        self.assertAsked(lead, asking.action_set_won_rainbowman)

    def test_moved_anyway_is_noted_and_says_nothing_more(self):
        lead = self.lead()
        decided = lead.with_context(sheet_gate_ask=False)
        decided.web_save({"sheet_need": "Audit", **self.entry}, {"stage_id": {}})
        self.assertEqual(lead.stage_id, self.qualified)
        self.assertEqual(lead.sheet_need, "Audit")
        [note] = self.notes(lead)
        self.assertIn("Timing (Deadline)", note)
        self.assertNotIn("Need", note.split("needs:")[1])
        self.assertTrue(lead.sheet_gate_failing)
        self.assertFalse(self.toasts())

    def test_of_several_leads_it_says_which_would_pass(self):
        bad, good = self.lead(), self.lead(**self.COMPLETE)
        leads = bad | good
        facts = self.assertAsked(bad, lambda: leads.web_save(self.entry, {"stage_id": {}}))
        self.assertEqual([refusal["id"] for refusal in facts["leads"]], bad.ids)
        self.assertEqual(facts["passed"], good.ids)

    def test_who_has_all_answers_is_not_asked(self):
        lead = self.lead()
        lead.web_save({**self.COMPLETE, **self.entry}, {"stage_id": {}})
        self.assertEqual(lead.stage_id, self.qualified)
        self.assertFalse(self.notes(lead) or self.toasts())

    # -- who cannot ------------------------------------------------------------

    def test_programs_pass_with_a_note_and_a_sentence(self):
        lead = self.lead()
        lead.write(self.entry)
        self.assertEqual(lead.stage_id, self.qualified)
        self.assertEqual(len(self.notes(lead)), 1)
        self.assertIn("Timing (Deadline)", self.toasts())
        self.assertNotIn("\\n", self.toasts(), "a notification has one line")

    def test_other_flows_pass(self):
        lead = self.lead()
        lead.action_set_won()
        self.assertTrue(lead.stage_id.is_won)
        contact = self.env["res.partner"].with_user(self.rep).create({"name": "Atlas"})
        lead = self.lead(partner_id=contact.id)
        update = Command.update(lead.id, self.entry)
        contact.web_save({"opportunity_ids": [update]}, {"id": {}})
        self.assertEqual(lead.stage_id, self.qualified)

    def test_emptying_an_answer_is_never_held_up(self):
        lead = self.lead(**self.COMPLETE)
        lead.write(self.entry)
        lead.web_save({"sheet_need": False}, {"id": {}})
        self.assertFalse(lead.sheet_need)
        self.assertIn("needs what has been emptied", self.toasts())
        self.assertFalse(self.notes(lead))

    # -- enforced ones -----------------------------------------------------------

    def test_nobody_moves_a_lead_through_an_enforced_gate_anyway(self):
        self.gate.mode = "enforce"
        lead = self.lead()
        for context in ({"sheet_gate_ask": False}, {"sheet_gate_ask": True}, {}):
            decided = lead.with_context(**context)
            facts = self.assertAsked(lead, lambda it=decided: it.web_save(self.entry, {"id": {}}))
            self.assertEqual(facts["leads"][0]["mode"], "enforce")
            self.assertAsked(lead, lambda it=decided: it.write(self.entry))

    def test_one_enforced_one_warning_are_told_at_once_and_asked_one_by_one(self):
        other = self.gate.copy({"mode": "enforce", "criterion_ids": False})
        question = self.env.ref("crm_customer_sheet.question_product")
        other.criterion_ids = [Command.create({"question_ids": question.ids})]
        lead = self.lead()
        facts = self.assertAsked(lead, lambda: lead.web_save(self.entry, {"id": {}}))
        self.assertEqual({each["mode"] for each in facts["leads"]}, {"warn", "enforce"})
        decided = lead.with_context(sheet_gate_ask=False)
        facts = self.assertAsked(lead, lambda: decided.web_save(self.entry, {"id": {}}))
        self.assertEqual({each["mode"] for each in facts["leads"]}, {"enforce"})
