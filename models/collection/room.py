from odoo import models

from ..sheet.rooms import Room

#: It recognises customers by the keys of duplicates.
COLLECTION = Room(
    "collection",
    "Forms, imports and registers",
    menus=(
        "customer_sheet_submission_menu",
        "customer_sheet_form_menu",
        "customer_sheet_capture_menu",
        "customer_sheet_paste_menu",
        "customer_sheet_import_menu",
    ),
    actions=(
        *("action_sheet_export_partner", "action_sheet_export_lead"),
        *("action_sheet_complete_partner", "action_sheet_complete_lead"),
        *("res_partner_action_paste", "crm_lead_action_paste"),
        *("res_partner_action_look_up", "crm_lead_action_look_up"),
    ),
    nodes=(
        "sheet_register_warning",
        "sheet_lookup",
        "action_sheet_submissions",
        "sheet_answers_proposed",
        "action_look_up_members",
    ),
    chores=("proposals", "forms", "registers", "registers_yearly"),
    needs=("duplicates",),
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_room_collection = COLLECTION.setting.field()
