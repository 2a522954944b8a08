from odoo import models

from ...sheet.called import called


class CustomerSheetMixin(models.AbstractModel):
    _inherit = "customer.sheet.mixin"

    @called(one=True)
    def action_sheet_where(self):
        """Look for this person everywhere in the database and open what is found."""
        return self.env["customer.sheet.search"]._start(self)._action_open()
