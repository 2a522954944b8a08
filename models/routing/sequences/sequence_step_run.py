from datetime import datetime, time, timedelta

import psycopg2
import pytz

from odoo import fields, models

from ...sheet.clock import zone_of

#: No automatic answers, please: they would count as replies.
HEADERS = {"X-Auto-Response-Suppress": "OOF, AutoReply", "Precedence": "bulk"}

#: The hour at which somebody is imagined to be called.
CALL_HOUR = time(11, 0)


class CustomerSheetSequenceStep(models.Model):
    """What a step does for the leads that have come to it."""

    _inherit = "customer.sheet.sequence.step"

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
