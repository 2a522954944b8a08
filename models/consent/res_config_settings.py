from odoo import api, fields, models
from odoo.exceptions import ValidationError

DAYS = (
    "sheet_consent_link_days",
    "sheet_consent_unsubscribe_days",
    "sheet_consent_opt_in_days",
    "sheet_consent_reminder_days",
)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    # who answers for the data, and where one may object
    sheet_consent_dpo_email = fields.Char(
        "E-mail of the data protection officer",
        config_parameter="crm_customer_sheet.consent_dpo_email",
    )
    sheet_consent_objection_phone = fields.Char(
        "Phone number to object",
        config_parameter="crm_customer_sheet.consent_objection_phone",
    )
    sheet_consent_objection_address = fields.Char(
        "Address to object",
        config_parameter="crm_customer_sheet.consent_objection_address",
    )

    # links
    sheet_consent_link_days = fields.Integer(
        "Preference links live (days)",
        config_parameter="crm_customer_sheet.consent_link_days",
        default=60,
    )
    sheet_consent_unsubscribe_days = fields.Integer(
        "Unsubscribe links live (days)",
        config_parameter="crm_customer_sheet.consent_unsubscribe_days",
        default=1095,
    )
    sheet_consent_opt_in_days = fields.Integer(
        "Requests can be answered for (days)",
        config_parameter="crm_customer_sheet.consent_opt_in_days",
        default=7,
    )
    sheet_consent_reminder_days = fields.Integer(
        "Remind after (days)",
        config_parameter="crm_customer_sheet.consent_reminder_days",
        default=3,
    )

    # evidence
    sheet_consent_keep_ip = fields.Selection(
        [("truncated", "The network only"), ("full", "In full"), ("none", "Not at all")],
        "Keep the visitor's address",
        config_parameter="crm_customer_sheet.consent_keep_ip",
        default="truncated",
    )

    @api.constrains(*DAYS)
    def _check_sheet_consent_days(self):
        for settings in self:
            for name in DAYS:
                if settings[name] < 1:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” must be at least one day.",
                            field=self._fields[name]._description_string(self.env),
                        )
                    )
