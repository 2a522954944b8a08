"""Images of rows before and after a change: what the journal needs to put them back."""

from collections import defaultdict

from odoo.tools import SQL

#: Among the columns taken of a row: all of them.
ALL = "*"


class Images:
    """Takes images of rows, each column once; at the end keeps the columns that have changed."""

    def __init__(self, env):
        self.env = env
        self.taken = defaultdict(lambda: defaultdict(set))
        self.merges = defaultdict(set)

    def take(self, table, rows):
        """Note these rows as they are: ``rows`` is a list of ``(id, merge)``."""
        new = {row_id: merge for row_id, merge in rows if ALL not in self.taken[table][row_id]}
        for row_id in new:
            self.taken[table][row_id].add(ALL)
        self._insert(table, new, SQL("to_jsonb(t)"))

    def take_narrow(self, table, rows, names):
        """Note these columns of rows of which nothing else changes."""
        names, taken = set(names), self.taken[table]
        lacking = defaultdict(dict)
        for row_id, merge in rows:
            if ALL not in taken[row_id] and (more := frozenset(names - taken[row_id])):
                lacking[more][row_id] = merge
                taken[row_id] |= more
        for more, new in lacking.items():
            pairs = SQL(", ").join(
                SQL("%s, %s", name, SQL.identifier("t", name)) for name in sorted(more)
            )
            self._insert(table, new, SQL("jsonb_build_object(%s)", pairs))

    def _insert(self, table, new, image):
        if not new:
            return
        self.merges[table].update(new.values())
        self.env.cr.execute(
            SQL(
                "INSERT INTO customer_sheet_merge_line"
                " (merge_id, kind, table_name, key_name, row_ids, row_count, before)"
                " SELECT n.merge, 'change', %s, 'id', jsonb_build_array(t.id), 1, %s"
                " FROM unnest(%s::int[], %s::int[]) AS n(id, merge) JOIN %s t ON t.id = n.id",
                table,
                image,
                list(new),
                list(new.values()),
                SQL.identifier(table),
            )
        )

    def compare(self):
        """Reduce each image to what has changed since, with what it has become."""
        for table, merges in self.merges.items():
            self._compare(table, sorted(merges))

    def _compare(self, table, merges):
        lines = SQL(
            "l.merge_id = ANY(%s) AND l.kind = 'change' AND l.table_name = %s AND l.after IS NULL",
            merges,
            table,
        )
        self.env.cr.execute(
            SQL(
                "UPDATE customer_sheet_merge_line l SET before = d.before, after = d.after"
                " FROM (SELECT l.id, c.before, c.after FROM customer_sheet_merge_line l"
                "  JOIN %s t ON t.id = (l.row_ids->>0)::int"
                "  CROSS JOIN LATERAL (SELECT to_jsonb(t) AS row OFFSET 0) now"
                "  CROSS JOIN LATERAL (SELECT jsonb_object_agg(b.key, b.value) AS before,"
                "    jsonb_object_agg(b.key, now.row->b.key) AS after"
                "   FROM jsonb_each(l.before) b"
                "   WHERE now.row->b.key IS DISTINCT FROM b.value) c"
                "  WHERE %s AND c.before IS NOT NULL) d WHERE l.id = d.id",
                SQL.identifier(table),
                lines,
            )
        )
        self.env.cr.execute(SQL("DELETE FROM customer_sheet_merge_line l WHERE %s", lines))
