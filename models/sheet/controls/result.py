from odoo import fields, models

from .control import STATES


class CustomerSheetControlResult(models.Model):
    """What was found on a day, noted when the answer changed; or what somebody has attested."""

    _name = "customer.sheet.control.result"
    _inherit = ["customer.sheet.evidence.mixin"]
    _description = "Result of a Control"
    _order = "day desc, id desc"
    _rec_name = "day"

    control_id = fields.Many2one(
        "customer.sheet.control", required=True, index=True, readonly=True, ondelete="cascade"
    )
    day = fields.Date(required=True, readonly=True, default=fields.Date.context_today)
    state = fields.Selection(STATES, "Was", required=True, readonly=True)
    evidence = fields.Char("What was found", readonly=True)
    user_id = fields.Many2one("res.users", "Attested by", readonly=True)
    until = fields.Date("Attested until", readonly=True)
    document = fields.Binary(readonly=True, attachment=True)
    document_name = fields.Char(readonly=True)
