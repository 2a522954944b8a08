from odoo import api, models


class CustomerSheetMerge(models.Model):
    """Proposals move with the contact or lead that they are about, and back."""

    _inherit = "customer.sheet.merge"

    @api.model
    def _moved_label(self, pointer):
        if pointer.model == "customer.sheet.proposal":
            return self.env._("Proposed answers")
        return super()._moved_label(pointer)
