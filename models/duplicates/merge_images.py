"""Images of rows before and after a change: what the journal needs to put them back."""

from collections import defaultdict

from odoo.tools import SQL

#: Among the columns taken of a row: all of them.
ALL = "*"


class Images:
    """Takes images of rows, each column once; at the end keeps what has changed."""

    def __init__(self, env):
        self.env = env
        self.taken = defaultdict(lambda: defaultdict(set))
        #: ``(table, image as SQL, merges)`` of what was taken together
        self.sets = []

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
            self._insert(table, new, _image_of(sorted(more)))

    def _insert(self, table, new, image):
        if not new:
            return
        self.env.cr.execute(
            SQL(
                "INSERT INTO customer_sheet_merge_line"
                " (merge_id, kind, table_name, column_name, key_name, row_ids, row_count, before)"
                " SELECT n.merge, 'change', %s, %s, 'id', jsonb_build_array(t.id), 1, %s"
                " FROM unnest(%s::int[], %s::int[]) AS n(id, merge) JOIN %s t ON t.id = n.id",
                table,
                str(len(self.sets)),
                image,
                list(new),
                list(new.values()),
                SQL.identifier(table),
            )
        )
        self.sets.append((table, image, sorted(set(new.values()))))

    def compare(self):
        """Reduce each image to what has changed since, with what it has become."""
        for number, (table, image, merges) in enumerate(self.sets):
            self._compare(str(number), table, image, merges)
        self.sets = []

    def _compare(self, number, table, image, merges):
        # until they are compared, lines carry the number of their set as a column
        lines = SQL(
            "l.merge_id = ANY(%s) AND l.kind = 'change' AND l.table_name = %s"
            " AND l.column_name = %s",
            merges,
            table,
            number,
        )
        self.env.cr.execute(
            SQL(
                "UPDATE customer_sheet_merge_line l"
                " SET before = d.before, after = d.after, column_name = NULL"
                " FROM (SELECT l.id, c.before, c.after FROM customer_sheet_merge_line l"
                "  JOIN %s t ON t.id = (l.row_ids->>0)::int"
                "  CROSS JOIN LATERAL (SELECT %s AS row OFFSET 0) now"
                "  CROSS JOIN LATERAL (SELECT jsonb_object_agg(b.key, b.value) AS before,"
                "    jsonb_object_agg(b.key, now.row->b.key) AS after"
                "   FROM jsonb_each(l.before) b"
                "   WHERE now.row->b.key IS DISTINCT FROM b.value) c"
                "  WHERE %s AND now.row <> l.before) d WHERE l.id = d.id",
                SQL.identifier(table),
                image,
                lines,
            )
        )
        self.env.cr.execute(SQL("DELETE FROM customer_sheet_merge_line l WHERE %s", lines))


def _image_of(names):
    """Return an SQL object of these columns; a call of a function takes a hundred arguments."""
    parts = [names[start : start + 45] for start in range(0, len(names), 45)]
    return SQL(" || ").join(
        SQL(
            "jsonb_build_object(%s)",
            SQL(", ").join(SQL("%s, %s", name, SQL.identifier("t", name)) for name in part),
        )
        for part in parts
    )
