from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .customer_sheet_merge import KEPT_DAYS


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_merge_kept_days = fields.Integer(
        "Merges can be undone for (days)",
        config_parameter="crm_customer_sheet.merge_kept_days",
        default=KEPT_DAYS,
    )
    sheet_merge_certain = fields.Boolean(
        "Merge certain duplicates", config_parameter="crm_customer_sheet.merge_certain"
    )
    sheet_reviewer_id = fields.Many2one(
        "res.users",
        "Monthly review by",
        config_parameter="crm_customer_sheet.reviewer_id",
        domain=[("share", "=", False)],
        help="By default the first data steward.",
    )

    @api.constrains("sheet_merge_kept_days")
    def _check_sheet_merge_kept_days(self):
        for settings in self:
            if settings.sheet_merge_kept_days < 1:
                raise ValidationError(
                    self.env._("“Merges can be undone for” needs at least one day.")
                )
