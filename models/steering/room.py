from odoo import api, models

from ..sheet.rooms import Room

STEERING = Room(
    "steering",
    "Dashboard, segments and reviews",
    menus=(
        "customer_sheet_kpi_menu",
        "customer_sheet_segment_menu",
        "customer_sheet_review_menu",
    ),
    nodes=("sheet_segment_ids", "group_by_sheet_segments"),
    listeners=("worth",),
    chores=("figures", "segments", "worth", "review"),
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_room_steering = STEERING.setting.field()

    @api.model
    def _sheet_room_switched(self, room, is_on):
        """Show the figures of the rooms in use."""
        result = super()._sheet_room_switched(room, is_on)
        self.env["customer.sheet.kpi"]._declare()
        return result
