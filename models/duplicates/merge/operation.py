"""Moves everything that points at merged records, in sets, and notes it in the journal.

Works on many merges at once: one statement per column, whatever their number.
"""

from collections import defaultdict

from odoo.tools import SQL

from ...sheet.references import FOREIGN, NUMBER, TEXT, points_at

#: A collision may carry others with it: so many levels down are looked at.
DEPTH = 2


class Move:
    """One column: what is moved there, what stays because the survivor already has it."""

    def __init__(self, operation, pointer, mapping, host):
        self.operation = operation
        self.env = operation.env
        self.pointer = pointer
        self.mapping = mapping
        self.host = host
        self.stay = []

    def run(self, depth):
        """Move; return ``{merge: [keys of moved rows]}``."""
        pointer = self.pointer
        if pointer.kind == TEXT:
            return self._texts()
        if pointer.uniques:
            self._settle_collisions(depth)
        return self._journal_moves()

    def _mapping_sql(self):
        return SQL(
            "unnest(%s::int[], %s::int[], %s::int[]) AS m(tail, survivor, merge)",
            *map(list, zip(*self.mapping, strict=True)),
        )

    def _of_host(self, alias):
        """Return the SQL condition of belonging to the model that is merged."""
        if self.pointer.kind != NUMBER:
            return SQL("TRUE")
        return SQL("%s = %s", SQL.identifier(alias, self.pointer.model_column), self.host)

    # -- moving ------------------------------------------------------------

    def _journal_moves(self):
        pointer = self.pointer
        column = SQL.identifier("t", pointer.column)
        key = SQL.identifier("t", pointer.key)
        rows = self.env.execute_query(
            SQL(
                """
                WITH moved AS (
                    UPDATE %(table)s t
                       SET %(name)s = m.survivor
                      FROM %(mapping)s
                     WHERE %(column)s = m.tail
                       AND %(of_host)s
                       AND %(free)s
                    RETURNING %(key)s AS key, m.merge, m.tail, m.survivor)
                INSERT INTO customer_sheet_merge_line
                            (merge_id, kind, table_name, column_name, key_name,
                             tail_id, survivor_id, row_ids, row_count)
                SELECT merge, 'move', %(table_name)s, %(column_name)s, %(key_name)s, tail,
                       survivor, jsonb_agg(key ORDER BY key), count(*)
                  FROM moved
                 GROUP BY merge, tail, survivor
                RETURNING merge_id, row_ids
                """,
                table=SQL.identifier(pointer.table),
                name=SQL.identifier(pointer.column),
                mapping=self._mapping_sql(),
                column=column,
                of_host=self._of_host("t"),
                free=self._free(column, key),
                key=key,
                table_name=pointer.table,
                column_name=pointer.column,
                key_name=pointer.key,
            )
        )
        moved = defaultdict(list)
        for merge, keys in rows:
            moved[merge] += keys
        return moved

    def _free(self, column, key):
        """Return the SQL condition of being free to move."""
        conditions = [SQL("TRUE")]
        if self.stay:
            tails, keys = map(list, zip(*self.stay, strict=True))
            conditions.append(
                SQL(
                    "NOT EXISTS (SELECT FROM unnest(%s::int[], %s::int[]) s(tail, key)"
                    " WHERE s.tail = %s AND s.key = %s)",
                    tails,
                    keys,
                    column,
                    key,
                )
            )
        if self.pointer.kind == FOREIGN and self.pointer.table == self.operation.table:
            # a merged record does not become its own parent
            conditions.append(SQL("%s <> ALL(%s)", key, self.operation.member_ids))
        return SQL(" AND ").join(conditions)

    # -- collisions --------------------------------------------------------

    def _settle_collisions(self, depth):
        """Find the rows that cannot move: they stay where they are, what hangs on them goes.

        The tail is kept, so that its rows may stay on it: nothing is deleted.
        """
        winners = {}
        for unique in self.pointer.uniques:
            for tail, key, winner, merge in self.env.execute_query(self._collisions_sql(unique)):
                winners.setdefault((tail, key), (winner, merge))
        self.stay = list(winners)
        if winners and self.pointer.key == "id" and self.pointer.model and depth:
            mapping = [
                (key, winner, merge)
                for (_tail, key), (winner, merge) in winners.items()
                if key != winner
            ]
            self.operation.move(self.pointer.model, mapping, depth - 1)

    def _collisions_sql(self, unique):
        """Return a SELECT of the rows that would break ``unique`` once moved.

        The key is computed on the rows as they would be, so that expressions and predicates
        of indexes hold.  The survivor's own row wins, then the oldest.
        """
        pointer = self.pointer
        others = [name for name in pointer.columns if name != pointer.column]
        column = SQL.identifier("t", pointer.column)
        keys = [_expression(text) for text in unique.expressions]
        known = [SQL("TRUE")]
        if not unique.nulls_are_equal:
            known = [SQL("(%s) IS NOT NULL", key) for key in keys]
        return SQL(
            """
            WITH rows_ AS (
                SELECT %(others)s, COALESCE(m.survivor, %(column)s) AS %(name)s,
                       m.tail AS tail_, m.merge AS merge_, %(key)s AS key_
                  FROM %(table)s t
                  LEFT JOIN %(mapping)s ON m.tail = %(column)s
                 WHERE %(column)s = ANY(%(all)s)
                   AND %(of_host)s),
            ranked_ AS (
                SELECT tail_, key_, merge_, first_value(key_) OVER w AS winner_,
                       row_number() OVER w AS rank_
                  FROM rows_
                 WHERE %(predicate)s
                   AND %(known)s
                WINDOW w AS (PARTITION BY %(keys)s ORDER BY tail_ IS NOT NULL, key_))
            SELECT tail_, key_, winner_, merge_
              FROM ranked_
             WHERE rank_ > 1
               AND tail_ IS NOT NULL
            """,
            others=SQL(", ").join(SQL.identifier("t", name) for name in others),
            column=column,
            name=SQL.identifier(pointer.column),
            key=SQL.identifier("t", pointer.key),
            table=SQL.identifier(pointer.table),
            mapping=self._mapping_sql(),
            all=[each for tail, survivor, _merge in self.mapping for each in (tail, survivor)],
            of_host=self._of_host("t"),
            predicate=_expression(unique.predicate or "TRUE"),
            known=SQL(" AND ").join(known),
            keys=SQL(", ").join(SQL("(%s)", key) for key in keys),
        )

    # -- references as text --------------------------------------------------

    def _texts(self):
        pointer = self.pointer
        column = SQL.identifier("t", pointer.column)
        rows = self.env.execute_query(
            SQL(
                "SELECT t.id, m.merge FROM %s t JOIN %s ON %s = %s || m.tail",
                SQL.identifier(pointer.table),
                self._mapping_sql(),
                column,
                f"{self.host},",
            )
        )
        self.operation.images.take(pointer.table, rows)
        if rows:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s t SET %s = %s || m.survivor FROM %s WHERE %s = %s || m.tail",
                    SQL.identifier(pointer.table),
                    SQL.identifier(pointer.column),
                    f"{self.host},",
                    self._mapping_sql(),
                    column,
                    f"{self.host},",
                )
            )
        moved = defaultdict(list)
        for row_id, merge in rows:
            moved[merge].append(row_id)
        return moved


