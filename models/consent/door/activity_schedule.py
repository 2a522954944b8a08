from odoo import api, fields, models

from ...sheet.fields import HOSTS, SHEET_USER
from .call_warning import refused_calls, warning_words


class MailActivitySchedule(models.TransientModel):
    """The dialog that plans activities, alone or as a plan, warns before it does."""

    _inherit = "mail.activity.schedule"

    sheet_contact_warning = fields.Char(
        compute="_compute_sheet_contact_warning", compute_sudo=False, groups=SHEET_USER
    )

    @api.depends(
        "activity_type_id", "date_deadline", "plan_id", "plan_date", "res_ids", "res_model"
    )
    def _compute_sheet_contact_warning(self):
        for scheduler in self:
            records, refused = scheduler._get_applied_on_records(), {}
            if scheduler.res_model in HOSTS and records:
                for purpose, day in scheduler._sheet_planned():
                    refused.update(refused_calls(purpose, records, day))
            scheduler.sheet_contact_warning = warning_words(self.env, refused, len(records or ()))

    def _sheet_planned(self):
        """Return ``{(purpose, day)}`` of what is about to be planned."""
        scheduler = self.sudo()
        if not scheduler.plan_id:
            return {(scheduler.activity_type_id.sheet_consent_purpose_id, self.date_deadline)}
        day = self.plan_date or fields.Date.context_today(self)
        return {
            (step.activity_type_id.sheet_consent_purpose_id, step._get_date_deadline(day))
            for step in scheduler.plan_id.template_ids
        }
