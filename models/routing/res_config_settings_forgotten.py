from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import str2bool

from .customer_sheet_forgotten import DEADLINE_DAYS
from .customer_sheet_forgotten_digest import ENABLED


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    # no `config_parameter`: stock stores neither False nor zero, and both mean something here
    sheet_forgotten_digest = fields.Boolean("Daily digest")
    sheet_forgotten_days = fields.Integer("Days before a deadline")

    @api.constrains("sheet_forgotten_days")
    def _check_sheet_forgotten_days(self):
        for settings in self:
            if not 0 <= settings.sheet_forgotten_days <= 365:
                raise ValidationError(
                    self.env._("“Days before a deadline” goes from 0, the day itself, to 365.")
                )

    @api.model
    def get_values(self):
        enabled = self.env["ir.config_parameter"].sudo().get_param(ENABLED, "True")
        return {
            **super().get_values(),
            "sheet_forgotten_digest": str2bool(enabled, True),
            "sheet_forgotten_days": self.env["customer.sheet.forgotten"]._deadline_days(),
        }

    def set_values(self):
        result = super().set_values()
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(ENABLED, str(self.sheet_forgotten_digest))
        parameters.set_param(DEADLINE_DAYS, str(self.sheet_forgotten_days))
        return result
