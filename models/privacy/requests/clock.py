from odoo import fields, models

from .words import CODES


class CustomerSheetRequestClock(models.Model):
    """Something that happened to a request, on a day: what its deadline is worked out from."""

    _name = "customer.sheet.request.clock"
    _description = "Step of a Privacy Request"
    _inherit = ["customer.sheet.evidence.mixin"]
    _order = "id"
    _rec_name = "code"
    _sheet_stays = True

    request_id = fields.Many2one(
        "customer.sheet.request", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="request_id.company_id", store=True, index=True)
    code = fields.Selection(CODES, "What happened", required=True, readonly=True)
    day = fields.Date(required=True, readonly=True)
    words = fields.Text("Why, or how", readonly=True)
    user_id = fields.Many2one("res.users", "By", readonly=True, ondelete="set null")
