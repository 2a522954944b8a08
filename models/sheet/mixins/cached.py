from odoo import api, models


class CustomerSheetCachedMixin(models.AbstractModel):
    """Records that are compiled and kept in Odoo's cache: any change empties it."""

    _name = "customer.sheet.cached.mixin"
    _description = "Cached Configuration"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self._sheet_cache_changed()
        return records

    def write(self, vals):
        result = super().write(vals)
        self._sheet_cache_changed()
        return result

    def unlink(self):
        result = super().unlink()
        self._sheet_cache_changed()
        return result

    @api.model
    def _sheet_cache_changed(self):
        """Empty the cache; extend it for what has to follow a change."""
        self.env.registry.clear_cache()
