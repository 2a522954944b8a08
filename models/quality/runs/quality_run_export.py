from odoo import models
from odoo.fields import Domain

from ...sheet.called import called

WRONG = ("doubtful", "invalid")


class CustomerSheetQualityRun(models.Model):
    """The values to correct, for people who work in a spreadsheet."""

    _inherit = "customer.sheet.quality.run"

    @called(one=True)
    def action_export(self):
        """Download the records with a doubtful or invalid value as CSV."""
        return {"type": "ir.actions.act_url", "url": f"/customer_sheet/quality/{self.id}.csv"}

    def _wrong_value_rows(self):
        """Return a header and one row for each doubtful or invalid value that the user may see."""
        translate = self.env._
        header = [
            translate("Reference"),
            translate("Name"),
            translate("Value checked"),
            translate("Value"),
            translate("Status"),
            translate("Reason"),
        ]
        model = self.env[self.host].with_context(active_test=False)
        fields_ = model._sheet_checked_fields()
        wrong = Domain.OR(Domain(f"sheet_{kind}_status", "in", WRONG) for kind in fields_)
        records = model.search(Domain(self.sudo()._checked_domain()) & wrong)
        return [header, *(row for record in records for row in record._sheet_wrong_rows())]
