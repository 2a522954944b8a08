"""What is really stored, read from PostgreSQL's own catalogue and the file store.

Nothing here knows the data map or Odoo's registry: what they forget must be found all the same.
"""

import os
from typing import NamedTuple

from odoo.tools import SQL, split_every

#: Kinds of types whose values hold no words: arrays of numbers are not worth telling apart.
_WORDLESS = ("N", "B", "D", "T", "G", "R")
#: What Odoo makes of its code for browsers, as it looks for it itself (web/controllers/binary.py):
#: it names the authors of libraries, and nobody whom the database knows.
_BUNDLE = SQL(
    "(a.url LIKE '/web/assets/%%' AND a.public AND a.create_uid = 1"
    " AND a.res_model = 'ir.ui.view' AND a.res_id = 0) IS TRUE"
)
#: Rows of a table that are listed at most, and bytes of a value that are looked through.
MOST_ROWS, LARGEST = 5000, 64 * 1024 * 1024


class Table(NamedTuple):
    """A table, with the columns that can hold words and those that hold bytes."""

    schema: str
    name: str
    has_id: bool
    words: tuple
    bytes: tuple
    size: int

    @property
    def label(self):
        return f"{self.schema}.{self.name}"

    @property
    def called(self):
        """Return the name that people read; Odoo's tables are in one schema."""
        return self.name if self.schema == "public" else self.label

    @property
    def sql(self):
        return SQL.identifier(self.schema, self.name)


class Folder(NamedTuple):
    """A folder of the file store."""

    name: str
    size: int

    @property
    def label(self):
        return self.name


def tables(cr):
    """Return every :class:`Table` of the database, the small ones first."""
    cr.execute(
        """
        SELECT n.nspname, c.relname,
               bool_or(a.attname = 'id' AND t.typcategory = 'N'),
               array_remove(array_agg(CASE WHEN t.typname <> 'bytea' AND NOT t.typcategory::text
                   = ANY(%s) THEN a.attname::text END ORDER BY a.attnum), NULL),
               array_remove(array_agg(CASE WHEN t.typname = 'bytea'
                   THEN a.attname::text END ORDER BY a.attnum), NULL),
               pg_table_size(c.oid)
          FROM pg_class c
          JOIN pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
          JOIN pg_type t ON t.oid = a.atttypid
         WHERE c.relkind IN ('r', 'm')
           AND n.nspname NOT LIKE 'pg\\_%%'
           AND n.nspname <> 'information_schema'
         GROUP BY 1, 2, c.oid
        """,
        [list(_WORDLESS)],
    )
    found = [Table(s, n, i, tuple(w), tuple(b), size) for s, n, i, w, b, size in cr.fetchall()]
    found = [table for table in found if table.words or table.bytes]
    return sorted(found, key=lambda table: (table.size, table.schema, table.name))


def rows_with(cr, table, pattern):
    """Return ``[(id, {column: text})]`` of the rows whose words match, in one statement.

    Rows of a table without ids have 0.
    """
    if not table.words:
        return []
    row_id = SQL.identifier("id") if table.has_id else SQL("0")
    values = [SQL("%s::text", SQL.identifier(column)) for column in table.words]
    cr.execute(
        SQL(
            "SELECT %s, %s FROM %s WHERE concat_ws(chr(1), %s) ~* %s LIMIT %s",
            row_id,
            SQL(", ").join(values),
            table.sql,
            SQL(", ").join(values),
            pattern,
            MOST_ROWS,
        )
    )
    return [
        (row[0], {n: v for n, v in zip(table.words, row[1:], strict=True) if v})
        for row in cr.fetchall()
    ]


def texts_of(cr, table, column, rows):
    """Return ``{id: text}`` of one column of some rows."""
    name, where = SQL.identifier(column), SQL.identifier(table)
    cr.execute(SQL("SELECT id, %s::text FROM %s WHERE id = ANY(%s)", name, where, list(rows)))
    return dict(cr.fetchall())


def bytes_of(cr, table):
    """Yield ``(id, column, bytes)`` of every value of bytes, a hundred at a time."""
    row_id = SQL.identifier("id") if table.has_id else SQL("0")
    for column in table.bytes:
        name = SQL.identifier(column)
        fits = SQL("%s IS NOT NULL AND octet_length(%s) <= %s", name, name, LARGEST)
        if table.called == "ir_attachment":
            fits = SQL("%s AND NOT %s", fits, _BUNDLE)
        cr.execute(SQL("SELECT %s, ctid::text FROM %s a WHERE %s", row_id, table.sql, fits))
        for chunk in split_every(100, cr.fetchall(), list):
            where = [ctid for _id, ctid in chunk]
            cr.execute(
                SQL(
                    "SELECT %s, %s FROM %s WHERE ctid = ANY(%s::tid[])",
                    row_id,
                    name,
                    table.sql,
                    where,
                )
            )
            for number, value in cr.fetchall():
                yield number, column, bytes(value)


def folders(store):
    """Return every :class:`Folder` of a file store, in their order."""
    if not os.path.isdir(store):
        return []
    names = sorted(entry.name for entry in os.scandir(store) if entry.is_dir())
    return [Folder(name, sum(e.stat().st_size for e in _files(store, name))) for name in names]


def bundles(cr):
    """Return the names in the file store of what Odoo has made of its code and nobody else has."""
    cr.execute(
        SQL(
            """
            SELECT a.store_fname FROM ir_attachment a
             WHERE a.store_fname IN (SELECT a.store_fname FROM ir_attachment a WHERE %s)
             GROUP BY a.store_fname HAVING bool_and(%s)
            """,
            _BUNDLE,
            _BUNDLE,
        )
    )
    return {name for (name,) in cr.fetchall()}


def files_of(store, folder, skipped=()):
    """Yield ``(name in the store, bytes)`` of the files of a folder, no bytes of a large one."""
    for entry in _files(store, folder.name):
        if f"{folder.name}/{entry.name}" in skipped:
            continue
        data = None
        if entry.stat().st_size <= LARGEST:
            with open(entry.path, "rb") as file:
                data = file.read()
        yield f"{folder.name}/{entry.name}", data


def _files(store, name):
    return [entry for entry in os.scandir(os.path.join(store, name)) if entry.is_file()]
