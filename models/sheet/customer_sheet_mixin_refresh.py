from odoo import api, models
from odoo.tools import SQL


class CustomerSheetMixin(models.AbstractModel):
    """Sheets recomputed in sets, inside PostgreSQL, without touching ``write_date``."""

    _inherit = "customer.sheet.mixin"

    @api.model
    def _sheet_refresh(self, after_id, limit):
        """Complete and score the next ``limit`` records after ``after_id``.

        :return: ``(last id of the batch, number of records)``
        """
        self.env.flush_all()
        [(last_id, count)] = self.env.execute_query(
            SQL(
                "SELECT max(id), count(*) FROM"
                " (SELECT id FROM %s WHERE id > %s ORDER BY id LIMIT %s) batch",
                SQL.identifier(self._table),
                after_id,
                limit,
            )
        )
        if count:
            table = SQL.identifier(self._table)
            where = SQL("%(t)s.id > %(low)s AND %(t)s.id <= %(high)s", t=table, low=after_id, high=last_id)
            self._sheet_fill_defaults(where)
            self._sheet_number(where)
            self._sheet_rescore(where)
            self.env.invalidate_all(flush=False)
        return last_id, count

    @api.model
    def _sheet_fill_defaults(self, where):
        """Set typology and sector where they are still empty, as their computes would."""
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s SET sheet_typology = d.typology, sheet_sector = d.sector"
                " FROM (%(defaults)s) d WHERE d.id = %(table)s.id AND %(where)s"
                " AND (%(table)s.sheet_typology, %(table)s.sheet_sector)"
                " IS DISTINCT FROM (d.typology, d.sector)",
                table=SQL.identifier(self._table),
                defaults=self._sheet_defaults_sql(),
                where=where,
            )
        )

    @api.model
    def _sheet_defaults_sql(self):
        """Return a SELECT of ``id, typology, sector`` as they should be, kept where set."""
        raise NotImplementedError

    @api.model
    def _sheet_number(self, where):
        """Give a reference to the sheets that have none."""
        table = SQL.identifier(self._table)
        rows = self.env.execute_query(
            SQL(
                "SELECT id, company_id FROM %s WHERE sheet_reference IS NULL AND %s AND %s ORDER BY id",
                table,
                where,
                self._sheet_carries_sql(),
            )
        )
        ids_by_company = {}
        for record_id, company_id in rows:
            ids_by_company.setdefault(company_id, []).append(record_id)
        for company_id, record_ids in ids_by_company.items():
            company = self.env["res.company"].browse(company_id) if company_id else self.env.company
            references = self._sheet_draw_references(company, len(record_ids))
            self.env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET sheet_reference = n.reference"
                    " FROM unnest(%(ids)s, %(references)s) AS n(id, reference)"
                    " WHERE %(table)s.id = n.id",
                    table=table,
                    ids=record_ids,
                    references=references,
                )
            )

    @api.model
    def _sheet_rescore(self, where):
        """Set score and missing answers from the plan in force, where they differ."""
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s SET sheet_completeness = n.score, sheet_missing = n.missing"
                " FROM (%(scores)s) n WHERE n.id = %(table)s.id"
                " AND (%(table)s.sheet_completeness, %(table)s.sheet_missing)"
                " IS DISTINCT FROM (n.score, n.missing)",
                table=SQL.identifier(self._table),
                scores=self._sheet_plan().sql_scores(self, where),
            )
        )

    @api.model
    def _sheet_carries_sql(self):
        """Return the SQL condition, over the model's table, of carrying a sheet."""
        domain = self._sheet_domain().optimize_full(self.sudo())
        if domain.is_true():
            return SQL("TRUE")
        query = self.sudo()._as_query(ordered=False)
        condition = domain._to_sql(self.sudo(), self._table, query)
        return SQL("COALESCE(%s, FALSE)", condition)
