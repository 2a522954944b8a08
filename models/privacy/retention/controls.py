from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...consent.ledger.words import PRIVACY_OFFICER
from ...sheet.controls.control import Control, Finding
from .settings import EVERY_DAYS


class CustomerSheetControl(models.Model):
    _inherit = "customer.sheet.control"

    @api.model
    def _controls(self):
        return [
            *super()._controls(),
            Control(
                "retention_run",
                "privacy",
                self.env._("Retention is signed and carried out"),
                self.env._("Data that nobody needs any more may not stay."),
                "customer_sheet_retention_run_action",
                PRIVACY_OFFICER,
                room="privacy",
            ),
        ]

    def _check_retention_run(self):
        """All is well for twice as long as it takes to the next preview."""
        runs = self.env["customer.sheet.retention.run"].sudo()
        run = runs.search([("state", "in", ("preview", "running", "done"))], limit=1)
        if not run:
            return Finding(False, self.env._("Nobody has looked yet whose data are to go."))
        day = format_date(self.env, run.signed_on or run.started_on)
        if run.state == "preview":
            return Finding(
                False,
                self.env._("People who wait for a signature: %(count)s.", count=run.total),
            )
        late = run.started_on + 2 * timedelta(days=EVERY_DAYS.value(self.env))
        if not run.signed_on:
            words = self.env._("Looked at on %(day)s: nobody's time was over.", day=day)
        else:
            words = self.env._(
                "Signed on %(day)s by %(name)s.", day=day, name=run.signed_by_id.name
            )
        return Finding(late > fields.Datetime.now(), words)
