from odoo import fields, models

from ..fields import SHEET_FIELD, amount, char, option, options


class CustomerSheetRetailMixin(models.AbstractModel):
    """What matters about a shopper (B2)."""

    _name = "customer.sheet.retail.mixin"
    _inherit = "customer.sheet.mixin"
    _description = "Customer Sheet: Retail and E-commerce"

    sheet_average_basket = amount("Average basket")
    sheet_order_count = fields.Integer("Orders placed", **SHEET_FIELD)
    sheet_last_order_date = fields.Date("Last order date", **SHEET_FIELD)
    sheet_last_order_amount = amount("Last order amount")
    sheet_spend_12m = amount("Spent in 12 months")
    sheet_return_reason_ids = options("Reasons of returns", "return_reason")
    sheet_product_preference_ids = options("Preferences", "product_preference")
    sheet_loyalty_programme = char("Loyalty programme")
    sheet_loyalty_level_id = option("Loyalty level", "loyalty_level")
    sheet_coupon_note = char("Coupons used")
