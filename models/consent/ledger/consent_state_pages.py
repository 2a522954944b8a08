from odoo import fields, models

from ...sheet.called import called


class CustomerSheetConsentState(models.Model):
    """What stands, as the privacy officer finds and reads it."""

    _inherit = "customer.sheet.consent.state"

    holder_names = fields.Char(related="subject_id.holder_names", string="Person")

    @called(one=True)
    def action_open_person(self):
        """Open the person with all their events."""
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.sheet.consent.subject",
            "res_id": self.subject_id.id,
            "views": [(False, "form")],
        }
