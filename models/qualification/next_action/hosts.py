from datetime import timezone

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...sheet.called import called
from ...sheet.fields import SHEET_USER
from ...sheet.life import NEW

PROVIDER = "next_action"

#: What the Python and the SQL side read of an activity.
ACTIVITY_FIELDS = ("active", "date_deadline", "res_id", "res_model", "user_id", "user_tz")


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
        open_ = Domain("won_status", "=", "pending") & Domain("active", "=", True)
        states = {False if state == "none" else state for state in value if state}
        found = open_ & Domain("activity_state", "in", states)
        return found | ~open_ if False in value else found

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
            "(NOT COALESCE(%(active)s AND %(won)s = 'pending', FALSE) OR EXISTS"
            " (SELECT 1 FROM mail_activity na WHERE na.res_id = %(id)s AND %(planned)s))",
            active=SQL.identifier(alias, "active"),
            won=SQL.identifier(alias, "won_status"),
            id=SQL.identifier(alias, "id"),
            planned=self._sheet_planned_sql(),
        )

    def _sheet_planned_ids(self):
        """Return the ids of the leads that have an action today or ahead, in one query."""
        ids = tuple(self._origin.ids)
        if not ids:
            return set()
        self.env["mail.activity"].flush_model(ACTIVITY_FIELDS)
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT na.res_id FROM mail_activity na WHERE na.res_id IN %s AND %s",
                ids,
                self._sheet_planned_sql(),
            )
        )
        return {lead_id for [lead_id] in rows}

    @api.model
    def _sheet_planned_sql(self):
        return SQL(
            "na.res_model = %s AND na.active"
            " AND na.date_deadline >= (%s AT TIME ZONE COALESCE(na.user_tz, 'UTC'))::date",
            self._name,
            fields.Datetime.now().replace(tzinfo=timezone.utc),
        )

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
