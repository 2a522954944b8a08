from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .sequence_common import SequenceCase


@tagged("post_install", "-at_install")
class TestSequenceMail(SequenceCase):
    """E2: messages pass the consent door when they leave, and leave once."""

    def test_the_message_carries_its_purpose_and_the_way_out(self):
        lead = self.lead()
        enrolment = self.enrol(lead)
        self.run_job()
        [mail] = self._mails
        self.assertIn("/customer_sheet/unsubscribe/", mail["headers"]["List-Unsubscribe"])
        self.assertEqual(mail["headers"]["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        self.assertIn("OOF", mail["headers"]["X-Auto-Response-Suppress"])
        message = enrolment.execution_ids.mail_message_id
        self.assertEqual(message.sheet_consent_purpose_id.code, "prospecting")
        self.assertTrue(message.sheet_consent_event_hash)
        self.assertEqual(message.author_id, self.rep.partner_id)
        self.assertIn(message, lead.message_ids)

    def test_the_message_is_in_the_language_of_the_person(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.template.with_context(lang="fr_FR").subject = "Bonjour {{ object.contact_name }}"
        lead = self.lead()
        lead.lang_id = self.env["res.lang"]._lang_get("fr_FR")
        self.enrol(lead | self.lead(1))
        self.run_job()
        self.assertEqual(
            sorted(mail["subject"] for mail in self._mails), ["Bonjour Ada", "Hello Ada"]
        )

    def test_who_may_not_be_written_to_leaves_the_sequence(self):
        consumer = self.lead(1, sheet_typology="b2c")
        fine = self.lead(2)
        enrolments = self.enrol(consumer | fine)
        self.run_job()
        self.assertEqual(self.sent(), ["buyer2@example.fr"])
        refused = enrolments[0]
        self.assertEqual((refused.state, refused.stop_reason), ("stopped", "refused"))
        self.assertIn("No consent", refused.stop_detail)

    def test_a_consumer_who_agreed_is_written_to(self):
        consumer = self.lead(1, sheet_typology="b2c")
        consumer._sheet_consent_record(
            [{"purpose": "prospecting", "channel": "email", "state": "given"}],
            method="web_form",
            actor_kind="subject",
        )
        self.enrol(consumer)
        self.run_job()
        self.assertEqual(self.sent(), ["buyer1@example.fr"])

    def test_what_ends_while_a_message_waits_in_the_queue_stops_it(self):
        objects, wins, fine = (self.lead(number) for number in (1, 2, 3))
        enrolments = self.enrol(objects | wins | fine)
        self.go_on()
        self.decide(objects, "objected")
        wins.action_set_won()
        self.run_job()
        self.assertEqual(self.sent(), ["buyer3@example.fr"])
        self.run_job()
        self.assertEqual(enrolments.mapped("stop_reason"), ["withdrawn", "won", False])
        self.assertEqual(enrolments.execution_ids.mapped("state"), ["refused", "refused", "sent"])

    def test_what_happens_after_the_last_step_stops_its_message_too(self):
        (self.task | self.last).active = False
        lead = self.lead()
        enrolment = self.enrol(lead)
        self.go_on()
        self.assertEqual(enrolment.state, "done")
        lead.action_set_lost()
        self.run_job()
        self.assertEqual(self.sent(), [])
        self.assertEqual((enrolment.state, enrolment.execution_ids.state), ("done", "refused"))

    def test_a_message_that_cannot_be_written_fails_for_nobody_else(self):
        self.template.subject = "Hello {{ 1 / object.color }}"
        good, bad = self.lead(1, color=1), self.lead(2, color=0)
        enrolments = self.enrol(good | bad)
        with mute_logger("odoo.addons.mail.models.mail_render_mixin"):
            self.run_job()
        self.assertEqual(self.sent(), ["buyer1@example.fr"])
        self.assertEqual(enrolments.execution_ids.mapped("state"), ["sent", "failed"])
        self.assertTrue(enrolments[1].execution_ids.reason)
        self.assertEqual(enrolments.step_id, self.task)

    def test_a_message_that_the_server_refuses_may_be_sent_again_by_hand(self):
        lead = self.lead()
        enrolment = self.enrol(lead)

        def refuse(*_args, **_kwargs):
            raise OSError("mailbox full")

        self.go_on()
        with self.mock_mail_gateway(), mute_logger("odoo.addons.mail.models.mail_mail"):
            with patch.object(self.env.registry["ir.mail_server"], "send_email", refuse):
                self.env["mail.mail"].process_email_queue()
        execution = enrolment.execution_ids
        self.assertEqual(execution.state, "failed")
        self.assertIn("mailbox full", execution.reason)
        execution.with_user(self.rep).action_retry()
        self.run_job()
        self.assertEqual(self.sent(), ["buyer0@example.fr"])
        self.assertEqual(execution.state, "sent")

    def test_a_message_cut_off_by_a_crash_is_not_sent_again(self):
        """What a crash leaves: the mail as stock wrote it before it talked to the server."""
        enrolment = self.enrol(self.lead())
        self.go_on()
        execution = enrolment.execution_ids
        execution.state = "unclear"
        execution.mail_id.write({"state": "exception", "failure_type": "unknown"})
        self.later(hours=2)
        self.run_job()
        self.assertEqual(self.sent(), [])
        self.assertEqual(execution.state, "unclear")
        self.assertIn("may have arrived", execution.reason)

    def test_figures_tell_what_came_of_each_step(self):
        leads = self.env["crm.lead"].concat(*(self.lead(number) for number in range(4)))
        enrolments = self.enrol(leads)
        self.run_job()
        # rows of one transaction have one date
        self.env.cr.execute("UPDATE customer_sheet_sequence_execution SET done_at = '2000-01-01'")
        self.env.cr.execute(
            "UPDATE customer_sheet_sequence_enrolment"
            " SET create_date = create_date - interval '1 day'"
        )
        self.env.invalidate_all()
        self.receive(leads[0])
        self.decide(leads[1], "objected")
        self.later(days=2)
        self.run_job()
        self.assertEqual(enrolments.mapped("stop_reason"), ["reply", "withdrawn", False, False])
        first, task = self.first, self.task
        self.assertEqual(
            (first.sent_count, first.replied_count, first.unsubscribed_count, first.failed_count),
            (4, 1, 1, 0),
        )
        self.assertEqual((task.sent_count, task.replied_count), (2, 0))
