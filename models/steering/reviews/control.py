from odoo import api, models
from odoo.fields import Domain

from ...sheet import clock
from ...sheet.controls.control import Control, Finding


class CustomerSheetControl(models.Model):
    _inherit = "customer.sheet.control"

    @api.model
    def _controls(self):
        return [
            *super()._controls(),
            Control(
                "reviews",
                "governance",
                self.env._("Every review is signed in time"),
                self.env._("What nobody looks through every month grows old unseen."),
                fix="customer_sheet_review_action",
                who="crm_customer_sheet.group_sheet_steward",
                room="steering",
            ),
        ]

    def _check_reviews(self):
        reviews = self.env["customer.sheet.review"]
        if not reviews.search_count(Domain.TRUE, limit=1):
            return Finding(None, self.env._("No month has been over yet."))
        late = Domain("state", "!=", "done") & Domain("due_on", "<", clock.common_today(self.env))
        if names := reviews.search(late, limit=3).mapped("name"):
            return Finding(
                False, self.env._("Not signed in time: %(reviews)s", reviews=", ".join(names))
            )
        return Finding(True, self.env._("None is overdue."))
