from odoo import api, models
from odoo.exceptions import ValidationError

from ..sheet.called import called
from ..sheet.settings import MOST_DAYS, Setting

#: Scores beyond this say nothing more.
MOST = 1000

CERTAIN = Setting("match_certain", "float", "Certain from", 26.0, 0, MOST)
PROBABLE = Setting("match_probable", "float", "Probable from", 12.0, 0, MOST)
POSSIBLE = Setting("match_possible", "float", "Possible from", 8.0, 0, MOST)
#: By band, the score from which a pair is in it.
THRESHOLDS = {"certain": CERTAIN, "probable": PROBABLE, "possible": POSSIBLE}

KEPT_DAYS = Setting(
    "merge_kept_days", "integer", "Merges can be undone for (days)", 30, 1, MOST_DAYS
)
MERGE_CERTAIN = Setting("merge_certain", "boolean", "Merge certain duplicates")


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_match_certain = CERTAIN.field(digits=(6, 1))
    sheet_match_probable = PROBABLE.field(digits=(6, 1))
    sheet_match_possible = POSSIBLE.field(digits=(6, 1))

    sheet_merge_kept_days = KEPT_DAYS.field()
    sheet_merge_certain = MERGE_CERTAIN.field()

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
        self.env["customer.sheet.duplicate"]._request_rebuild()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_duplicate_action"
        )
