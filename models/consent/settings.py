from odoo import models

from ..sheet.settings import MOST_DAYS, Setting

# who answers for the data, and where one may object
DPO_EMAIL = Setting("consent_dpo_email", "char", "E-mail of the data protection officer")
OBJECTION_PHONE = Setting("consent_objection_phone", "char", "Phone number to object")
OBJECTION_ADDRESS = Setting("consent_objection_address", "char", "Address to object")

# links
LINK_DAYS = Setting(
    "consent_link_days", "integer", "Preference links live (days)", 60, 1, MOST_DAYS
)
UNSUBSCRIBE_DAYS = Setting(
    "consent_unsubscribe_days", "integer", "Unsubscribe links live (days)", 1095, 1, MOST_DAYS
)
OPT_IN_DAYS = Setting(
    "consent_opt_in_days", "integer", "Requests can be answered for (days)", 7, 1, MOST_DAYS
)
REMINDER_DAYS = Setting("consent_reminder_days", "integer", "Remind after (days)", 3, 1, MOST_DAYS)

# evidence
KEEP_IP = Setting(
    "consent_keep_ip",
    "selection",
    "Keep the visitor's address",
    default="truncated",
    choices=(("truncated", "The network only"), ("full", "In full"), ("none", "Not at all")),
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_consent_dpo_email = DPO_EMAIL.field()
    sheet_consent_objection_phone = OBJECTION_PHONE.field()
    sheet_consent_objection_address = OBJECTION_ADDRESS.field()

    sheet_consent_link_days = LINK_DAYS.field()
    sheet_consent_unsubscribe_days = UNSUBSCRIBE_DAYS.field()
    sheet_consent_opt_in_days = OPT_IN_DAYS.field()
    sheet_consent_reminder_days = REMINDER_DAYS.field()

    sheet_consent_keep_ip = KEEP_IP.field()
