from odoo import api, models

from .hosts import PROVIDER


class CustomerSheetQuestion(models.Model):
    _inherit = "customer.sheet.question"

    @api.model
    def _sheet_providers(self):
        return {**super()._sheet_providers(), PROVIDER: self.env._("Next action of the lead")}
