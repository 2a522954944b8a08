from odoo import models

from ..fields import SHEET_USER


class CustomerSheetPrivateMixin(models.AbstractModel):
    """A stock model with fields that only sheet users see: everybody else copies it as before."""

    _name = "customer.sheet.private.mixin"
    _description = "Fields for Sheet Users Only"

    def _sheet_copy_data(self, copy_data, default):
        """Copy by Odoo's own ``copy_data``, but no field that the user may not see: it fails on
        reading one."""
        hidden = {
            name: False
            for name, field in self._fields.items()
            if field.copy
            and field.groups == SHEET_USER
            and not self._has_field_access(field, "read")
        }
        if not hidden:
            return copy_data(default)
        copies = copy_data({**(default or {}), **hidden})
        return [
            {name: value for name, value in vals.items() if name not in hidden} for vals in copies
        ]
