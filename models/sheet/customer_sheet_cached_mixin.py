from odoo import api, models


class CustomerSheetCachedMixin(models.AbstractModel):
    """Records that are compiled and kept in Odoo's cache: any change empties it."""

    _name = "customer.sheet.cached.mixin"
    _description = "Cached Configuration"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
