from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CustomerSheetAnswer(models.Model):
    """What is known about an answer beyond the value in its field.

    Rows exist only for what differs from "a user typed it": not known yet, confirmed
    with evidence, brought by a form, an import or an enrichment.  The value itself is
    always in the field.  There is no uniqueness on purpose: a stock contact merge
    deletes rows or fails on unique keys; the latest row of a question wins instead.
    """

    _name = "customer.sheet.answer"
    _description = "Customer Sheet Answer"
    _order = "id desc"
    _rec_name = "question_id"

    question_id = fields.Many2one(
        "customer.sheet.question", required=True, ondelete="cascade", index=True
    )
    partner_id = fields.Many2one("res.partner", ondelete="cascade", index="btree_not_null")
    lead_id = fields.Many2one("crm.lead", ondelete="cascade", index="btree_not_null")
    state = fields.Selection(
        [("unknown", "Not known yet"), ("confirmed", "Confirmed"), ("collected", "Collected")],
        required=True,
        copy=True,
    )
    origin = fields.Selection(
        [
            ("zero", "Given by the customer"),
            ("first", "Noted by us"),
            ("second", "Given by a partner"),
            ("third", "From an outside source"),
        ],
        help="Zero, first, second or third party data.",
    )
    date = fields.Datetime(default=fields.Datetime.now, required=True)
    author_id = fields.Many2one("res.users", default=lambda self: self.env.user)
    evidence = fields.Text()
    confirmed_on = fields.Date()
    reason = fields.Char()
    reask_date = fields.Date("Ask again on")
    activity_id = fields.Many2one("mail.activity", ondelete="set null", index="btree_not_null")

    @api.constrains("partner_id", "lead_id")
    def _check_one_sheet(self):
        for answer in self:
            if bool(answer.partner_id) == bool(answer.lead_id):
                raise ValidationError(
                    self.env._("An answer belongs to one contact or to one lead: fill one of both.")
                )

    def _forget(self):
        """Delete the rows and the reminders they scheduled."""
        self.activity_id.unlink()
        self.unlink()
