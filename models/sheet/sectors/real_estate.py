from odoo import models

from ..fields import amount, choice, option, options


class CustomerSheetRealEstateMixin(models.AbstractModel):
    """What matters to somebody who looks for a property (B4)."""

    _name = "customer.sheet.real.estate.mixin"
    _inherit = "customer.sheet.mixin"
    _description = "Customer Sheet: Real Estate"

    sheet_property_type_id = option("Property type", "property_type")
    sheet_property_budget_max = amount("Budget ceiling")
    sheet_property_location_ids = options("Target locations", "property_location")
    sheet_financing_validated = choice(
        "Financing validated", [("yes", "Yes"), ("in_progress", "In progress"), ("no", "No")]
    )
    sheet_property_timing = choice(
        "Moving",
        [
            ("now", "At once"),
            ("3_months", "Within 3 months"),
            ("6_months", "Within 6 months"),
            ("later", "Later"),
        ],
    )
    sheet_property_progress = choice(
        "Progress",
        [
            ("to_visit", "To visit"),
            ("visited", "Visited"),
            ("offer", "Offer made"),
            ("agreement", "Preliminary sale agreement"),
        ],
    )
