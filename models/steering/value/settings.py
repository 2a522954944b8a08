from odoo import models

from ...sheet.settings import Setting

#: Where too few customers of a segment have left to tell how long they stay.
CUSTOMER_YEARS = Setting("customer_years", "float", "Years that a customer stays", 3.0, 0.5, 50)


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sheet_customer_years = CUSTOMER_YEARS.field()
