from odoo import api, models

from ..sheet.rooms import Room

#: What protects people goes on without it: who was erased stays erased, who is restricted is not
#: used, what was signed is carried out, what is too old is forgotten.
PRIVACY = Room(
    "privacy",
    "Privacy desk",
    menus=(
        *("customer_sheet_desk_menu", "customer_sheet_request_menu", "customer_sheet_breach_menu"),
        *("customer_sheet_erasure_menu", "customer_sheet_retention_menu"),
        *("customer_sheet_search_menu", "customer_sheet_place_menu"),
        "customer_sheet_processing_menu",
    ),
    actions=tuple(
        f"action_sheet_{what}_{host}"
        for what in ("how_long", "request_file", "past", "erase", "where", "restrict")
        for host in ("partner", "lead")
    ),
    chores=("places", "retention_preview", "inform", "request_identity"),
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_room_privacy = PRIVACY.setting.field()

    @api.model
    def _sheet_room_switched(self, room, is_on):
        """Show customers who sign in the way to their data, or do not."""
        result = super()._sheet_room_switched(room, is_on)
        if room is PRIVACY:
            self.env.ref("crm_customer_sheet.portal_my_home_privacy").sudo().active = is_on
        return result
