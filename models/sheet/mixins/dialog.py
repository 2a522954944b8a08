import base64

from odoo import api, models
from odoo.exceptions import UserError
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
        dialogs._check_files(self._fields)
        return dialogs

    def write(self, vals):
        result = super().write(vals)
        self._check_may_read(vals)
        self._check_files(vals)
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

    def _check_files(self, names):
        """Refuse what cannot be read as a file.

        :raise UserError: with the name of its field
        """
        for name in names:
            field = self._fields.get(name)
            if field and field.type == "binary" and not field.compute:
                try:
                    for dialog in self.with_context(bin_size=False):
                        base64.b64decode(dialog[name] or b"")
                except ValueError:
                    raise UserError(
                        self.env._(
                            "“%(field)s” cannot be read as a file. Choose it again.",
                            field=field._description_string(self.env),
                        )
                    ) from None
