from datetime import datetime, time, timedelta

import psycopg2
import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ...sheet.clock import zone_of

#: When a step is due on its day, by the clock of the company.
MORNING = time(8, 0)

#: What became of a message or task, as columns of a row for each step.
FIGURES = ("sent", "opened", "clicked", "replied", "unsubscribed", "failed")


#: No automatic answers, please: they would count as replies.
HEADERS = {"X-Auto-Response-Suppress": "OOF, AutoReply", "Precedence": "bulk"}

#: The hour at which somebody is imagined to be called.
CALL_HOUR = time(11, 0)


class CustomerSheetSequenceStep(models.Model):
    """One message or task of a sequence."""

    _name = "customer.sheet.sequence.step"
    _description = "Sequence Step"
    _order = "sequence, id"

    sequence_id = fields.Many2one(
        "customer.sheet.sequence", required=True, ondelete="cascade", index=True
    )
    name = fields.Char("Step", required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer("Position", default=10)
    delay = fields.Integer(
        "After (working days)", help="Working days since the step before; 0 = on the same day."
    )
    kind = fields.Selection(
        [("mail", "Message"), ("activity", "Task or call")], required=True, default="mail"
    )
    mail_template_id = fields.Many2one(
        "mail.template",
        "E-mail template",
        domain=[("model", "=", "crm.lead")],
        ondelete="restrict",
        index="btree_not_null",
        help="Written in the language of the person, as far as the template is translated.",
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        domain=[("res_model", "in", ("crm.lead", False))],
        ondelete="restrict",
        index="btree_not_null",
        help="A call is planned only if the person may be called.",
    )
    summary = fields.Char(translate=True, help="What the task is about.")
    user_id = fields.Many2one(
        "res.users",
        "For",
        domain=[("share", "=", False)],
        help="Who gets the task. Leave empty for the salesperson of the lead.",
    )

    # -- what came of each step ------------------------------------------------
    #
    # A reply or an objection counts for the last message before it, also after the sequence.
    sent_count = fields.Integer("Sent", compute="_compute_figures", help="Tasks: planned.")
    opened_count = fields.Integer("Opened", compute="_compute_figures")
    clicked_count = fields.Integer("Clicked", compute="_compute_figures")
    replied_count = fields.Integer("Replied", compute="_compute_figures")
    unsubscribed_count = fields.Integer("Unsubscribed", compute="_compute_figures")
    failed_count = fields.Integer(
        "Failed", compute="_compute_figures", help="Failed, not allowed or perhaps sent."
    )
    sequence_is_tracked = fields.Boolean(related="sequence_id.is_tracked")

    @api.constrains("kind", "mail_template_id", "activity_type_id", "delay")
    def _check_complete(self):
        for step in self:
            needed = "mail_template_id" if step.kind == "mail" else "activity_type_id"
            if not step[needed]:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” is empty in the step “%(step)s”. Choose one.",
                        field=self._fields[needed]._description_string(self.env),
                        step=step.name,
                    )
                )
            if step.kind == "mail" and step.mail_template_id.model != "crm.lead":
                raise ValidationError(
                    self.env._(
                        "The template “%(template)s” is not about leads. Choose one that is.",
                        template=step.mail_template_id.name,
                    )
                )
            if not 0 <= step.delay <= 365:
                raise ValidationError(
                    self.env._("“After (working days)” goes from 0, the same day, to 365.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.env["customer.sheet.sequence.execution"].sudo()
        running = self.env["customer.sheet.sequence.enrolment"].sudo()
        for model in (used, running):
            found = model.search([("step_id", "in", self.ids)], limit=1).step_id
            if found:
                raise UserError(
                    self.env._(
                        "Leads are at the step “%(step)s” or have been. Archive it instead: it"
                        " is left out from then on, and its figures stay.",
                        step=found.name,
                    )
                )

    # -- order and time --------------------------------------------------------

    def _next(self):
        """Return the step that follows, or an empty recordset."""
        steps = self.sequence_id.with_context(active_test=False).step_ids
        behind = steps[steps.ids.index(self.id) + 1 :]
        return behind.filtered("active")[:1]

    def _due_dates(self, leads):
        """Return ``{lead: when this step is due}``, counted from now, in UTC."""
        companies = {lead: lead._sheet_call_company() or self.env.company for lead in leads}
        due = {company: self._due_at(company) for company in set(companies.values())}
        return {lead: due[company] for lead, company in companies.items()}

    def _due_at(self, company):
        """Return the morning of the working day on which this step is due, in UTC."""
        day = self.env["crm.lead"]._sheet_working_day(company, self.delay)
        zone = zone_of(company)
        morning = zone.localize(datetime.combine(day, MORNING)).astimezone(pytz.utc)
        return morning.replace(tzinfo=None)

    # -- what came of each step ------------------------------------------------

    def _compute_figures(self):
        figures = self._figures()
        for step in self:
            values = figures.get(step._origin.id, (0,) * len(FIGURES))
            for name, value in zip(FIGURES, values, strict=True):
                step[f"{name}_count"] = value

    def _figures(self):
        """Return ``{step id: figures}``, in the order of ``FIGURES``."""
        ids = tuple(self._origin.ids)
        if not ids:
            return {}
        self.env.flush_all()
        enrolments = self.env["customer.sheet.sequence.enrolment"]
        since, until = SQL("x.done_at"), SQL("COALESCE(x.next_at, 'infinity'::timestamp)")
        opened, clicked, joined = self._tracked_sql()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT x.step_id,
                       count(*) FILTER (WHERE x.state IN ('sent', 'done')),
                       count(*) FILTER (WHERE %(opened)s),
                       count(*) FILTER (WHERE %(clicked)s),
                       count(*) FILTER (WHERE x.state = 'sent' AND %(replied)s),
                       count(*) FILTER (WHERE x.state = 'sent' AND %(withdrawn)s),
                       count(*) FILTER (WHERE x.state IN ('failed', 'refused', 'unclear'))
                  FROM (SELECT o.*, lead(done_at) OVER (PARTITION BY enrolment_id,
                               state = 'sent' ORDER BY done_at, id) AS next_at
                          FROM customer_sheet_sequence_execution o
                         WHERE o.enrolment_id IN (SELECT f.enrolment_id
                               FROM customer_sheet_sequence_execution f
                              WHERE f.step_id IN %(ids)s)) x
                  JOIN customer_sheet_sequence_enrolment e ON e.id = x.enrolment_id
                  JOIN customer_sheet_sequence q ON q.id = e.sequence_id
                  JOIN crm_lead l ON l.id = e.lead_id %(joined)s
                 WHERE x.step_id IN %(ids)s
                 GROUP BY 1
                """,
                opened=opened,
                clicked=clicked,
                joined=joined,
                replied=enrolments._replied_sql(since, until),
                withdrawn=enrolments._withdrawn_sql(since, until),
                ids=ids,
            )
        )
        return {step_id: figures for step_id, *figures in rows}

    def _tracked_sql(self):
        """Return the conditions "opened" and "clicked", and the joins they need."""
        if "mailing.trace" not in self.env:
            return SQL("FALSE"), SQL("FALSE"), SQL()
        return (
            SQL("t.open_datetime IS NOT NULL"),
            SQL("t.links_click_datetime IS NOT NULL"),
            SQL(
                """
                  LEFT JOIN mail_message n ON n.id = x.mail_message_id
                  LEFT JOIN LATERAL (SELECT max(r.open_datetime) AS open_datetime,
                                            max(r.links_click_datetime) AS links_click_datetime
                                       FROM mailing_trace r
                                      WHERE r.model = 'crm.lead'
                                        AND r.res_id = l.id
                                        AND r.message_id = n.message_id) t ON TRUE
                """
            ),
        )

    # -- what a step does for the leads that have come to it -------------------

    def _perform(self, enrolments):
        """Do this step for these enrolments and let them go on to the next.

        Those outside of the sending hours wait; those who may not be contacted leave.  What
        fails is noted, and fails for nobody else.
        """
        self.ensure_one()
        ready = enrolments._in_sending_hours()
        (enrolments - ready)._postpone()
        if self.active and ready:
            allowed = ready._may_contact() if self.kind == "mail" else ready
            self._attempt(allowed)
            ready = ready.filtered(lambda enrolment: enrolment.state == "running")
        ready._go_on()

    def _attempt(self, enrolments):
        """Do this step for all at once or, if that fails, for each alone."""
        if not enrolments:
            return
        try:
            with self.env.cr.savepoint():
                if self.kind == "mail":
                    self._write_mails(enrolments)
                else:
                    self._schedule_activities(enrolments)
        except psycopg2.OperationalError:
            raise  # another transaction was faster: the whole batch is tried again
        except Exception as error:  # noqa: BLE001 - a template may raise anything
            if len(enrolments) > 1:
                for enrolment in enrolments:
                    self._attempt(enrolment)
            else:
                enrolments._note(self, [{"state": "failed", "reason": str(error)}])

    # -- messages --------------------------------------------------------------

    def _write_mails(self, enrolments):
        """Queue the message of this step for each lead."""
        leads, purpose = enrolments.lead_id, self.sequence_id.purpose_id
        mails = self.mail_template_id.send_mail_batch(
            leads.ids,
            email_values={
                "sheet_consent_purpose_id": purpose.id,
                "is_notification": True,  # else stock deletes the message with the mail
                "headers": repr(HEADERS),
            },
        )
        by_lead = {mail.res_id: mail for mail in mails}
        vals_list = []
        for enrolment in enrolments:
            mail = by_lead[enrolment.lead_id.id]
            if owner := enrolment.lead_id.user_id:
                mail.author_id = owner.partner_id
            vals_list.append(
                {
                    "state": "waiting",
                    "mail_id": mail.id,
                    "mail_message_id": mail.mail_message_id.id,
                }
            )
        enrolments._note(self, vals_list)
        if self.sequence_id.is_tracked:
            mails._sheet_track()
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    # -- tasks and calls ---------------------------------------------------------

    def _schedule_activities(self, enrolments):
        """Plan the task of this step; nobody is planned to be called who may not be."""
        days = {
            company: self.env["crm.lead"]._sheet_working_day(company, 0)
            for company in {enrolment._company() for enrolment in enrolments}
        }
        refused = self._refused_calls(enrolments, days)
        planned = enrolments.filtered(lambda enrolment: enrolment not in refused)
        activities = self.env["crm.lead"]._sheet_call_activities()
        activities = activities.create(
            [self._prepare_activity_vals(each, days[each._company()]) for each in planned]
        )
        planned._note(self, [{"state": "done", "activity_id": each.id} for each in activities])
        skipped = enrolments.browse(each.id for each in refused)
        skipped._note(self, [{"state": "skipped", "reason": refused[each]} for each in skipped])

    def _prepare_activity_vals(self, enrolment, day):
        lead = enrolment.lead_id
        user = self.user_id or lead.user_id or lead.team_id.user_id
        translated = self.with_context(lang=user.lang or self.env.company.partner_id.lang)
        return {
            "activity_type_id": self.activity_type_id.id,
            "automated": True,
            "date_deadline": day,
            "note": translated.activity_type_id.default_note,
            "res_id": lead.id,
            "res_model_id": self.env["ir.model"]._get_id(lead._name),
            "summary": translated.summary or translated.name,
            "user_id": user.id,
        }

    def _refused_calls(self, enrolments, days):
        """Return ``{enrolment: why the person may not be called}``."""
        purpose = self.sequence_id.purpose_id
        if self.activity_type_id.category != "phonecall" or not purpose.is_marketing:
            return {}
        refused = {}
        for company, group in enrolments.grouped(lambda each: each._company()).items():
            when = self._call_moment(company, days[company])
            answers = group.lead_id._can_contact_batch(purpose.code, "phone", when)
            for enrolment in group:
                answer = answers[enrolment.lead_id.id]
                if not answer["allowed"]:
                    refused[enrolment] = " ".join(answer["reasons"])
        return refused

    def _call_moment(self, company, day):
        """Return late morning of that day: the hour of the call is not known yet."""
        zone = zone_of(company)
        moment = zone.localize(datetime.combine(day, CALL_HOUR)).astimezone(pytz.utc)
        return moment.replace(tzinfo=None)

    @staticmethod
    def _later():
        """Return when to look again whether somebody may be written to."""
        return fields.Datetime.now() + timedelta(hours=1)
