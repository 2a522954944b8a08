from odoo import api, models

from ...sheet.controls.control import Control


class CustomerSheetControl(models.Model):
    _inherit = "customer.sheet.control"

    @api.model
    def _controls(self):
        return [
            *super()._controls(),
            Control(
                "places",
                "privacy",
                self.env._("The data map has no unknown field"),
                self.env._("What nobody knows of is neither given nor erased on request."),
                "customer_sheet_place_action",
                "crm_customer_sheet.group_sheet_privacy",
                room="privacy",
            ),
        ]

    @api.model
    def _unknown_places(self):
        return [("state", "=", "unknown")]

    def _check_places(self):
        return self._none(self.env["customer.sheet.place"], self._unknown_places())

    def _fix_places(self):
        return self._action("customer_sheet_place_action", domain=self._unknown_places())
