from odoo import api, models
from odoo.tools import SQL

from ...tools.person_name import split_name


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
            self._sheet_fill_names(where)
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
    def _sheet_fill_names(self, where):
        """Split the names of the people who have neither first nor last name yet."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id, %s FROM %s WHERE %s AND %s AND sheet_first_name IS NULL"
                " AND sheet_last_name IS NULL",
                name := SQL.identifier(self._sheet_name_field()),
                SQL.identifier(self._table),
                where,
                SQL("%s <> '' AND %s", name, self._sheet_is_person_sql()),
            )
        )
        parts = [split_name(row[1]) for row in rows]
        self._sheet_update_from(
            {
                "id": [row[0] for row in rows],
                "sheet_first_name": [first or None for first, _last in parts],
                "sheet_last_name": [last or None for _first, last in parts],
            }
        )

    @api.model
    def _sheet_is_person_sql(self):
        return SQL("TRUE")

    @api.model
    def _sheet_update_from(self, columns):
        """Write ``{column: values}`` in one statement; the column ``id`` says where."""
        names = [name for name in columns if name != "id"]
        if columns["id"]:
            self.env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(sets)s FROM unnest(%(ids)s, %(values)s)"
                    " AS n(id, %(names)s) WHERE %(table)s.id = n.id",
                    table=SQL.identifier(self._table),
                    sets=SQL(", ").join(
                        SQL("%s = n.%s", SQL.identifier(name), SQL.identifier(name))
                        for name in names
                    ),
                    ids=columns["id"],
                    values=SQL(", ").join(SQL("%s::text[]", columns[name]) for name in names),
                    names=SQL(", ").join(SQL.identifier(name) for name in names),
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
            self._sheet_update_from({"id": record_ids, "sheet_reference": references})

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
