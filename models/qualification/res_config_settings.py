from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_hot_score = fields.Integer(
        "Hot lead from", config_parameter="crm_customer_sheet.hot_score", default=70
    )
    sheet_mql_score = fields.Integer(
        "Promising lead from", config_parameter="crm_customer_sheet.mql_score", default=50
    )
    sheet_hot_activity = fields.Boolean(
        "Call hot leads", config_parameter="crm_customer_sheet.hot_activity"
    )

    sheet_confirmed_days = fields.Integer(
        "Check evidence again after (days)",
        config_parameter="crm_customer_sheet.confirmed_days",
        default=60,
    )

    @api.constrains("sheet_hot_score", "sheet_mql_score")
    def _check_sheet_scores(self):
        for settings in self:
            for name in ("sheet_hot_score", "sheet_mql_score"):
                if not 0 < settings[name] <= 100:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” must be a score from 1 to 100.",
                            field=self._fields[name]._description_string(self.env),
                        )
                    )
