from odoo import fields, models


class CustomerSheetBreachNotice(models.Model):
    """What the authority was told of a breach, as it was known then: it changes no more."""

    _name = "customer.sheet.breach.notice"
    _description = "Notice of a Breach"
    _inherit = ["customer.sheet.evidence.mixin"]
    _order = "sent_on, id"
    _rec_name = "breach_id"
    _sheet_stays = True

    breach_id = fields.Many2one(
        "customer.sheet.breach", required=True, readonly=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(related="breach_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [("initial", "First notice"), ("complementary", "Complement")], required=True, readonly=True
    )
    sent_on = fields.Datetime("Sent on", required=True, readonly=True)
    number = fields.Char("Number given by the authority", readonly=True)
    late_why = fields.Text("Why it was late", readonly=True)
    content = fields.Html("What was said", readonly=True)
    user_id = fields.Many2one("res.users", "By", readonly=True, ondelete="set null")
