from odoo import api, fields, models
from odoo.fields import Domain

from ..desk.due import Due


class CustomerSheetDesk(models.TransientModel):
    _inherit = "customer.sheet.desk"

    @api.model
    def _due(self):
        return [*super()._due(), *self._restrictions()]

    @api.model
    def _restrictions(self):
        """Return one line for the restrictions on request whose day has come: nobody lifts them
        by itself, for the person has to be told before."""
        partners = self.env["res.partner"].with_context(active_test=False)
        if not partners._sheet_is_any_restricted():
            return []
        over = Domain("sheet_restricted_on", "!=", False)
        over &= Domain("sheet_restricted_ground", "=", "request")
        over &= Domain("sheet_restricted_until", "<", fields.Date.context_today(self))
        found = partners.search(over, order="sheet_restricted_until, id")
        if not found:
            return []
        return [
            Due(
                "restrictions",
                found[0].sheet_restricted_until,
                self.env._("Decide on restrictions whose day has come"),
                self.env._("Tell the person before you lift one."),
                count=len(found),
                action=self._opens("customer_sheet_restricted_action", found),
            )
        ]
