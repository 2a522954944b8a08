from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, clean_context

from ...sheet.actor import in_bulk
from ...sheet.called import called
from ...sheet.clock import company_today, zone_of
from ...sheet.fields import SHEET_USER
from ...sheet.known import known_of
from ...sheet.life import NEW
from ..settings import CALL_DAYS, CALL_ENABLED
from .activity import ACTIVITY_FIELDS

PROVIDER = "next_action"

CALL_TYPE = "crm_customer_sheet.mail_activity_type_qualification_call"

FALLBACK_TYPE = "mail.mail_activity_data_call"

#: What the open activities of a lead are in each state: there is one, or there is none, whose
#: deadline compares like that with today.
STATES = {
    "none": [(False, "")],
    "overdue": [(True, "<")],
    "today": [(True, "="), (False, "<")],
    "planned": [(True, ">"), (False, "<=")],
}


class CrmLead(models.Model):
    """What comes next on a lead (A10): stock's activities, seen from the sheet.

    Only an open lead needs a next action. It answers the catalogue's question while it lies
    today or ahead, each activity judged in the time zone of its user, as stock does.
    """

    _inherit = "crm.lead"

    sheet_next_action = fields.Selection(
        [
            ("none", "None"),
            ("overdue", "Overdue"),
            ("today", "Today"),
            ("planned", "Planned"),
        ],
        "Next action",
        compute="_compute_sheet_next_action",
        search="_search_sheet_next_action",
        groups=SHEET_USER,
        help="What the activities of an open lead say; empty once it is won, lost or archived.",
    )

    def _sheet_is_open(self):
        return self.active and self.won_status == "pending"

    @api.depends("activity_state", "won_status", "active")
    def _compute_sheet_next_action(self):
        for lead in self:
            state = lead.activity_state or "none"
            lead.sheet_next_action = state if lead._sheet_is_open() else False

    @api.model
    def _search_sheet_next_action(self, operator, value):
        if operator != "in":
            return NotImplemented
        self._check_field_access(self._fields["sheet_next_action"], "read")
        self.env["mail.activity"].flush_model(ACTIVITY_FIELDS)
        open_ = Domain("won_status", "=", "pending") & Domain("active", "=", True)
        states = [state for state in STATES if state in value]
        found = open_ & Domain.OR(map(self._sheet_next_domain, states))
        return found | ~open_ if False in value else found

    @api.model
    def _sheet_next_domain(self, state):
        """Return the domain of the leads whose activities are in this state.

        Stock's own search groups the activities of all leads before it looks at a single one.
        """
        has_open_sql = self.env["mail.activity"]._sheet_has_open_sql

        def to_sql(model, alias, query):
            parts = [(is_there, has_open_sql(alias, due)) for is_there, due in STATES[state]]
            # a bare EXISTS, or NOT EXISTS, is what an index serves
            wanted = [part if is_there else SQL("NOT %s", part) for is_there, part in parts]
            return SQL("(%s)", SQL(" AND ").join(wanted))

        return Domain.custom(to_sql=to_sql)

    @called(one=True)
    def action_sheet_plan_next(self):
        """Open stock's dialog that schedules an activity."""
        self._sheet_check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Schedule Activity"),
            "res_model": "mail.activity.schedule",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "active_model": self._name,
                "active_id": self.id,
                "active_ids": self.ids,
                "dialog_size": "large",
            },
        }

    # -- the provider "next_action" of the catalogue ---------------------------

    def _sheet_provided_next_action(self):
        """Return the leads with an action today or ahead, and those that are not open."""
        planned = self.filtered(lambda lead: lead._sheet_is_open())._sheet_planned_ids()
        return self.filtered(
            lambda lead: not lead._sheet_is_open() or lead._origin.id in planned,
        )

    @api.model
    def _sheet_provided_next_action_sql(self, alias):
        """Return the SQL twin of :meth:`_sheet_provided_next_action`."""
        return SQL(
            "(NOT COALESCE(%s AND %s = 'pending', FALSE) OR %s)",
            SQL.identifier(alias, "active"),
            SQL.identifier(alias, "won_status"),
            self.env["mail.activity"]._sheet_has_open_sql(alias, ">="),
        )

    def _sheet_planned_ids(self):
        """Return the ids of the leads that have an action today or ahead, in one query."""
        ids = tuple(self._origin.ids)
        if not ids:
            return set()
        if known_of(self):
            states = {state for (_rank, state, _day), _activity in self._sheet_activities()}
            return set(ids) if states - {"overdue"} else set()
        self.env["mail.activity"].flush_model(ACTIVITY_FIELDS)
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT na.res_id FROM mail_activity na WHERE na.res_id IN %s AND %s",
                ids,
                self.env["mail.activity"]._sheet_open_sql(">="),
            )
        )
        return {lead_id for [lead_id] in rows}

    @api.model
    def _sheet_read_fields(self, answers):
        return sorted({"active", "won_status", *super()._sheet_read_fields(answers)})

    def _sheet_gap(self, question, state, now):
        """Let the ring lead to the place where the next action is planned."""
        gap = super()._sheet_gap(question, state, now)
        if question.provider == PROVIDER:
            gap["fields"] = [*gap["fields"], "sheet_next_action"]
        return gap

    # -- what follows a change -----------------------------------------------

    @api.model
    def _sheet_watches(self):
        calls, scores = {NEW, "user_id"}, {"active", "probability"}
        return {**super()._sheet_watches(), "calls": calls, "next_action": scores}

    def _sheet_saved_next_action(self, change):
        self._sheet_next_action_changed()

    @api.model
    def _sheet_next_action_questions(self):
        return [q for q in self._sheet_plan().counting if q.provider == PROVIDER]

    def _sheet_next_action_changed(self):
        """Score again those of the leads on which a next action counts."""
        questions = self._sheet_next_action_questions()
        if questions:
            counting = self.sudo().filtered(
                lambda lead: any(
                    question.required != "stage" or lead.stage_id.id in question.stage_ids
                    for question in questions
                )
            )
            counting._sheet_rescore_later()

    @api.model
    def _cron_next_actions(self):
        """Score again the leads whose next action has passed since: nobody writes then."""
        questions = self._sheet_next_action_questions()
        if not questions:
            return
        self.env.flush_all()
        table = SQL.identifier(self._table)
        passed = [
            SQL(
                "(%s AND NOT COALESCE(%s.sheet_missing ? %s, FALSE) AND NOT %s)",
                question.sql_counts(self, self._table),
                table,
                question.code,
                question.sql_answered(self, self._table),
            )
            for question in questions
        ]
        batch = SQL(
            "IN (SELECT %(table)s.id FROM %(table)s"
            " WHERE %(table)s.sheet_completeness IS NOT NULL AND (%(passed)s))",
            table=table,
            passed=SQL(" OR ").join(passed),
        )
        self._sheet_rescore(batch)
        self.env.invalidate_all(flush=False)

    # -- the first call on a new lead (E3): a stock activity for its owner -----
    #
    # Every open lead gets one, once, as soon as it has an owner; imports and merges plan nothing,
    # nor does a lead on which something is planned already.

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
        """Return the values of the call, in the words of its owner."""
        call_type = self._sheet_call_type().with_context(lang=self.user_id.lang)
        return {
            "activity_type_id": call_type.id,
            "automated": True,
            "date_deadline": deadline,
            "note": call_type.default_note,
            "res_id": self.id,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "summary": call_type.name,
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
