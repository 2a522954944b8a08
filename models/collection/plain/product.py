from odoo import fields, models

from ...sheet.fields import SHEET_USER


class ProductTemplate(models.Model):
    """Products that visitors may choose from."""

    _inherit = "product.template"

    sheet_on_forms = fields.Boolean(
        "Offered on forms",
        groups=SHEET_USER,
        help="Visitors can say on a form that it is about this product.",
    )
