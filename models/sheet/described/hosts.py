from odoo import api, models, tools

#: Types of fields by which the web client neither groups nor measures.
UNGROUPED_TYPES = {"binary", "html", "json", "one2many", "text"}


class CustomerSheetMixin(models.AbstractModel):
    """What the web client is told about the fields of a sheet, with every view of its host."""

    _inherit = "customer.sheet.mixin"

    #: Fields that a search view does not describe unless it names them: nobody groups by them.
    _sheet_ungrouped_fields = frozenset()

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Describe the fields of a sheet from the cache where it is a view that asks.

        Only the sectors in use are offered.
        """
        if attributes is None or set(attributes) != set(self._get_view_field_attributes()):
            return self._sheet_of_used_sectors(super().fields_get(allfields, attributes))
        names = set(allfields or self._fields)
        ours = self._sheet_names(names)
        description = super().fields_get(names - ours, attributes) if names - ours else {}
        cached = self._sheet_described(super().fields_get)
        description.update((name, dict(cached[name])) for name in ours & cached.keys())
        return description

    @api.model
    @tools.ormcache("self.env.lang", "self.env.su or self.env.user._get_group_ids()")
    def _sheet_described(self, describe):
        """Return ``{field: description}`` of our fields that this user may see.

        :param describe: ``fields_get`` of Odoo
        """
        ours = self._sheet_names(self._fields)
        described = describe(ours, self._get_view_field_attributes()) if ours else {}
        return self._sheet_of_used_sectors(described)

    @api.model
    def _sheet_names(self, names):
        return {name for name in names if name.startswith("sheet_")}

    @api.model
    def _sheet_of_used_sectors(self, description):
        if sectors := description.get("sheet_sector", {}).get("selection"):
            used = self.env["customer.sheet.option"]._sectors_in_use()
            description["sheet_sector"]["selection"] = [
                (code, name) for code, name in sectors if code in used
            ]
        return description

    @api.model
    def _get_view_fields(self, view_type, models):
        """Leave out of a search view what nobody groups by, unless the view names it.

        Stock describes every field of the model there: half of what the client loads.
        """
        named = set(models.get(self._name, ()))
        models = super()._get_view_fields(view_type, models)
        if view_type == "search":
            left_out = self._sheet_left_out() - named
            models[self._name] = [name for name in models[self._name] if name not in left_out]
        return models

    @api.model
    def _sheet_left_out(self):
        ours = self._sheet_names(self._fields)
        long = {name for name in ours if self._fields[name].type in UNGROUPED_TYPES}
        return long | self._sheet_ungrouped_fields
