import re

from odoo import api, models

#: Stands for a comma that belongs to a name: stock splits names at commas.
COMMA_OF_NAME = "\x1f"


class IrFieldsConverter(models.AbstractModel):
    _inherit = "ir.fields.converter"

    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        """Look a list value up by name within the kind of its field only.

        Two lists may share a name ("Other"): without the kind an import would take
        whichever comes first.
        """
        if kind := getattr(field, "sheet_kind", None):
            self = self.with_context(sheet_option_kind=kind)  # noqa: PLW0642
            if subfield is None:
                value = value.replace(COMMA_OF_NAME, ",").strip()
        return super().db_id_for(model, field, subfield, value, savepoint)

    @api.model
    def _str_to_many2many(self, model, field, value, savepoint):
        """Take "Food, drinks" for one list value where the list has it."""
        kind = getattr(field, "sheet_kind", None)
        [record] = value
        if kind and "," in record.get(None, ""):
            value = [{None: self._sheet_keep_commas(kind, record[None])}]
        return super()._str_to_many2many(model, field, value, savepoint)

    @api.model
    def _sheet_keep_commas(self, kind, names):
        options = self.env["customer.sheet.option"].search(
            [("kind", "=", kind), ("name", "like", ",")]
        )
        if not options:
            return names
        known = "|".join(map(re.escape, sorted(options.mapped("name"), key=len, reverse=True)))
        whole = re.compile(rf"(?<![^,])\s*(?:{known})\s*(?![^,])")
        return whole.sub(lambda match: match[0].replace(",", COMMA_OF_NAME), names)
