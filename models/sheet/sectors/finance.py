from odoo import fields, models

from ..fields import SHEET_FIELD, choice, option


class CustomerSheetFinanceMixin(models.AbstractModel):
    """What matters for credit and insurance, and nothing sensitive (B3)."""

    _name = "customer.sheet.finance.mixin"
    _inherit = "customer.sheet.mixin"
    _description = "Customer Sheet: Finance and Insurance"

    sheet_professional_situation_id = option("Professional situation", "professional_situation")
    sheet_finance_product_id = option("Financial product", "finance_product")
    sheet_eligibility = choice(
        "Eligible", [("yes", "Yes"), ("to_check", "To be checked"), ("no", "No")]
    )
    sheet_risk_appetite = choice(
        "Risk appetite", [("low", "Low"), ("moderate", "Moderate"), ("high", "High")]
    )
    sheet_regulatory_deadline = fields.Date("Regulatory deadline", **SHEET_FIELD)
