from odoo import fields, models


class CustomerSheetRequestClock(models.Model):
    _inherit = "customer.sheet.request.clock"

    code = fields.Selection(
        selection_add=[("fetched", "The file was fetched")], ondelete={"fetched": "cascade"}
    )
