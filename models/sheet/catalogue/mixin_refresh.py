from odoo import api, models
from odoo.tools import SQL

from ....tools.names.person_name import parse_name
from ..statistics import refresh_statistics

#: What an existing record lacks, in the order of the rows of ``_sheet_incomplete``.
DEFAULTS = (
    "sheet_typology",
    "sheet_sector",
    "sheet_first_name",
    "sheet_last_name",
    "sheet_civility_id",
    "sheet_reference",
)


class CustomerSheetMixin(models.AbstractModel):
    """Sheets recomputed in sets, inside PostgreSQL, without touching ``write_date``."""

    _inherit = "customer.sheet.mixin"

    @api.model
    def _sheet_refresh(self, after_id, limit):
        """Complete and score the next ``limit`` records after ``after_id``.

        :return: ``(last id of the batch, number of records)``
        """
        self.env.flush_all()
        refresh_statistics(self.env, count=limit)
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
            batch = SQL("BETWEEN %s AND %s", after_id + 1, last_id)
            self._sheet_fill_defaults(batch)
            self._sheet_rescore(batch)
            self.env.invalidate_all(flush=False)
        return last_id, count

    @api.model
    def _sheet_fill_defaults(self, batch):
        """Give the records of ``batch`` what the computes would have given to new ones."""
        rows = self._sheet_incomplete(batch)
        columns = {"id": [row["id"] for row in rows]} | {name: [] for name in DEFAULTS}
        references = self._sheet_references_of(rows)
        civilities = self.env["customer.sheet.option"]._ids_by_code("civility")
        for row in rows:
            if row["person"] and not (row["sheet_first_name"] or row["sheet_last_name"]):
                parsed = parse_name(row["name"])
                row["sheet_first_name"] = parsed.first or None
                row["sheet_last_name"] = parsed.last or None
                row["sheet_civility_id"] = row["sheet_civility_id"] or civilities.get(parsed.title)
            row["sheet_reference"] = row["sheet_reference"] or references.get(row["id"])
            for name in DEFAULTS:
                columns[name].append(row[name] and str(row[name]))
        self._sheet_update_from(columns)

    @api.model
    def _sheet_incomplete(self, batch):
        """Return the rows of ``batch`` that lack a default, with what is known of them."""
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT *
                  FROM (%(defaults)s) d
                 WHERE former_typology IS NULL
                    OR former_sector IS DISTINCT FROM sheet_sector
                    OR (carries AND sheet_reference IS NULL)
                    OR (person AND name <> ''
                        AND sheet_first_name IS NULL AND sheet_last_name IS NULL)
                 ORDER BY id
                """,
                defaults=self._sheet_defaults_sql(batch, self._sheet_carries_sql()),
            )
        )

    @api.model
    def _sheet_references_of(self, rows):
        """Return ``{id: new reference}`` for the rows that need one."""
        ids_by_company = {}
        for row in rows:
            if row["carries"] and not row["sheet_reference"]:
                ids_by_company.setdefault(row["company_id"], []).append(row["id"])
        references = {}
        for company_id, ids in ids_by_company.items():
            company = self.env["res.company"].browse(company_id) if company_id else self.env.company
            references.update(zip(ids, self._sheet_draw_references(company, len(ids)), strict=True))
        return references

    @api.model
    def _sheet_update_from(self, columns):
        """Write ``{column: texts}`` in one statement; the column ``id`` says where."""
        names = [name for name in columns if name != "id"]
        if columns["id"]:
            self.env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(sets)s FROM unnest(%(ids)s, %(values)s)"
                    " AS n(id, %(names)s) WHERE %(table)s.id = n.id",
                    table=SQL.identifier(self._table),
                    sets=SQL(", ").join(
                        SQL(
                            "%s = %s::%s",
                            SQL.identifier(name),
                            SQL.identifier("n", name),
                            SQL.identifier(self._fields[name].column_type[0]),
                        )
                        for name in names
                    ),
                    ids=columns["id"],
                    values=SQL(", ").join(SQL("%s::text[]", columns[name]) for name in names),
                    names=SQL(", ").join(map(SQL.identifier, names)),
                )
            )

    @api.model
    def _sheet_defaults_sql(self, batch, carries):
        """Return a SELECT of what :meth:`_sheet_incomplete` needs, one row for each record.

        :param batch: SQL condition on an id
        :param carries: SQL condition, over the model's table, of carrying a sheet
        """
        raise NotImplementedError

    @api.model
    def _sheet_rescore(self, batch):
        """Set score and missing answers from the plan in force, where they differ."""
        where = SQL("%s %s", SQL.identifier(self._table, "id"), batch)
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(table)s
                   SET sheet_completeness = n.score, sheet_missing = n.missing
                  FROM (%(scores)s) n
                 WHERE n.id = %(table)s.id
                   AND (%(table)s.sheet_completeness, %(table)s.sheet_missing)
                       IS DISTINCT FROM (n.score, n.missing)
                """,
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
