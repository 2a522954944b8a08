from odoo import api, models


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
        return super().db_id_for(model, field, subfield, value, savepoint)
