from odoo import api, models

from ...sheet.fields import HOSTS
from .finding import Text

NOTES = {"note": True, "summary": False}


class MailActivity(models.Model):
    """Call notes are looked through like every text on a sheet."""

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        activities = super().create(vals_list)
        activities._sheet_review()
        return activities

    def write(self, vals):
        result = super().write(vals)
        if not NOTES.keys().isdisjoint(vals):
            self._sheet_review()
        return result

    def _sheet_review(self):
        ours = self.filtered(lambda activity: activity.res_model in HOSTS and activity.res_id)
        if self.env.su or not ours:
            return
        texts = [
            Text(
                self.env[activity.res_model].browse(activity.res_id),
                f"activity_{name}_{activity.id}",
                activity[name],
                is_html,
                self.env["mail.message"],
            )
            for activity in ours
            for name, is_html in NOTES.items()
            if activity[name]
        ]
        self.env["customer.sheet.sensitive.finding"]._review(texts)
