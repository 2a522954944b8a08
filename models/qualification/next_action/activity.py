from datetime import timezone

from odoo import api, fields, models
from odoo.tools import SQL

#: What decides whether an activity is a next action, and of which lead.
DECISIVE = {"active", "date_deadline", "res_id", "res_model", "res_model_id", "user_id"}

#: What the Python and the SQL side read of an activity.
ACTIVITY_FIELDS = ("active", "date_deadline", "res_id", "res_model", "user_id", "user_tz")


class MailActivity(models.Model):
    """Planning, moving and ending activities changes the score of their leads."""

    _inherit = "mail.activity"

    _sheet_open_index = models.Index(
        "(res_id, date_deadline) INCLUDE (user_tz) WHERE active AND res_model = 'crm.lead'"
    )

    # -- the open activities of leads, in SQL --------------------------------

    @api.model
    def _sheet_has_open_sql(self, lead, due=""):
        """Return the SQL condition that a lead has an open activity.

        :param lead: the alias under which the lead is read
        :param due: see :meth:`_sheet_open_sql`
        """
        return SQL(
            "EXISTS (SELECT FROM mail_activity na WHERE na.res_id = %s AND %s)",
            SQL.identifier(lead, "id"),
            self._sheet_open_sql(due),
        )

    @api.model
    def _sheet_open_sql(self, due=""):
        """Return the SQL condition that ``na`` is an open activity of a lead.

        :param due: how its deadline compares with today in the time zone of its user, which is
            how stock counts: ``"<"`` for one that is overdue; any deadline by default
        """
        is_open = SQL("na.active AND na.res_model = 'crm.lead'")
        if not due:
            return is_open
        return SQL(
            "%s AND na.date_deadline %s (%s AT TIME ZONE COALESCE(na.user_tz, 'UTC'))::date",
            is_open,
            SQL(due),
            fields.Datetime.now().replace(tzinfo=timezone.utc),
        )

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._sheet_leads()._sheet_next_action_changed()
        return activities

    def write(self, vals):
        if DECISIVE.isdisjoint(vals):
            return super().write(vals)
        before = self._sheet_leads()
        result = super().write(vals)
        (before | self._sheet_leads())._sheet_next_action_changed()
        return result

    def unlink(self):
        leads = self._sheet_leads()
        result = super().unlink()
        if leads:  # which may be going themselves
            leads.exists()._sheet_next_action_changed()
        return result

    def _sheet_leads(self):
        """Return the leads of these activities; none where no question asks for a next action."""
        leads = self.env["crm.lead"].sudo()
        ours = self.sudo().filtered(lambda activity: activity.res_model == leads._name)
        # in this order: while the module is uninstalled, there is no catalogue to ask
        if not ours or not leads._sheet_next_action_questions():
            return leads
        return leads.browse(dict.fromkeys(ours.mapped("res_id")))