class Operation:
    """The merges done together: ``mapping`` is a list of ``(tail, survivor, merge)`` ids.

    **What.** Everything that points at a merged record, of whatever app, points at its survivor
    afterwards, and the journal says row by row what was moved.  Nothing is deleted.

    **How to use.** ``Operation(env, model, mapping, images).run()``, inside the transaction of
    the merge, once the members are locked.  Afterwards :attr:`moved` and :attr:`tables` tell what
    has moved: whoever keeps figures of those rows counts them again.

    **How it works.** What points at a model is read from PostgreSQL and from Odoo; one statement
    asks which of it is in use, then one per column moves and journals, whatever the number of
    merges.  Where a unique key would break, the survivor's row wins and the tail keeps its own;
    what hangs on that row then moves to the winner, :data:`DEPTH` levels down.
    """

    def __init__(self, env, model, mapping, images):
        self.env = env
        self.model = model
        self.table = env[model]._table
        self.mapping = mapping
        self.images = images
        self.merge_of = {each: row[2] for row in mapping for each in row[:2]}
        self.member_ids = list(self.merge_of)
        #: ``{(model, field): {row id: merge}}`` of what has moved
        self.moved = defaultdict(dict)
        self.tables = set()

    def run(self):
        """Move everything that points at the tails to their survivors."""
        self.move(self.model, self.mapping, DEPTH)

    def move(self, model, mapping, depth):
        """Move what points at records of ``model``; where it cannot, what hangs on that."""
        for pointer in self._in_use(model, [tail for tail, _survivor, _merge in mapping]):
            moved = Move(self, pointer, mapping, model).run(depth)
            if moved:
                self.tables.add(pointer.table)
            for merge, keys in moved.items() if pointer.field else ():
                rows = self.moved[pointer.model, pointer.field]
                rows.update(dict.fromkeys(keys, merge))

    def _in_use(self, model, ids):
        """Return the pointers with any row at these ids: one statement for all of them."""
        pointers = self.env["customer.sheet.merge"]._pointers(model)
        rows = (
            self.env.execute_query(
                SQL(" UNION ALL ").join(
                    SQL(
                        "SELECT %s WHERE EXISTS (SELECT FROM %s t WHERE %s)",
                        number,
                        SQL.identifier(pointer.table),
                        points_at(pointer, model, ids),
                    )
                    for number, pointer in enumerate(pointers)
                )
            )
            if pointers and ids
            else []
        )
        return [pointers[number] for (number,) in rows]


def _expression(text):
    """Return what PostgreSQL's catalogue says as SQL: nothing of it comes from a user."""
    escaped = text.replace("%", "%%")
    return SQL(escaped)  # pylint: disable=sql-injection
