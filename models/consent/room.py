from odoo import models

from ..sheet.rooms import Room

CONSENT = Room(
    "consent",
    "Consents",
    menus=(
        "customer_sheet_menu_consent",
        "customer_sheet_consent_event_menu",
        "customer_sheet_consent_state_menu",
        "customer_sheet_consent_subject_menu",
        "customer_sheet_consent_notice_menu",
        "customer_sheet_consent_purpose_menu",
    ),
    nodes=(
        "sheet_consent",
        "sheet_consent_mark",
        "sheet_consent_informed",
        *(
            f"sheet_prospecting_{channel}_{state}"
            for channel in ("email", "phone")
            for state in ("given", "refused", "none")
        ),
    ),
    chores=("consent_reminders",),
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_room_consent = CONSENT.setting.field()
