from odoo import api, models

from ..desk.due import Due


class CustomerSheetDesk(models.TransientModel):
    _inherit = "customer.sheet.desk"

    @api.model
    def _due(self):
        erasures = self.env["customer.sheet.erasure"]
        found = erasures.search([("state", "in", ("waiting", "approved", "unfinished", "failed"))])
        mine = found.filtered(lambda each: each.state == "waiting" and each.can_approve)
        ready = found.filtered(lambda each: each.state == "approved")
        broken = found.filtered(lambda each: each.state in ("unfinished", "failed"))
        texts = {
            "erasures_to_approve": (
                mine,
                self.env._("Approve what a colleague wants to erase"),
                self.env._("Two people look before something that many depend on is erased."),
            ),
            "erasures_to_start": (
                ready,
                self.env._("Start the erasures that were approved"),
                self.env._("Nothing has been erased yet."),
            ),
            "erasures_unfinished": (
                broken,
                self.env._("Finish the erasures that did not come to their end"),
                self.env._("The person still stands somewhere: look where, and erase again."),
            ),
        }
        return [
            *super()._due(),
            *(
                Due(
                    code,
                    None,
                    title,
                    words,
                    count=len(records),
                    action=self._opens("customer_sheet_erasure_action", records),
                )
                for code, (records, title, words) in texts.items()
                if records
            ),
        ]
