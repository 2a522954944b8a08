from odoo import fields, models

from ...models.sheet.called import called


class CustomerSheetReviewSign(models.TransientModel):
    """Asks what was decided before a review is signed."""

    _name = "customer.sheet.review.sign"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Sign a Review"

    review_id = fields.Many2one(
        "customer.sheet.review",
        "Data Review",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    open_count = fields.Integer(related="review_id.open_count", related_sudo=False)
    conclusion = fields.Text("What was decided")

    @called(one=True)
    def action_sign(self):
        """Sign the review with these words."""
        self.review_id.action_sign(self.conclusion)
        return {"type": "ir.actions.act_window_close"}
