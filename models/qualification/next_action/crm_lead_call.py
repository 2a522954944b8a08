from datetime import datetime, time, timedelta

from odoo import api, models
from odoo.tools import clean_context

from ...sheet.actor import in_bulk
from ...sheet.clock import company_today, zone_of
from ..settings import CALL_DAYS, CALL_ENABLED

CALL_TYPE = "crm_customer_sheet.mail_activity_type_qualification_call"
FALLBACK_TYPE = "mail.mail_activity_data_call"


class CrmLead(models.Model):
    """The first call on a new lead (E3): a stock activity for its owner.

    Every open lead gets one, once, as soon as it has an owner; imports and merges plan
    nothing, nor does a lead on which something is planned already.
    """

    _inherit = "crm.lead"

    def _sheet_prepare_calls(self, change):
        if not change.is_new and self._sheet_schedules_calls():
            change.keep(["user_id"])

    def _sheet_saved_calls(self, change):
        if not self._sheet_schedules_calls():
            return
        if change.is_new:
            self._sheet_schedule_calls()
        elif handed := change.differs("user_id").sudo().filtered("user_id"):
            handed._sheet_hand_over_calls(change.before("user_id"))

    def _sheet_schedule_calls(self):
        """Plan the call of the leads that are open, have an owner and nothing planned yet."""
        days_by_lead = {
            lead: days
            for lead in self.sudo()
            if lead._sheet_has_caller()
            and not lead.activity_ids
            and (days := lead._sheet_days_before_call()) is not None
        }
        deadlines = {
            key: self._sheet_working_day(*key)
            for key in {(lead._sheet_call_company(), n) for lead, n in days_by_lead.items()}
        }
        if days_by_lead:
            self._sheet_call_activities().create(
                [
                    lead._sheet_prepare_call_vals(deadlines[lead._sheet_call_company(), days])
                    for lead, days in days_by_lead.items()
                ]
            )

    def _sheet_hand_over_calls(self, former):
        """Plan the call of the leads that had no owner; open calls follow to the new one.

        :param former: ``{lead id: owner before}``
        """
        calls = self._sheet_call_activities().search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "=", self._sheet_call_type().id),
            ]
        )
        called = set(calls.mapped("res_id"))
        new = self.filtered(lambda lead: not former[lead.id] and lead.id not in called)
        new._sheet_schedule_calls()
        followed = calls.filtered(
            lambda call: call.active and call.automated and call.user_id == former[call.res_id]
        )
        if followed:
            followed.user_id = self.user_id[:1]

    # -- who, when -----------------------------------------------------------

    @api.model
    def _sheet_schedules_calls(self):
        """Tell whether calls are planned now: a setting, and never by an import or a merge."""
        return (
            CALL_ENABLED.value(self.env)
            and not in_bulk()
            and not self.env.context.get("mail_activity_automation_skip")
        )

    def _sheet_has_caller(self):
        owner = self.user_id
        return self._sheet_is_open() and owner.active and not owner.share

    def _sheet_call_company(self):
        return self.company_id or self.user_id.company_id

    def _sheet_days_before_call(self):
        """Return in how many working days to call, or ``None`` for no call."""
        delays = self.env["customer.sheet.option"]._call_delays()
        delay = delays.get(self.sheet_source_id.id)
        if delay == "none":
            return None
        return int(delay) if delay else self._sheet_call_days()

    @api.model
    def _sheet_call_days(self):
        """Return the delay of the settings, in working days."""
        return CALL_DAYS.value(self.env)

    @api.model
    def _sheet_working_day(self, company, days):
        """Return the day that lies ``days`` working days ahead, by the company's calendar.

        With 0 it is today, or the next day of work.
        """
        calendar = company.resource_calendar_id
        zone, today = zone_of(company), company_today(company)
        from_day = today + timedelta(days=1) if days else today
        start = zone.localize(datetime.combine(from_day, time.min))
        public = [("time_type", "=", "leave"), ("company_id", "in", [company.id, False])]
        # whoever works without fixed hours has no working days to count
        counted = calendar and not calendar.flexible_hours
        end = counted and calendar.plan_days(
            max(days, 1), start, compute_leaves=True, domain=public
        )
        return end.date() if end else today + timedelta(days=days)

    # -- the activities ------------------------------------------------------

    @api.model
    def _sheet_call_type(self):
        """Return the shipped type of activity, or stock's call where it has been deleted."""
        find = self.env["ir.model.data"]._xmlid_to_res_id
        type_id = find(CALL_TYPE, raise_if_not_found=False) or find(FALLBACK_TYPE)
        return self.env["mail.activity.type"].sudo().browse(type_id)

    def _sheet_prepare_call_vals(self, deadline):
        """Return the values of the call; without a summary everybody reads its type."""
        call_type = self._sheet_call_type()
        return {
            "activity_type_id": call_type.id,
            "automated": True,
            "date_deadline": deadline,
            "note": call_type.with_context(lang=self.user_id.lang).default_note,
            "res_id": self.id,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "user_id": self.user_id.id,
        }

    @api.model
    def _sheet_call_activities(self):
        """Return the model of activities: done ones too, and without a second e-mail.

        Stock tells the owner already that the lead is theirs.
        """
        context = clean_context(self.env.context)
        activities = self.env(context=context)["mail.activity"].sudo()
        return activities.with_context(active_test=False, mail_activity_quick_update=True)
