from odoo import api, models

from ..plain import kinds
from .lists import ListValues
from .target import Target


class IrFieldsConverter(models.AbstractModel):
    """Odoo's own import reads a value of a list as the import desk does: "15", "notre site"."""

    _inherit = "ir.fields.converter"

    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        kind = getattr(field, "sheet_kind", None)
        if kind and subfield is None and value:
            country = self._sheet_row_country()
            if not self.env[kinds.OPTION]._named(kind, value, country):
                value = self._sheet_meant(field, value, country) or value
        return super().db_id_for(model, field, subfield, value, savepoint)

    @api.model
    def _str_to_selection(self, model, field, value, savepoint):
        try:
            return super()._str_to_selection(model, field, value, savepoint)
        except ValueError:
            meant = field.name.startswith("sheet_") and self._sheet_meant(field, value)
            if not meant:
                raise
            return meant, []

    @api.model
    def _sheet_meant(self, field, text, country=None):
        of = Target(field.name, "", "choice", "", field)
        return ListValues(self.env, of).match(text, country, seen=False)
