from odoo import fields, models


class MailActivityType(models.Model):
    """What calls and meetings of a type are for."""

    _inherit = "mail.activity.type"

    sheet_consent_purpose_id = fields.Many2one(
        "customer.sheet.consent.purpose",
        "Consent purpose",
        index="btree_not_null",
        help="What activities of this type are for. Whoever plans one of a marketing purpose"
        " is warned where the person may not be called.",
    )
