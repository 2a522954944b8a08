from odoo import fields, models

from ...consent.ledger.words import PRIVACY_OFFICER

ACTIVITY = "crm_customer_sheet.mail_activity_type_privacy"


class CustomerSheetCaseMixin(models.AbstractModel):
    """Something that the law wants answered in time: who looks after it, and how long is left.

    Nobody deletes one.  Who inherits it counts ``left`` and ``is_late``, and searches the latter.
    """

    _name = "customer.sheet.case.mixin"
    _description = "Case With a Deadline"
    _inherit = ["mail.thread", "mail.activity.mixin", "customer.sheet.evidence.mixin"]

    _sheet_stays = True

    name = fields.Char("Reference", readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    user_id = fields.Many2one(
        "res.users",
        "In charge",
        default=lambda self: self.env.user,
        index="btree_not_null",
        tracking=True,
        domain=lambda self: [("all_group_ids", "in", self.env.ref(PRIVACY_OFFICER).id)],
    )
    left = fields.Char("Time left", compute="_compute_left")
    is_late = fields.Boolean("Late", compute="_compute_left", search="_search_is_late")
    closed_on = fields.Date("Closed on", readonly=True, copy=False)
