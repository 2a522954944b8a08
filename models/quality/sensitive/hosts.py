from odoo import api, models

from ...sheet.life import NEW
from .finding import Text


class CustomerSheetMixin(models.AbstractModel):
    """Texts that people type on a sheet are looked through when they are saved (D9).

    What comes in by itself (mail gateway, website) is not: nobody could be told.
    """

    _inherit = "customer.sheet.mixin"

    @api.model
    def _sheet_free_texts(self):
        """Return the names of the fields in which people write freely."""
        return [
            name
            for name, field in self._fields.items()
            if field.store
            and (field.type in ("text", "html") or name in self._sheet_free_lines())
            and not (field.compute and field.readonly)
        ]

    @api.model
    def _sheet_free_lines(self):
        """Return the one-line fields among :meth:`_sheet_free_texts`."""
        return set()

    @api.model
    def _sheet_watches(self):
        return {**super()._sheet_watches(), "sensitive": {NEW, *self._sheet_free_texts()}}

    def _sheet_saved_sensitive(self, change):
        if self.env.su:
            return
        names = set(self._sheet_free_texts())
        every = change.vals_list if change.is_new else change.vals_list * len(self)
        texts = [
            text
            for record, vals in zip(self, every, strict=True)
            for text in record._sheet_texts(names.intersection(vals))
            if text.value or not change.is_new
        ]
        self.env["customer.sheet.sensitive.finding"]._review(texts, change.is_new)

    def _sheet_texts(self, names):
        message = self.env["mail.message"]
        return [
            Text(self, name, self.sudo()[name], self._fields[name].type == "html", message)
            for name in names
        ]
