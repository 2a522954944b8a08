from odoo import api, fields, models

from ...sheet.called import called

STOPS = [
    ("withdrawn", "Said no"),
    ("reply", "Replied"),
    ("meeting", "Meeting booked"),
    ("stage", "Stage changed"),
    ("won", "Won"),
    ("lost", "Lost"),
    ("bounce", "E-mail bounced"),
    ("archived", "Archived"),
    ("merged", "Merged"),
    ("refused", "May not be contacted"),
    ("hand", "Stopped by hand"),
]


class CustomerSheetSequenceEnrolment(models.Model):
    """A lead that goes through a sequence, or did: why, how far, and what ended it."""

    _name = "customer.sheet.sequence.enrolment"
    _description = "Enrolment in a Sequence"
    _order = "id desc"
    _rec_name = "sequence_id"

    lead_id = fields.Many2one(
        "crm.lead", required=True, ondelete="cascade", index=True, readonly=True
    )
    sequence_id = fields.Many2one(
        "customer.sheet.sequence", required=True, ondelete="cascade", index=True, readonly=True
    )
    origin = fields.Char("Why", readonly=True, help="What or who started the sequence.")
    state = fields.Selection(
        [("running", "Running"), ("done", "Finished"), ("stopped", "Stopped")],
        required=True,
        default="running",
        readonly=True,
    )
    step_id = fields.Many2one(
        "customer.sheet.sequence.step",
        "Next step",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    due_at = fields.Datetime("Next step on", readonly=True)
    stop_reason = fields.Selection(STOPS, "Stopped because", readonly=True)
    stop_detail = fields.Char("Details", readonly=True)
    ended_at = fields.Datetime("Ended on", readonly=True)
    execution_ids = fields.One2many(
        "customer.sheet.sequence.execution", "enrolment_id", "Steps so far"
    )

    # what the lead looked like at the start
    stage_id = fields.Many2one("crm.stage", readonly=True, ondelete="set null")
    bounces = fields.Integer(readonly=True)

    _running_unique = models.UniqueIndex(
        "(lead_id, sequence_id) WHERE state = 'running'",
        "This lead is in this sequence already.",
    )
    _due_index = models.Index("(due_at) WHERE state = 'running'")

    @api.depends("sequence_id", "state", "step_id", "due_at")
    def _compute_display_name(self):
        for enrolment in self.sudo():
            if enrolment.state == "running" and enrolment.step_id:
                enrolment.display_name = self.env._(
                    "%(sequence)s, next: %(step)s",
                    sequence=enrolment.sequence_id.name,
                    step=enrolment.step_id.name,
                )
            else:
                enrolment.display_name = enrolment.sequence_id.name

    @called()
    def action_stop(self):
        """End the sequence for these leads, by hand."""
        self.check_access("read")
        self.lead_id.check_access("write")
        self.sudo()._stop("hand", self.env.user.name)

    # -- how an enrolment goes on --------------------------------------------------

    def _company(self):
        return self.lead_id._sheet_call_company() or self.env.company

    def _stop(self, reason, detail=False):
        """End these enrolments, as far as they run, and keep why."""
        self.filtered(lambda enrolment: enrolment.state == "running").write(
            {
                "state": "stopped",
                "stop_reason": reason,
                "stop_detail": detail,
                "ended_at": fields.Datetime.now(),
                "due_at": False,
            }
        )

    def _go_on(self):
        """Let each come to its next step, or finish."""
        for step, enrolments in self.grouped("step_id").items():
            following = step._next()
            if not following:
                enrolments.write(
                    {
                        "state": "done",
                        "step_id": False,
                        "due_at": False,
                        "ended_at": fields.Datetime.now(),
                    }
                )
                continue
            due = following._due_dates(enrolments.lead_id)
            for enrolment in enrolments:
                enrolment.write({"step_id": following.id, "due_at": due[enrolment.lead_id]})

    def _note(self, step, vals_list):
        """Note what a step did for each of these enrolments."""
        return self.env["customer.sheet.sequence.execution"].create(
            [
                {"enrolment_id": enrolment.id, "step_id": step.id, **vals}
                for enrolment, vals in zip(self, vals_list, strict=True)
            ]
        )
