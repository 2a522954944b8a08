from odoo import api, models

from ..desk.due import Due
from .run import FRESH


class CustomerSheetDesk(models.TransientModel):
    _inherit = "customer.sheet.desk"

    @api.model
    def _due(self):
        runs = self.env["customer.sheet.retention.run"]
        waiting = runs.search([("state", "in", ("preview", "failed"))], limit=1)
        return [*super()._due(), *(self._retention_line(run) for run in waiting)]

    @api.model
    def _retention_line(self, run):
        opens = self._opens("customer_sheet_retention_run_action", run)
        if run.state == "failed":
            title = self.env._("Carrying out retention has failed: look why")
            return Due(f"retention_{run.id}", None, title, run.failure or "", action=opens)
        return Due(
            f"retention_{run.id}",
            (run.started_on + FRESH).date(),
            self.env._("Say who is erased because their time is over"),
            self.env._(
                "People proposed: %(count)s. Nothing happens before you sign.", count=run.total
            ),
            count=run.total,
            action=opens,
            button=self.env._("Look and sign"),
        )
