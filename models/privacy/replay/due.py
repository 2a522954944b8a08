from odoo import api, models

from ..desk.due import Due
from .replay import OPEN


class CustomerSheetDesk(models.TransientModel):
    _inherit = "customer.sheet.desk"

    @api.model
    def _due(self):
        lines = super()._due()
        for replay in self.env["customer.sheet.erasure.replay"].search([("state", "in", OPEN)]):
            lines.append(
                Due(
                    f"replay_{replay.id}",
                    replay.found_on.date(),
                    self.env._("A backup was restored: erase again whoever is back"),
                    self.env._(
                        "%(restored)s. Records that are back: %(count)s. Nobody can use them"
                        " meanwhile.",
                        restored=replay.display_name,
                        count=replay.back_count,
                    ),
                    count=replay.back_count,
                    action=self._opens("customer_sheet_erasure_replay_action", replay),
                )
            )
        return lines
