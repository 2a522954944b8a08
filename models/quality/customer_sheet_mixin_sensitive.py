from odoo import api, models

from .customer_sheet_sensitive_finding import Text


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

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if not self.env.su:
            names = set(self._sheet_free_texts())
            pairs = zip(records, vals_list, strict=True)
            texts = [
                text
                for record, vals in pairs
                for text in record._sheet_texts(names.intersection(vals))
                if text.value
            ]
            self.env["customer.sheet.sensitive.finding"]._review(texts, is_new=True)
        return records

    def write(self, vals):
        result = super().write(vals)
        names = set(vals).intersection(self._sheet_free_texts()) if not self.env.su else ()
        if names:
            texts = [text for record in self for text in record._sheet_texts(names)]
            self.env["customer.sheet.sensitive.finding"]._review(texts)
        return result

    def _sheet_texts(self, names):
        message = self.env["mail.message"]
        return [
            Text(self, name, self.sudo()[name], self._fields[name].type == "html", message)
            for name in names
        ]
