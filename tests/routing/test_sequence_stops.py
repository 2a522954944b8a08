from odoo.tests import tagged

from .sequence_common import SequenceCase


@tagged("post_install", "-at_install")
class TestSequenceStops(SequenceCase):
    """E2: a sequence ends when the person answers, says no, or the lead goes on."""

    def setUp(self):
        super().setUp()
        self.one = self.lead(1)
        self.other = self.lead(2)
        self.enrolment, self.untouched = self.enrol(self.one | self.other)
        self.run_job()
        # rows of one transaction have one date: the start lies before what happens next
        self.env.cr.execute(
            "UPDATE customer_sheet_sequence_enrolment"
            " SET create_date = create_date - interval '1 minute'"
        )
        self.env.invalidate_all()

    def assertStopped(self, reason):
        self.later(days=2)
        self.run_job()
        self.assertEqual((self.enrolment.state, self.enrolment.stop_reason), ("stopped", reason))
        self.assertTrue(self.enrolment.ended_at)
        self.assertFalse(self.one.activity_ids)
        self.assertEqual(self.untouched.state, "running")
        self.assertTrue(self.other.activity_ids)

    def test_it_ends_on_a_withdrawal(self):
        self.decide(self.one, "objected")
        self.assertStopped("withdrawn")

    def test_it_ends_on_a_withdrawal_through_the_contact(self):
        contact = self.contact(sheet_typology="b2b", email="buyer1@example.fr")
        self.one.partner_id = contact
        self.decide(contact, "objected")
        self.assertStopped("withdrawn")

    def test_it_ends_on_a_reply(self):
        self.receive(self.one)
        self.assertStopped("reply")

    def test_the_answer_of_a_colleague_is_no_reply(self):
        self.receive(self.one, author_id=self.rep.partner_id.id)
        self.later(days=2)
        self.run_job()
        self.assertEqual(self.enrolment.state, "running")

    def test_it_ends_when_a_meeting_is_booked(self):
        self.env["calendar.event"].create(
            {
                "name": "Visit",
                "start": "2026-12-01 09:00:00",
                "stop": "2026-12-01 10:00:00",
                "opportunity_id": self.one.id,
            }
        )
        self.one.activity_ids.unlink()
        self.assertStopped("meeting")

    def test_it_ends_when_the_stage_changes(self):
        stage = self.env["crm.stage"].search([("id", "!=", self.one.stage_id.id)], limit=1)
        self.one.stage_id = stage
        self.assertStopped("stage")

    def test_it_ends_when_the_lead_is_won(self):
        self.one.action_set_won()
        self.assertStopped("won")

    def test_it_ends_when_the_lead_is_lost(self):
        self.one.action_set_lost()
        self.assertStopped("lost")

    def test_it_ends_when_the_lead_is_archived(self):
        self.one.write({"active": False, "probability": 20})
        self.assertStopped("archived")

    def test_it_ends_on_a_bounce(self):
        self.one.message_bounce = 1
        self.assertStopped("bounce")

    def test_it_ends_by_hand(self):
        self.enrolment.with_user(self.rep).action_stop()
        self.assertStopped("hand")
        self.assertEqual(self.enrolment.stop_detail, self.rep.name)

    def test_a_stock_merge_moves_it_to_the_lead_that_stays(self):
        stays = self.lead(3, type="opportunity", probability=50)
        self.one.type = "lead"
        kept = (stays | self.one).merge_opportunity(user_id=False, auto_unlink=True)
        self.assertEqual(kept, stays)
        self.assertEqual(self.enrolment.exists().lead_id, stays)
        self.later(days=2)
        self.run_job()
        self.assertEqual(self.enrolment.state, "running")
        self.assertTrue(stays.activity_ids)

    def test_a_stock_merge_of_two_that_are_in_it_keeps_one(self):
        kept = (self.one | self.other).merge_opportunity(user_id=False, auto_unlink=True)
        enrolments = (self.enrolment | self.untouched).exists()
        self.assertEqual(enrolments.lead_id, kept)
        self.assertEqual(sorted(enrolments.mapped("state")), ["running", "stopped"])
        self.assertIn("merged", enrolments.mapped("stop_reason"))

    def test_our_merge_moves_it_too(self):
        self.env["customer.sheet.merge"].with_user(self.steward)._merge(
            survivor=self.other, tails=self.one
        )
        enrolments = self.enrolment | self.untouched
        enrolments.invalidate_recordset()
        self.later(days=2)
        self.run_job()
        running = enrolments.filtered(lambda each: each.state == "running")
        self.assertEqual(running.lead_id, self.other)
        self.assertEqual(len(running), 1)
