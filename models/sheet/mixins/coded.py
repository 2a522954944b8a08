from itertools import count

from odoo import models
from odoo.fields import Domain


class CustomerSheetCodedMixin(models.AbstractModel):
    """Records that rules and imports know by a code: a copy gets a free one."""

    _name = "customer.sheet.coded.mixin"
    _description = "Told Apart by a Code"

    def copy_data(self, default=None):
        copies = super().copy_data(default)
        if self._abstract or "code" in (default or {}):
            return copies
        names = [f"{code}_copy%" for code in self.mapped("code")]
        copied = Domain.OR(Domain("code", "=like", name) for name in names)
        taken = set(self.sudo().with_context(active_test=False).search(copied).mapped("code"))
        for record, vals in zip(self, copies, strict=True):
            names = (f"{record.code}_copy{number if number > 1 else ''}" for number in count(1))
            vals["code"] = next(name for name in names if name not in taken)
            taken.add(vals["code"])
        return copies
