from odoo import fields, models

from ...sheet.called import called
from ...sheet.fields import SHEET_USER


class CustomerSheetMixin(models.AbstractModel):
    """What the customer, or somebody in their name, has sent in (A12)."""

    _inherit = "customer.sheet.mixin"

    sheet_trace = fields.Text(
        "Technical origin",
        compute="_compute_sheet_trace",
        groups=SHEET_USER,
        help="What was sent in first: by which form, when, and from where.",
    )

    def _compute_sheet_trace(self):
        column = self._sheet_answer_column()
        landed = [(column, "in", self._origin.ids), ("state", "=", "landed")]
        submissions = self.env["customer.sheet.submission"].search(landed, order="id desc")
        first = {each[column]: each for each in submissions}
        for sheet in self:
            submission = first.get(sheet._origin)
            sheet.sheet_trace = submission._trace_text() if submission else False

    @called(one=True)
    def action_sheet_submissions(self):
        """Open what was sent in about this record, with where it came from."""
        self._sheet_check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_submission_action"
        )
        domain = [(self._sheet_answer_column(), "=", self.id)]
        return {**action, "domain": domain, "context": {}}
