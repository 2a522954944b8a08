from odoo import api, fields, models
from odoo.tools import SQL

from ...consent.law.fold import REFUSALS
from ...consent.law.hours import within_hours
from ...sheet.called import called
from ...sheet.resumable import go_on

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

    # -- the job that takes leads through their sequences ----------------------
    #
    # A batch is one transaction: its messages are queued, noted and the enrolments moved on, or
    # none of it. What happens when a message leaves: see ``mail_mail_sequence.py``.

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

    # -- what ends a sequence --------------------------------------------------
    #
    # Facts are looked up before anything is sent, in one statement for any number of leads: no
    # stock flow pays for it, and what changed past the ORM counts too.

    def _stop_where_needed(self):
        """End those of these enrolments, of all that run if empty, that have a reason to."""
        if self:
            running = self.filtered(lambda enrolment: enrolment.state == "running")
            where = SQL("e.id = ANY(%s)", running.ids)
        else:
            running, where = self, SQL("e.state = 'running'")
        by_reason = {}
        for id_, reason in self._stop_reasons(where).items():
            by_reason.setdefault(reason, []).append(id_)
        for reason, ids in by_reason.items():
            self.browse(ids)._stop(reason)

    def _stop_reasons(self, where):
        """Return ``{id: reason}`` of the enrolments that have to end.

        :param where: SQL condition over the enrolments ``e``
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT *
                  FROM (SELECT e.id, %s AS reason
                          FROM customer_sheet_sequence_enrolment e
                          JOIN customer_sheet_sequence q ON q.id = e.sequence_id
                          JOIN crm_lead l ON l.id = e.lead_id
                         WHERE %s) r
                 WHERE reason IS NOT NULL
                """,
                self._stop_reason_sql(),
                where,
            )
        )
        return dict(rows)

    def _stop_reason_sql(self):
        cases = SQL(" ").join(
            SQL("WHEN %s THEN %s", condition, reason)
            for reason, condition in self._stop_conditions()
        )
        return SQL("CASE %s END", cases)

    def _stop_conditions(self):
        """Return ``[(reason, SQL condition)]``, the first that holds is kept.

        The conditions are over the enrolment ``e``, its sequence ``q`` and its lead ``l``.
        """
        return [
            ("merged", SQL("l.sheet_merged_into_id IS NOT NULL")),
            ("won", SQL("l.won_status = 'won'")),
            ("lost", SQL("l.won_status = 'lost'")),
            ("archived", SQL("NOT l.active")),
            ("refused", SQL("NOT %s", self.env["crm.lead"]._sheet_used_sql("l"))),
            ("withdrawn", self._withdrawn_sql()),
            ("bounce", SQL("COALESCE(l.message_bounce, 0) > COALESCE(e.bounces, 0)")),
            ("reply", self._replied_sql(SQL("e.create_date"))),
            (
                "meeting",
                SQL(
                    "EXISTS (SELECT FROM calendar_event c WHERE c.opportunity_id = l.id"
                    " AND c.active AND c.create_date > e.create_date)"
                ),
            ),
            ("stage", SQL("l.stage_id IS DISTINCT FROM e.stage_id")),
        ]

    def _withdrawn_sql(self, since=None, until=None):
        """Return the SQL condition that the person said no to messages for the purpose."""
        return SQL(
            """
            EXISTS (SELECT
                      FROM customer_sheet_consent_subject_link k
                      JOIN customer_sheet_consent_state s ON s.subject_id = k.root_id
                     WHERE %s
                       AND s.purpose_id = q.purpose_id
                       AND s.channel = 'email'
                       AND s.state IN %s
                       AND s.effective_at > %s
                       AND s.effective_at <= %s)
            """,
            self.env["crm.lead"]._sheet_consent_owner_sql("l", "k"),
            tuple(REFUSALS),
            since or SQL("'-infinity'::timestamp"),
            until or SQL("'infinity'::timestamp"),
        )

    def _replied_sql(self, since, until=None):
        """Return the SQL condition that a person wrote an e-mail who is no colleague.

        On the lead, or on its contact: people answer where they were written to before.
        """
        return SQL(
            """
            EXISTS (SELECT
                      FROM mail_message m
                     WHERE m.message_type = 'email'
                       AND m.sheet_is_automatic IS NOT TRUE
                       AND ((m.model = 'crm.lead' AND m.res_id = l.id)
                           OR (m.model = 'res.partner' AND m.res_id = l.partner_id))
                       AND m.create_date > %s
                       AND m.create_date <= %s
                       AND NOT EXISTS (SELECT
                                         FROM res_users u
                                        WHERE u.partner_id = m.author_id
                                          AND u.share IS NOT TRUE))
            """,
            since,
            until or SQL("'infinity'::timestamp"),
        )
