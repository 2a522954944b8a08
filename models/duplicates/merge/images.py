"""Images of rows before and after a change: what the journal needs to put them back."""

import itertools
from collections import defaultdict

from odoo.tools import SQL

_numbers = itertools.count()
#: Among the columns taken of a row: all of them.
ALL = "*"


class Images:
    """Takes images of rows, each column once; at the end keeps what has changed."""

    def __init__(self, env):
        self.env = env
        self.taken = defaultdict(lambda: defaultdict(set))
        #: ``(number, table, image as SQL)`` of what was taken together
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
        """Keep images aside: most are of rows that do not change in the end."""
        if not new:
            return
        self.env.cr.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS sheet_merge_image"
            " (number int, merge int, id int, before jsonb) ON COMMIT DROP"
        )
        number = next(_numbers)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO sheet_merge_image (number, merge, id, before)
                SELECT %s, n.merge, t.id, %s
                  FROM unnest(%s::int[], %s::int[]) AS n(id, merge)
                  JOIN %s t ON t.id = n.id
                """,
                number,
                image,
                list(new),
                list(new.values()),
                SQL.identifier(table),
            )
        )
        self.sets.append((number, table, image))

    def compare(self):
        """Keep of each image what has changed since, with what it has become."""
        for number, table, image in self.sets:
            self._compare(number, table, image)
        self.sets = []

    def _compare(self, number, table, image):
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO customer_sheet_merge_line
                            (merge_id, kind, table_name, key_name,
                             row_ids, row_count, before, after)
                SELECT i.merge, 'change', %s, 'id', jsonb_build_array(i.id), 1, c.before, c.after
                  FROM sheet_merge_image i
                  JOIN %s t ON t.id = i.id
                  CROSS JOIN LATERAL (SELECT %s AS row OFFSET 0) now
                  CROSS JOIN LATERAL (SELECT jsonb_object_agg(b.key, b.value) AS before,
                                             jsonb_object_agg(b.key, now.row->b.key) AS after
                                        FROM jsonb_each(i.before) b
                                       WHERE now.row->b.key IS DISTINCT FROM b.value) c
                 WHERE i.number = %s
                   AND now.row <> i.before
                """,
                table,
                SQL.identifier(table),
                image,
                number,
            )
        )
        self.env.cr.execute(SQL("DELETE FROM sheet_merge_image WHERE number = %s", number))


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
