from odoo import api, models
from odoo.tools import SQL

from ...sheet.called import called


class CustomerSheetMixin(models.AbstractModel):
    """Checks of a selection, and how many records are in which state."""

    _inherit = "customer.sheet.mixin"

    @called()
    def action_sheet_check(self):
        """Check this selection and open the results."""
        self.check_access("read")
        run = self.env["customer.sheet.quality.run"]._start(self._name, "selection", self.ids)
        return run._action_open()

    @api.model
    def _sheet_quality_figures(self, where):
        """Count the records under ``where`` (SQL), by company, kind, status and reason.

        :return: list of values of ``customer.sheet.quality.figure``
        """
        self.env.flush_all()
        selects = [self._sheet_figures_sql(kind, where) for kind in self._sheet_checked_fields()]
        return self.env.execute_query_dict(SQL(" UNION ALL ").join(selects))

    @api.model
    def _sheet_figures_sql(self, kind, where):
        return SQL(
            """
            SELECT %(kind)s AS kind, %(status)s AS status, %(reason)s AS reason,
                   %(company)s AS company_id, count(*)
              FROM %(table)s
             WHERE %(where)s
               AND %(status)s IS NOT NULL
             GROUP BY 2, 3, 4
            """,
            kind=kind,
            status=SQL.identifier(f"sheet_{kind}_status"),
            reason=SQL.identifier(f"sheet_{kind}_reason"),
            company=self._sheet_figures_company_sql(),
            table=SQL.identifier(self._table),
            where=where,
        )

    @api.model
    def _sheet_stale_figures(self, where):
        """Count the records under ``where`` (SQL) with answers to ask again, by company."""
        return self.env.execute_query_dict(
            SQL(
                "SELECT 'age' AS kind, %s AS company_id, count(*) FROM %s"
                " WHERE %s AND sheet_stale IS NOT NULL GROUP BY 2",
                self._sheet_figures_company_sql(),
                SQL.identifier(self._table),
                where,
            )
        )

    @api.model
    def _sheet_figures_company_sql(self):
        """Tell companies apart only where there are several."""
        companies = self.env["customer.sheet.quality.figure"]._companies()
        return SQL("company_id") if companies > 1 else SQL("NULL::integer")
