import re

from odoo import api, models

from ....tools.names.country_name import country_code

#: Stands for a comma that belongs to a name: stock splits names at commas.
COMMA_OF_NAME = "\x1f"
#: So many values are named where one is not found.
MOST_CHOICES = 30


class IrFieldsConverter(models.AbstractModel):
    _inherit = "ir.fields.converter"

    @api.model
    def for_model(self, model, fromtype=str, *, savepoint):
        """Let the country of a row say which of several list values is meant ("SARL")."""
        if not any(getattr(field, "sheet_kind", None) for field in model._fields.values()):
            return super().for_model(model, fromtype, savepoint=savepoint)
        row = {}
        converter = self.with_context(sheet_import_row=row)
        convert = super(IrFieldsConverter, converter).for_model(
            model, fromtype, savepoint=savepoint
        )

        def convert_row(record, log):
            row["country"] = record.get("country_id")
            return convert(record, log)

        return convert_row

    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        """Look a list value up within the kind of its field, however it is written.

        Two lists may share a name ("Other"): without the kind an import would take
        whichever comes first.
        """
        kind = getattr(field, "sheet_kind", None)
        if not kind:
            return super().db_id_for(model, field, subfield, value, savepoint)
        found = []
        if subfield is None:
            value = value.replace(COMMA_OF_NAME, ",").strip()
            found = self.env["customer.sheet.option"]._named(kind, value, self._sheet_row_country())
            if len(found) == 1:
                return found[0], []
        converter = self.with_context(sheet_option_kind=kind)
        try:
            return super(IrFieldsConverter, converter).db_id_for(
                model, field, subfield, value, savepoint
            )
        except ValueError as error:
            message = f"{error.args[0]}. {self._sheet_choices(kind, found)}"
            raise type(error)(message, *error.args[1:]) from error

    @api.model
    def _sheet_row_country(self):
        """Return the country code of the row being imported, ``None`` if it has no country."""
        row = self.env.context.get("sheet_import_row") or {}
        if not row.get("country"):
            return None
        [(subfield, text)] = list(row["country"][0].items())[:1]
        if subfield is None:
            return country_code(text)
        if subfield == ".id":
            id_ = int(text) if str(text).isdigit() else 0
            return self.env["res.country"].browse(id_).exists().code or ""
        country = self.env.ref(text, raise_if_not_found=False) if "." in text else None
        return country.code if country and country._name == "res.country" else ""

    @api.model
    def _sheet_choices(self, kind, ids):
        """Return a sentence that names the values of a list, or those of it that may be meant."""
        options = self.env["customer.sheet.option"].sudo()
        options = options.browse(ids) or options.search([("kind", "=", kind)])
        names = ", ".join(options[:MOST_CHOICES].mapped("name"))
        if len(options) > MOST_CHOICES:
            names = f"{names}…"
        return self.env._("Write one of these: %(names)s", names=names).replace("%", "%%")

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
        rows = self.env["customer.sheet.option"]._written(kind)
        known = {text for row in rows for text in (*row[3], *row[4]) if "," in text}
        if not known:
            return names
        known = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
        whole = re.compile(rf"(?<![^,])\s*(?:{known})\s*(?![^,])", re.IGNORECASE)
        return whole.sub(lambda match: match[0].replace(",", COMMA_OF_NAME), names)
