from odoo import models


class ResCountry(models.Model):
    """Countries hardly change: what a glance reads of them stays in Odoo's cache."""

    _name = "res.country"
    _inherit = ["res.country", "customer.sheet.cached.mixin"]
