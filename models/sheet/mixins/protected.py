from contextlib import contextmanager
from contextvars import ContextVar

from odoo import api, models

from ..actor import actor

#: Who brings the records of another system along, with what that system knew of them.
MANAGER = "crm_customer_sheet.group_sheet_manager"

#: The protected fields that our own code is writing just now.
_STAMPED = ContextVar("crm_customer_sheet_stamped", default=frozenset())


@contextmanager
def stamping(names):
    """Believe these protected fields inside, too: the one door for our own code."""
    token = _STAMPED.set(_STAMPED.get() | frozenset(names))
    try:
        yield
    finally:
        _STAMPED.reset(token)


class CustomerSheetProtectedMixin(models.AbstractModel):
    """Fields that only our own code writes: whoever else brings a value is not believed.

    However it comes: typed, as a default of the context or of ``ir.default``, in an import, in
    a copy, in a command of another record, as an administrator or as superuser.  The value is
    left out without a word, so that a form that sends its read-only fields back still saves.
    """

    _name = "customer.sheet.protected.mixin"
    _description = "Fields That Only the System Writes"

    @api.model
    def _sheet_protected_fields(self):
        """Return the names of the protected fields; extend it for those of another room."""
        return set()

    @api.model
    def _sheet_imported_fields(self):
        """Return the protected fields that new records of an administrator's import bring."""
        return set()

    def _sheet_stamp(self, vals):
        """Write protected fields, as superuser; the caller has checked who may."""
        with stamping(vals):
            return self.sudo().write(vals)

    # -- on every way ------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        return self._sheet_believed(super().default_get(fields))

    @api.model
    def _add_missing_default_values(self, values):
        """Take protected values out where the values of every creation are complete."""
        return self._sheet_believed(super()._add_missing_default_values(values), is_new=True)

    def _sheet_prepare_protected(self, change):
        change.vals_list = [self._sheet_believed(vals) for vals in change.vals_list]

    @api.model
    def _sheet_believed(self, vals, is_new=False):
        """Return the values without protected ones, but for those of an open door."""
        refused = self._sheet_protected_fields().intersection(vals) - _STAMPED.get()
        if refused and is_new and actor() == "import" and self.env.user.has_group(MANAGER):
            refused -= {name for name in self._sheet_imported_fields() if vals.get(name)}
        return {n: v for n, v in vals.items() if n not in refused} if refused else vals
