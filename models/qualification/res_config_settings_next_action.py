from odoo import api, fields, models
from odoo.exceptions import ValidationError

MOST_DAYS = 60


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_call_enabled = fields.Boolean(
        "Qualification call", config_parameter="crm_customer_sheet.call_enabled"
    )
    # no `config_parameter`: stock stores no zero, and 0 means "on the same day"
    sheet_call_days = fields.Integer("Working days until the call")

    @api.constrains("sheet_call_days")
    def _check_sheet_call_days(self):
        for settings in self:
            if not 0 <= settings.sheet_call_days <= MOST_DAYS:
                raise ValidationError(
                    self.env._(
                        "“Working days until the call” goes from 0, the same day, to %(most)s.",
                        most=MOST_DAYS,
                    )
                )

    @api.model
    def get_values(self):
        return {**super().get_values(), "sheet_call_days": self.env["crm.lead"]._sheet_call_days()}

    def set_values(self):
        result = super().set_values()
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("crm_customer_sheet.call_days", str(self.sheet_call_days))
        return result
