from odoo import api, models
from odoo.models import LOG_ACCESS_COLUMNS


class CustomerSheetDialogMixin(models.AbstractModel):
    """A dialog: only whoever opened it sees it, and it is about records that they may read.

    Without the second, whatever a dialog works out as superuser would tell of any record.
    """

    _name = "customer.sheet.dialog.mixin"
    _description = "Dialog"

    @api.model_create_multi
    def create(self, vals_list):
        dialogs = super().create(vals_list)
        dialogs._check_may_read(self._fields)
        return dialogs

    def write(self, vals):
        result = super().write(vals)
        self._check_may_read(vals)
        return result

    def copy_data(self, default=None):
        self.check_access("read")  # Odoo looks at the fields only, and there may be none
        return super().copy_data(default)

    def _check_may_read(self, names):
        """Refuse records that the user may not read.

        :raise AccessError: where the user may not
        """
        if self.env.su:
            return
        for name in names:
            field = self._fields.get(name)
            if field and field.relational and not field.compute and name not in LOG_ACCESS_COLUMNS:
                if records := self.sudo()[name].sudo(False):  # of none, too, a model is refused
                    records.check_access("read")
