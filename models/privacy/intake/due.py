from odoo import api, models

from ..desk.due import Due


class CustomerSheetDesk(models.TransientModel):
    _inherit = "customer.sheet.desk"

    @api.model
    def _due(self):
        arrivals = self.env["customer.sheet.request.arrival"]
        count = arrivals.search_count([("state", "=", "held")])
        if not count:
            return super()._due()
        line = Due(
            "requests_held",
            None,
            self.env._("Look at what was held back as spam"),
            self.env._("Requests of the public page count from the day on which they came."),
            count=count,
            action="customer_sheet_request_arrival_action",
        )
        return [*super()._due(), line]
