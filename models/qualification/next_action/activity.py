from odoo import api, models

#: What decides whether an activity is a next action, and of which lead.
DECISIVE = {"active", "date_deadline", "res_id", "res_model", "res_model_id", "user_id"}


class MailActivity(models.Model):
    """Planning, moving and ending activities changes the score of their leads."""

    _inherit = "mail.activity"

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
