from odoo import models

from ..sheet.rooms import Room

STEERING = Room(
    "steering",
    "Dashboard, segments and reviews",
    menus=("customer_sheet_review_menu",),
    chores=("review",),
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_room_steering = STEERING.setting.field()
