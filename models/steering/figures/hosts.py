from odoo import api, models
from odoo.tools import SQL


class CustomerSheetMixin(models.AbstractModel):
    """What figures count of a sheet beyond its columns."""

    _inherit = "customer.sheet.mixin"

    @api.model
    def _sheet_kpi_answers_sql(self, alias):
        """Return ``(answers given, answers asked for now)`` of a sheet that has been scored."""
        counts = [question.sql_counts(self, alias) for question in self._sheet_plan().counting]
        asked = SQL(" + ").join([SQL("0"), *(SQL("(%s)::int", each) for each in counts)])
        missing = SQL("COALESCE(jsonb_array_length(%s), 0)", SQL.identifier(alias, "sheet_missing"))
        return SQL("%s - %s", asked, missing), asked
