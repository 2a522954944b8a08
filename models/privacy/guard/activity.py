from odoo import api, models
from odoo.tools import is_html_empty

from ...sheet.fields import HOSTS


class MailActivity(models.Model):
    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        """Refuse words about somebody who was erased, in what is to do on their record."""
        activities = super().create(vals_list)
        for host in HOSTS:
            if self.env[host]._sheet_somebody_is_erased():
                worded = activities.filtered(
                    lambda a, host=host: (
                        a.res_model == host and (a.summary or not is_html_empty(a.note))
                    )
                )
                self.env[host].browse(worded.mapped("res_id"))._sheet_check_none_erased()
        return activities
