from odoo import fields, models


class UtmCampaign(models.Model):
    """What the mailings of a campaign are for; the mailing app itself has no such field."""

    _inherit = "utm.campaign"

    sheet_consent_purpose_id = fields.Many2one(
        "customer.sheet.consent.purpose",
        "Consent purpose",
        index="btree_not_null",
        help="What the mailings of this campaign are for. Without it, mailings to contacts and"
        " leads count as prospecting, all others as newsletters.",
    )
