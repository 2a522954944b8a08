from odoo import api, models

from ..sheet.rooms import Room

DUPLICATES = Room(
    "duplicates",
    "Duplicates",
    menus=(
        "customer_sheet_duplicate_queue_menu",
        "customer_sheet_merge_menu",
        "customer_sheet_menu_config_duplicates",
        "customer_sheet_match_rule_menu",
    ),
    actions=("customer_sheet_merge_action_contacts",),
    nodes=("sheet_matches",),
    listeners=("match",),
    chores=("match_rebuild",),
    crons=("ir_cron_sheet_match", "ir_cron_sheet_merge"),
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_room_duplicates = DUPLICATES.setting.field()

    @api.model
    def _sheet_room_switched(self, room, is_on):
        """Match everything anew: nothing was compared meanwhile."""
        result = super()._sheet_room_switched(room, is_on)
        if room is DUPLICATES and is_on:
            self.env["customer.sheet.duplicate"].sudo()._request_rebuild()
        return result
