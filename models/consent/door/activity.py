from odoo import api, fields, models

from ...sheet.fields import HOSTS, SHEET_USER
from .call_warning import refused_calls, warning_words

#: What decides whether the person may be called then.
DECISIVE = {"activity_type_id", "date_deadline", "res_id", "res_model_id"}


class MailActivity(models.Model):
    """Planning a prospecting call to somebody who may not be called warns, and never blocks."""

    _inherit = "mail.activity"

    sheet_contact_warning = fields.Char(
        compute="_compute_sheet_contact_warning", compute_sudo=False, groups=SHEET_USER
    )

    @api.depends("activity_type_id", "date_deadline", "res_id", "res_model")
    def _compute_sheet_contact_warning(self):
        reasons = self._sheet_warnings()
        for activity in self:
            activity.sheet_contact_warning = reasons.get(activity, False)

    def _sheet_warnings(self):
        """Return ``{activity: words}`` for those whose person may not be called."""
        groups = {}
        for activity in self.sudo():
            purpose = activity.activity_type_id.sheet_consent_purpose_id
            if purpose.is_marketing and activity.res_model in HOSTS and activity.res_id:
                key = purpose, activity.res_model, activity.date_deadline
                groups.setdefault(key, []).append(activity)
        warnings = {}
        for (purpose, model, day), activities in groups.items():
            records = self.env[model].browse({activity.res_id for activity in activities})
            refused = {
                record.id: why for record, why in refused_calls(purpose, records, day).items()
            }
            for activity in activities:
                if why := refused.get(activity.res_id):
                    words = warning_words(self.env, {activity.res_id: why}, 1)
                    warnings[activity.with_env(self.env)] = words
        return warnings

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._sheet_note_warnings()
        return activities

    def write(self, vals):
        result = super().write(vals)
        if not DECISIVE.isdisjoint(vals):
            self._sheet_note_warnings()
        return result

    def _sheet_note_warnings(self):
        """Say in the chatter who was warned of what and planned the call all the same."""
        by_hand = self.filtered(lambda activity: not activity.automated and activity.active)
        if not by_hand or self.env.user._is_superuser():
            return
        for activity, words in by_hand._sheet_warnings().items():
            self.env[activity.res_model].browse(activity.res_id).sudo()._message_log(
                body=self.env._(
                    "%(user)s planned “%(activity)s” in spite of a warning. %(warning)s",
                    user=self.env.user.name,
                    activity=activity.activity_type_id.name,
                    warning=words,
                ),
                author_id=self.env.user.partner_id.id,
            )
