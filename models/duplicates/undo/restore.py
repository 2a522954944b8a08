"""Puts back what a merge has changed, in sets, where nobody has changed it since."""

from collections import defaultdict

import psycopg2

from odoo.tools import SQL, mute_logger

from ...sheet.references import columns
from ..merge.journal import Journal


class Restore(Journal):
    """The undo of one merge; ``overwrite`` names conflicts to put back all the same.

    **What.** Rows get back what the merge changed of them, moved rows go back where they were,
    what the merge added goes away.  What somebody has changed since stays as they left it.

    **How to use.** ``Restore(merge).run()`` as superuser, after the rights of the person have
    been checked; :meth:`Journal.conflicts` before tells what would stay, to be shown and chosen
    from.  Afterwards :attr:`moved` and :attr:`restored` tell what has to be counted again.

    **How it works.** The journal holds each changed row before and after.  A column is put back
    only where it still holds what the merge left, the last change first; one statement does a
    table.  Where one row cannot go back (a constraint), all others of the statement do.
    """

    def __init__(self, merge, overwrite=()):
        super().__init__(merge)
        self.overwrite = set(overwrite)
        self.tables = set()
        #: ``{(model, field): ids}`` of what has moved back
        self.moved = defaultdict(list)
        #: ``{table: ids}`` of the rows that are as they were
        self.restored = defaultdict(set)

    def run(self):
        """Put everything back, the last change first."""
        stale = {table: self._stale_ids(table) for table, _rank in self._ranks()}
        for table, rank in self._ranks():
            self._restore_changes(table, rank)
        for table, ids in stale.items():
            self.restored[table] -= ids
        self._remove_added()
        for line in self._lines("move"):
            self._move_back(line)

    # -- changed rows --------------------------------------------------------

    def _restore_changes(self, table, rank):
        """Put back the columns that still are as the merge left them."""
        names = self._changed_columns(table, rank)
        if not names:
            return
        forced = self._forced(table)
        for key in forced if table in self.models else ():
            row_id, name = key.split(",")
            self.moved[self.models[table], name].append(int(row_id))
        self._guarded(
            table,
            lambda only: self._restore_sql(table, rank, names, forced, only),
            [row_id for (row_id,) in self.env.execute_query(self._row_ids_sql(table, rank))],
            note=True,
        )

    def _restore_sql(self, table, rank, names, forced, only):
        sets = SQL(", ").join(
            SQL(
                """
                %(name)s = CASE
                    WHEN l.after ? %(text)s
                         AND (t.%(name)s IS NOT DISTINCT FROM a.%(name)s
                              OR t.id::text || ',' || %(text)s = ANY(%(forced)s))
                    THEN b.%(name)s
                    ELSE t.%(name)s END
                """,
                name=SQL.identifier(name),
                text=name,
                forced=forced,
            )
            for name in names
        )
        return SQL(
            """
            UPDATE %(table)s t
               SET %(sets)s
              FROM (%(lines)s) l, jsonb_populate_record(NULL::%(table)s, l.before) b,
                   jsonb_populate_record(NULL::%(table)s, l.after) a
             WHERE l.table_name = %(name)s
               AND l.rank = %(rank)s
               AND t.id = l.row_id
               AND t.id = ANY(%(only)s)
            RETURNING t.id
            """,
            table=SQL.identifier(table),
            sets=sets,
            lines=self._ranked_sql(),
            name=table,
            rank=rank,
            only=only,
        )

    def _row_ids_sql(self, table, rank):
        return SQL(
            "SELECT row_id FROM (%s) l WHERE table_name = %s AND rank = %s",
            self._ranked_sql(),
            table,
            rank,
        )

    def _changed_columns(self, table, rank):
        """Return the changed columns that the table still has (the module may be newer)."""
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT jsonb_object_keys(after) FROM (%s) l"
                " WHERE table_name = %s AND rank = %s",
                self._ranked_sql(),
                table,
                rank,
            )
        )
        changed = {name for (name,) in rows}
        return [name for name in columns(self.env, table) if name in changed]

    def _forced(self, table):
        """Return ``id,column`` of the conflicts in this table to overwrite."""
        parts = (key.split(",", 1) for key in self.overwrite)
        return [rest for name, rest in parts if name == table]

    def _guarded(self, table, statement, ids, note=False):
        """Run a statement on all rows, or where one fails on each of the others alone."""
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                done = self.env.execute_query(statement(ids))
        except psycopg2.IntegrityError:
            if len(ids) == 1:
                return  # what it pointed at is gone: it stays as it is
            for row_id in ids:
                self._guarded(table, statement, [row_id], note)
            return
        self.tables.add(table)
        if note:
            self.restored[table].update(row_id for (row_id,) in done)

    # -- added rows ----------------------------------------------------------

    def _remove_added(self):
        for line in self._lines("insert"):
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE id = ANY(%s)",
                    SQL.identifier(line["table_name"]),
                    line["row_ids"],
                )
            )

    # -- moved references ----------------------------------------------------

    def _move_back(self, line):
        """Point the moved rows at the tail again, those that still point at the survivor."""
        table, column = line["table_name"], line["column_name"]
        if {column, line["key_name"]} - set(columns(self.env, table)):
            return
        forced = {
            int(rest.split(",")[0]) for rest in self._forced(table) if rest.endswith(f",{column}")
        }
        self._guarded(
            table,
            lambda ids: SQL(
                """
                UPDATE %(table)s t
                   SET %(column)s = %(tail)s
                 WHERE t.%(key)s = ANY(%(ids)s)
                   AND (t.%(column)s = %(survivor)s OR t.%(key)s = ANY(%(forced)s))
                RETURNING t.%(key)s
                """,
                table=SQL.identifier(table),
                column=SQL.identifier(column),
                key=SQL.identifier(line["key_name"]),
                tail=line["tail_id"],
                survivor=line["survivor_id"],
                ids=ids,
                forced=[each for each in forced if each in ids],
            ),
            line["row_ids"],
        )
        if line["key_name"] == "id" and table in self.models:
            self.moved[self.models[table], column] += line["row_ids"]
