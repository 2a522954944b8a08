from odoo.exceptions import AccessError, UserError
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from ..rights import RpcCase
from .sequence_common import SequenceCase


@tagged("post_install", "-at_install")
class TestSequenceRights(SequenceCase):
    def test_reps_see_the_sequences_of_their_own_leads(self):
        mine, theirs = self.enrol(self.lead(1) | self.lead(2, user=self.other_rep))
        seen = self.enrolments.with_user(self.rep).search([])
        self.assertEqual(seen, mine)
        self.assertEqual(self.enrolments.with_user(self.manager).search([]), mine | theirs)

    def test_companies_see_their_own(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.sequence.company_id = company
        sequences = self.env["customer.sheet.sequence"].with_user(self.manager)
        self.assertNotIn(self.sequence, sequences.search([]))
        with self.assertRaises(AccessError):
            self.sequence.with_user(self.manager).name = "Taken"

    def test_nobody_stops_the_sequence_of_a_lead_of_others(self):
        [enrolment] = self.enrol(self.lead(user=self.other_rep))
        with self.assertRaises(AccessError):
            enrolment.with_user(self.rep).action_stop()

    def test_the_dialog_starts_the_leads_that_can(self):
        leads = self.lead(1) | self.lead(2)
        self.enrol(leads[:1])
        wizards = self.env["customer.sheet.sequence.enrol"].with_user(self.rep)
        wizard = wizards.with_context(active_model="crm.lead", active_ids=leads.ids).create(
            {"sequence_id": self.sequence.id}
        )
        self.assertEqual((wizard.lead_count, wizard.starting_count), (2, 1))
        self.assertFalse(wizard.warning)
        wizard.action_enrol()
        [enrolment] = self.enrolments.search([("lead_id", "=", leads[1:].id)])
        self.assertEqual(enrolment.origin, f"Started by {self.rep.name}")

    def test_the_dialog_warns_of_who_may_not_be_written_to(self):
        lead = self.lead(sheet_typology="b2c")
        wizards = self.env["customer.sheet.sequence.enrol"].with_user(self.rep)
        wizard = wizards.create({"sequence_id": self.sequence.id, "lead_ids": lead.ids})
        self.assertIn("No consent", wizard.warning)

    def test_the_dialog_says_why_nobody_will_start(self):
        lead = self.lead()
        self.enrol(lead)
        wizards = self.env["customer.sheet.sequence.enrol"].with_user(self.rep)
        wizard = wizards.create({"sequence_id": self.sequence.id, "lead_ids": lead.ids})
        self.assertIn("in it already", wizard.warning)
        with self.assertRaisesRegex(UserError, "in it already"):
            wizard.action_enrol()

    def test_the_dialog_starts_no_leads_of_others(self):
        lead = self.lead(user=self.other_rep)
        wizards = self.env["customer.sheet.sequence.enrol"].with_user(self.rep)
        with self.assertRaises(AccessError):
            wizards.create({"sequence_id": self.sequence.id, "lead_ids": lead.ids}).action_enrol()


@tagged("post_install", "-at_install")
class TestSequenceRpc(SequenceCase, RpcCase):
    def test_nobody_forges_an_enrolment_or_what_was_sent(self):
        [enrolment] = self.enrol(self.lead())
        self.authenticate(self.rep.login, self.rep.login)
        forged = [
            ("customer.sheet.sequence.enrolment", "write", [enrolment.id], {"state": "done"}),
            (
                "customer.sheet.sequence.enrolment",
                "create",
                {"lead_id": enrolment.lead_id.id, "sequence_id": self.sequence.id},
            ),
            (
                "customer.sheet.sequence.execution",
                "create",
                {"enrolment_id": enrolment.id, "step_id": self.first.id, "state": "sent"},
            ),
            ("customer.sheet.sequence", "_enrol", [self.sequence.id], [enrolment.lead_id.id], "x"),
        ]
        for model, method, *arguments in forged:
            with self.subTest(model=model, method=method), mute_logger("odoo.http"):
                with self.assertRaises(JsonRpcException) as caught:
                    self.call(model, method, *arguments)
                self.assertIn("AccessError", str(caught.exception))
