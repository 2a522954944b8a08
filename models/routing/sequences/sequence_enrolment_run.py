from odoo import api, fields, models

from ...consent.law.hours import within_hours
from ...sheet.resumable import go_on


class CustomerSheetSequenceEnrolment(models.Model):
    """The job that takes leads through their sequences.

    A batch is one transaction: its messages are queued, noted and the enrolments moved on, or
    none of it.  What happens when a message leaves: see ``mail_mail_sequence.py``.
    """

    _inherit = "customer.sheet.sequence.enrolment"

    @api.model
    def _cron_run(self, limit=100):
        """End what has to end, then do the steps that are due."""
        self.env["customer.sheet.sequence.execution"]._note_outcomes()
        self._stop_where_needed()

        def step():
            domain = self._due_domain()
            batch = self.search(domain, limit=limit, order="due_at, id").try_lock_for_update()
            batch._run()
            return len(batch), self.search_count(domain) if batch else 0

        return go_on(self.env, step)

    @api.model
    def _due_domain(self):
        return [
            ("state", "=", "running"),
            ("due_at", "<=", fields.Datetime.now()),
            ("sequence_id.active", "=", True),
        ]

    def _run(self):
        """Do the step that is due for each of these enrolments."""
        self._stop_where_needed()
        running = self.filtered(lambda enrolment: enrolment.state == "running")
        for step, enrolments in running.grouped("step_id").items():
            step._perform(enrolments)

    def _in_sending_hours(self):
        """Return those whose person may be disturbed now, by the hours of the sequence."""
        inside = self.browse()
        for hours, enrolments in self.grouped(lambda each: each.sequence_id.hours).items():
            leads = enrolments.lead_id
            awake = within_hours(leads, hours) if hours else leads
            inside |= enrolments.filtered(lambda each, awake=awake: each.lead_id in awake)
        return inside

    def _postpone(self):
        """Look at these again later, when their sending hours may have begun."""
        if self:
            self.due_at = self.step_id._later()

    def _may_contact(self):
        """Return those who may be written to now; the others leave the sequence."""
        allowed = self.browse()
        for purpose, enrolments in self.grouped(lambda each: each.sequence_id.purpose_id).items():
            answers = enrolments.lead_id._can_contact_batch(purpose.code, "email")
            for enrolment in enrolments:
                answer = answers[enrolment.lead_id.id]
                if answer["allowed"]:
                    allowed |= enrolment
                else:
                    enrolment._stop("refused", " ".join(answer["reasons"]))
        return allowed
