from odoo import api, models
from odoo.tools import SQL

from ...sheet.known import known_of, people_sql, rows

#: States of activities, the most urgent first.
URGENCY = ("overdue", "today", "planned")


class CrmLead(models.Model):
    """What is planned on a lead, as its form shows it."""

    _inherit = "crm.lead"

    @api.model
    def _sheet_glance_fields(self):
        return {*super()._sheet_glance_fields(), "probability", "stage_id"}

    def _sheet_glance_sql(self):
        mine = SQL("res_model = %s AND res_id = %s AND active", self._name, self._origin.id or 0)
        names = ("date_deadline", "summary", "activity_type_id", "user_id", "user_tz")
        types = SQL("id IN (SELECT activity_type_id FROM mail_activity WHERE %s)", mine)
        return [
            *super()._sheet_glance_sql(),
            rows(self.env["mail.activity"], names, mine),
            rows(self.env["mail.activity.type"], ("name",), types),
            *people_sql(self.env, SQL("SELECT user_id FROM mail_activity WHERE %s", mine)),
        ]

    def _sheet_glance(self):
        action = self._sheet_is_open() and self._sheet_next_action_words()
        return {**super()._sheet_glance(), "sheet_next_action": action}

    def _sheet_next_action_words(self):
        """Return what comes next on an open lead, the most urgent of its activities.

        :return: ``{"state", "label", "summary", "day", "user", "activity_id"}``; ``user`` only
            where it is somebody else
        """
        words = dict(self._fields["sheet_next_action"]._description_selection(self.env))
        planned = self._sheet_activities()
        if not planned:
            empty = dict.fromkeys(("summary", "day", "user", "activity_id"), False)
            return {"state": "none", "label": words["none"], **empty}
        (_rank, state, _day), activity = min(planned, key=lambda each: (each[0], each[1].id))
        is_mine = activity.user_id.id == self.env.uid
        return {
            "state": state,
            "label": words[state],
            "summary": activity.summary or activity.activity_type_id.name or False,
            "day": activity.date_deadline.isoformat(),
            "user": not is_mine and (activity.user_id.name or False),
            "activity_id": activity.id,
        }

    def _sheet_activities(self):
        """Return ``[((rank, state, day), activity)]`` as a glance has read them."""
        judge = self.env["mail.activity"]._compute_state_from_date
        found = []
        for activity in known_of(self).records("mail.activity"):
            state = judge(activity.date_deadline, activity.user_tz)
            found.append(((URGENCY.index(state), state, activity.date_deadline), activity))
        return found
