from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..sheet.called import called
from .customer_sheet_match_rule import THRESHOLDS


def _threshold(band, string):
    return fields.Float(
        string,
        config_parameter=f"crm_customer_sheet.match_{band}",
        default=THRESHOLDS[band],
        digits=(6, 1),
    )


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_match_certain = _threshold("certain", "Certain from")
    sheet_match_probable = _threshold("probable", "Probable from")
    sheet_match_possible = _threshold("possible", "Possible from")

    @api.constrains("sheet_match_certain", "sheet_match_probable", "sheet_match_possible")
    def _check_sheet_match(self):
        for settings in self:
            certain, probable = settings.sheet_match_certain, settings.sheet_match_probable
            if not certain > probable > settings.sheet_match_possible > 0:
                raise ValidationError(
                    self.env._(
                        "“Certain from” must be above “Probable from”, that above “Possible from”,"
                        " and all above 0."
                    )
                )

    @called()
    def action_sheet_match_all(self):
        """Match all contacts and leads anew, in the background."""
        self.env.ref("crm_customer_sheet.ir_cron_sheet_match_rebuild").sudo()._trigger()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_duplicate_action"
        )
