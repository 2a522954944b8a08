from odoo import api, models
from odoo.tools import format_date

from ...consent.ledger.words import PRIVACY_OFFICER
from ...sheet.controls.control import Control, Finding
from . import outside


class CustomerSheetControl(models.Model):
    _inherit = "customer.sheet.control"

    @api.model
    def _controls(self):
        return [
            *super()._controls(),
            Control(
                "erasures",
                "privacy",
                self.env._("No restored backup has brought erased people back"),
                self.env._("Erasures are noted outside the database, and repeated after a restore."),
                "customer_sheet_erasure_replay_action",
                PRIVACY_OFFICER,
            ),
        ]

    def _check_erasures(self):
        back = self.env["customer.sheet.erasure.replay"]._open_count()
        if back:
            return Finding(False, self.env._("Records that are back: %(count)s.", count=back))
        entries = self.env["customer.sheet.erasure.entry"]
        last = entries._last()
        try:
            noted = {line["hash"] for line in outside.read(entries._register_name())}
        except OSError as error:
            return Finding(
                False, self.env._("Their file cannot be read: %(why)s.", why=error.strerror)
            )
        if not last:
            return Finding(True, self.env._("Nobody was erased yet."))
        if not entries._is_copy() and last.hash not in noted:
            return Finding(False, self.env._("Their file lacks the last erasure."))
        day = format_date(self.env, last.date)
        return Finding(True, self.env._("The last erasure, of %(day)s, is noted.", day=day))
