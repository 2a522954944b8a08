from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .sequence_common import SequenceCase


@tagged("post_install", "-at_install")
class TestSequence(SequenceCase):
    """E2: a lead goes through a sequence, step by step, in working days."""

    def test_a_lead_goes_from_step_to_step_in_working_days(self):
        lead = self.lead()
        enrolment = self.enrol(lead, "Interested")
        self.assertEqual((enrolment.step_id, enrolment.origin), (self.first, "Interested"))
        self.run_job()
        self.assertEqual(self.sent(), ["buyer0@example.fr"])
        self.assertEqual(enrolment.step_id, self.task)
        self.assertEqual(str(enrolment.due_at), "2026-11-26 07:00:00")  # Thursday, 8:00 in Paris
        self.later(days=2)
        self.run_job()
        self.assertEqual(lead.activity_ids.mapped("summary"), ["Have a look"])
        self.assertEqual(lead.activity_ids.user_id, self.rep)
        self.assertEqual(str(enrolment.due_at), "2026-12-01 07:00:00")  # over the weekend
        self.later(days=5)
        self.run_job()
        self.assertEqual((enrolment.state, enrolment.stop_reason), ("done", False))
        self.assertEqual(enrolment.execution_ids.mapped("state"), ["sent", "done", "sent"])

    def test_nothing_happens_twice_or_too_early(self):
        enrolment = self.enrol(self.lead())
        self.run_job()
        self.run_job()
        self.assertEqual(self.sent(), [])
        self.assertEqual(len(enrolment.execution_ids), 1)

    def test_a_lead_starts_once_and_again_only_by_hand(self):
        lead = self.lead()
        enrolment = self.enrol(lead)
        self.assertFalse(self.enrol(lead))
        self.assertFalse(self.enrol(lead, again=True))
        enrolment._stop("hand")
        self.assertFalse(self.enrol(lead))
        self.assertTrue(self.enrol(lead, again=True))

    def test_closed_leads_do_not_start(self):
        won, lost = self.lead(1), self.lead(2)
        won.action_set_won()
        lost.action_set_lost()
        self.assertFalse(self.enrol(won | lost))

    def test_leads_of_another_company_do_not_start(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.sequence.company_id = company
        lead = self.lead(company_id=self.env.company.id)
        self.assertFalse(self.enrol(lead))

    def test_an_archived_sequence_starts_nothing_and_pauses(self):
        enrolment = self.enrol(self.lead())
        self.sequence.active = False
        self.assertFalse(self.enrol(self.lead(1)))
        self.run_job()
        self.assertFalse(enrolment.execution_ids)
        self.assertEqual(enrolment.state, "running")
        self.sequence.active = True
        self.run_job()
        self.assertEqual(enrolment.execution_ids.state, "sent")

    def test_the_origin_may_be_a_record(self):
        enrolment = self.enrol(self.lead(), self.template)
        self.assertEqual(enrolment.origin, "Hello")

    def test_the_origin_is_told_in_the_words_of_the_owner(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.rep.lang = "fr_FR"
        self.template.with_context(lang="fr_FR").name = "Bonjour"
        self.assertEqual(self.enrol(self.lead(), self.template).origin, "Bonjour")

    def test_an_archived_step_is_left_out(self):
        enrolment = self.enrol(self.lead())
        self.task.active = False
        self.run_job()
        self.assertEqual(enrolment.step_id, self.last)
        self.last.active = False
        self.later(days=9)
        self.run_job()
        self.assertEqual((enrolment.state, len(enrolment.execution_ids)), ("done", 1))

    def test_a_step_in_use_is_archived_not_deleted(self):
        self.enrol(self.lead())
        with self.assertRaisesRegex(UserError, "Archive it"):
            self.first.unlink()
        self.last.unlink()

    def test_a_step_needs_what_it_sends_or_plans(self):
        with self.assertRaisesRegex(ValidationError, "E-mail template"), self.env.cr.savepoint():
            self.first.mail_template_id = False
        with self.assertRaisesRegex(ValidationError, "Activity Type"), self.env.cr.savepoint():
            self.task.activity_type_id = False
        with self.assertRaisesRegex(ValidationError, "365"), self.env.cr.savepoint():
            self.task.delay = -1
        about_contacts = self.env["mail.template"].create(
            {"name": "Other", "model_id": self.env["ir.model"]._get_id("res.partner")}
        )
        with self.assertRaisesRegex(ValidationError, "not about leads"), self.env.cr.savepoint():
            self.first.mail_template_id = about_contacts
        with self.assertRaisesRegex(ValidationError, "not understood"):
            self.sequence.hours = "from 9 to 5"

    def test_outside_of_the_sending_hours_everything_waits(self):
        enrolment = self.enrol(self.lead())
        self.later(hours=12)  # Tuesday, 23:00 in Paris
        self.run_job()
        self.assertFalse(enrolment.execution_ids)
        self.later(hours=11)
        self.run_job()
        self.assertEqual(enrolment.execution_ids.state, "sent")

    def test_the_clock_is_that_of_the_person(self):
        self.later(hours=1)  # noon in Paris, 20:00 in Tokyo
        tokyo = self.lead(1, country_id=self.env.ref("base.jp").id)
        enrolments = self.enrol(tokyo | self.lead(2))
        self.env["customer.sheet.consent.rule"].create(
            {
                "purpose_id": self.sequence.purpose_id.id,
                "country_id": self.env.ref("base.jp").id,
                "basis": "legitimate_interest",
                "requirement": "objection",
                "sequence": 0,
            }
        )
        self.run_job()
        self.assertEqual(self.sent(), ["buyer2@example.fr"])
        self.later(hours=14)
        self.run_job()
        self.assertEqual(self.sent(), ["buyer1@example.fr"])
        self.assertEqual(enrolments.mapped("step_id"), self.task)

    def test_a_call_is_planned_only_where_one_may_call(self):
        self.task.activity_type_id = self.env.ref(
            "crm_customer_sheet.mail_activity_type_prospecting_call"
        )
        may = self.lead(1, phone="+33 6 12 34 56 78")
        may_not = self.lead(2, phone="+33 6 12 34 56 79")
        self.decide(may_not, "refused", channel="phone")
        enrolments = self.enrol(may | may_not)
        self.run_job()
        self.later(days=2)
        self.run_job()
        self.assertEqual(len(may.activity_ids), 1)
        self.assertFalse(may_not.activity_ids)
        last = enrolments.execution_ids.filtered(lambda each: each.step_id == self.task)
        self.assertEqual(last.mapped("state"), ["done", "skipped"])
        self.assertIn("Refused on", last[1].reason)
        self.assertEqual(enrolments.mapped("state"), ["running", "running"])

    def test_many_leads_cost_no_query_more_than_few(self):
        def cost(numbers):
            leads = self.env["crm.lead"].concat(*(self.lead(number) for number in numbers))
            enrolments = self.enrol(leads)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.go_on()
            self.env.flush_all()
            self.assertEqual(len(enrolments.execution_ids), len(leads))
            return self.env.cr.sql_log_count - before

        cost(range(2))
        few, many = cost(range(10, 15)), cost(range(20, 60))
        self.assertLess(many - few, 80, f"{few} queries for 5 leads, {many} for 40")
