from odoo import models

from ...sheet.called import called


class CustomerSheetMixin(models.AbstractModel):
    """What the customer, or somebody in their name, has sent in (A12)."""

    _inherit = "customer.sheet.mixin"

    @called(one=True)
    def action_sheet_submissions(self):
        """Open what was sent in about this record, with where it came from."""
        self._sheet_check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_submission_action"
        )
        domain = [(self._sheet_answer_column(), "=", self.id)]
        return {**action, "domain": domain, "context": {}}
