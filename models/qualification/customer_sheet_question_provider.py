from odoo import api, models

from .crm_lead_next_action import PROVIDER


class CustomerSheetQuestion(models.Model):
    _inherit = "customer.sheet.question"

    @api.model
    def _sheet_providers(self):
        return {**super()._sheet_providers(), PROVIDER: self.env._("Next action of the lead")}
