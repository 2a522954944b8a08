from odoo import models


class CustomerSheetWalledMixin(models.AbstractModel):
    """Settings of one company, or of all: nobody hands them to a company that is not theirs."""

    _name = "customer.sheet.walled.mixin"
    _description = "Setting of a Company"

    def write(self, vals):
        result = super().write(vals)
        if "company_id" in vals:
            self.check_access("write")  # stock asks the rules only about the company before
        return result
