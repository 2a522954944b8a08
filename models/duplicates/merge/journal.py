"""What a merge's journal says about the rows it touched, and what has become of them since."""

from odoo.tools import SQL

from ...sheet.references import columns

#: Change whenever a row is touched: they follow, and never are a conflict.
STAMPS = {"write_uid", "write_date"}


class Journal:
    """The lines of one merge, compared with the rows as they are now."""

    def __init__(self, merge):
        self.merge = merge
        self.env = merge.env
        self.models = {
            self.env[name]._table: name
            for name in self.env.registry
            if self.env[name]._auto and not self.env[name]._abstract
        }

    # -- lines -------------------------------------------------------------

    def _lines(self, kind):
        """Return the journal's lines of one kind, the last first, of tables that still exist."""
        return self.env.execute_query_dict(
            SQL(
                "SELECT * FROM customer_sheet_merge_line WHERE merge_id = %s AND kind = %s"
                " AND to_regclass(quote_ident(table_name)) IS NOT NULL ORDER BY id DESC",
                self.merge.id,
                kind,
            )
        )

    def _ranks(self):
        """Return ``(table, rank)``: a row that was changed twice is put back twice."""
        return self.env.execute_query(
            SQL(
                "SELECT table_name, rank FROM (%s) l GROUP BY 1, 2 ORDER BY 2, 1",
                self._ranked_sql(),
            )
        )

    def _ranked_sql(self):
        return SQL(
            """
            SELECT *, (row_ids->>0)::int AS row_id,
                   row_number() OVER (
                       PARTITION BY table_name, row_ids->>0 ORDER BY id DESC) AS rank
              FROM customer_sheet_merge_line
             WHERE merge_id = %s
               AND kind = 'change'
               AND to_regclass(quote_ident(table_name)) IS NOT NULL
            """,
            self.merge.id,
        )

    # -- conflicts -----------------------------------------------------------

    def conflicts(self):
        """Return what has changed since the merge and would be left alone.

        :return: ``[{"key", "table", "row_id", "column", "before", "now"}]``; what Odoo
            computes is left out, it is computed again
        """
        found = []
        for table in sorted({table for table, _rank in self._ranks()}):
            found += self._changed_since(table)
        for line in self._lines("move"):
            found += self._moved_since(line)
        return found

    def _stale_ids(self, table):
        """Return the rows of which anything differs from what the merge left."""
        return {row_id for row_id, name, _b, _n in self._differences(table) if name not in STAMPS}

    def _changed_since(self, table):
        return [
            _conflict(table, row_id, name, before, now)
            for row_id, name, before, now in self._differences(table)
            if name not in STAMPS and self._is_typed(table, name) and before != now
        ]

    def _differences(self, table):
        """Return ``(row, column, before, now)`` of what differs from what the merge left last."""
        return self.env.execute_query(
            SQL(
                """
                WITH lines AS (%s),
                written AS (
                    SELECT DISTINCT ON (l.row_id, a.key)
                           l.row_id, a.key AS name, l.before->a.key AS before, a.value AS left_as
                      FROM lines l, jsonb_each(l.after) a
                     WHERE l.table_name = %s
                     ORDER BY l.row_id, a.key, l.rank)
                SELECT d.row_id, d.name, d.before, to_jsonb(t)->d.name
                  FROM written d
                  JOIN %s t ON t.id = d.row_id
                 WHERE to_jsonb(t) ? d.name
                   AND to_jsonb(t)->d.name <> d.left_as
                 ORDER BY 1, 2
                """,
                self._ranked_sql(),
                table,
                SQL.identifier(table),
            )
        )

    def _is_typed(self, table, name):
        """Tell whether a column holds what people typed, not what Odoo computes."""
        model = self.models.get(table)
        field = self.env[model]._fields.get(name) if model else None
        return not (field is not None and field.compute and field.store and field.readonly)

    def _moved_since(self, line):
        table, column = line["table_name"], line["column_name"]
        if {column, line["key_name"]} - set(columns(self.env, table)) or line["key_name"] != "id":
            return []
        rows = self.env.execute_query(
            SQL(
                "SELECT t.id, to_jsonb(t.%s) FROM %s t WHERE t.id = ANY(%s)"
                " AND t.%s IS DISTINCT FROM %s AND t.%s IS DISTINCT FROM %s ORDER BY 1",
                SQL.identifier(column),
                SQL.identifier(table),
                line["row_ids"],
                SQL.identifier(column),
                line["survivor_id"],
                SQL.identifier(column),
                line["tail_id"],
            )
        )
        return [_conflict(table, row_id, column, line["tail_id"], now) for row_id, now in rows]


def _conflict(table, row_id, column, before, now):
    return {
        "key": f"{table},{row_id},{column}",
        "table": table,
        "row_id": row_id,
        "column": column,
        "before": before,
        "now": now,
    }
