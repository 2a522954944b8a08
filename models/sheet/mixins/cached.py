from odoo import api, models, tools
from odoo.tools import SQL


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
    def _sheet_at_hand(self, names):
        """Load these fields of all records, without a query once Odoo's cache holds them.

        :param names: a tuple of fields with a column
        """
        ids, columns = self._sheet_columns(names, self.env.lang)
        records = self.browse(ids)
        if any(self._fields[names[-1]]._cache_missing_ids(records)):
            for name, values in zip(names, columns, strict=True):
                self._fields[name]._insert_cache(records, values)

    @api.model
    @tools.ormcache("names", "lang")
    def _sheet_columns(self, names, lang):
        query = self.sudo().with_context(active_test=False, lang=lang)._search([])
        columns = (
            self.sudo().with_context(lang=lang)._field_to_sql(self._table, n, query) for n in names
        )
        found = self.env.execute_query(query.select(SQL.identifier(self._table, "id"), *columns))
        ids, *values = zip(*found, strict=True) if found else [()] * (len(names) + 1)
        return ids, values

    @api.model
    def _sheet_cache_changed(self):
        """Empty the cache; extend it for what has to follow a change."""
        self.env.registry.clear_cache()
