"""What points at the records of a table, and which unique keys stand in the way of a move.

Read from PostgreSQL's own catalogue and from Odoo's registry, so that every installed app
counts, also one that nobody thought of here.
"""

import re
from dataclasses import dataclass

from odoo.tools import SQL

#: Tables whose references follow rules of their own when records are merged.
SKIPPED = re.compile(r"^(customer_sheet_(merge|match_|duplicate|purchase)|base_partner_merge_)")
#: Where a record went stays true when the other record goes on.
SKIPPED_COLUMNS = frozenset({"sheet_merged_into_id"})
#: Who wrote a row owns it there, and nothing else says whose it is.
OWNED = frozenset({("auth_passkey_key", "create_uid")})
#: How models without a declared reference name the model that a number belongs to.
MODEL_COLUMNS = ("res_model", "model", "model_name")

FOREIGN, NUMBER, TEXT = "foreign", "number", "text"


@dataclass(frozen=True)
class UniqueKey:
    """A unique constraint or index: its expressions, over the columns of its table."""

    expressions: tuple
    predicate: str
    nulls_are_equal: bool

    def mentions(self, column):
        """Tell whether a change of ``column`` can break this key."""
        word = re.compile(rf'(?<![\w"])"?{re.escape(column)}"?(?!\w)')
        return any(word.search(text) for text in (*self.expressions, self.predicate))


@dataclass(frozen=True)
class Pointer:
    """A column whose values are ids of merged records.

    ``key`` identifies a row of its table: ``id``, or in a relation table the other column.
    A ``number`` is an id of the model named in ``model_column``; a ``text`` is "model,id".
    """

    table: str
    column: str
    kind: str = FOREIGN
    key: str = "id"
    model_column: str = ""
    model: str = ""
    uniques: tuple = ()
    columns: tuple = ()

    @property
    def field(self):
        """The name of the field of :attr:`model` that a moved row has changed, if any."""
        return self.column if self.model and self.key == "id" else ""


def pointers(env, model, skipped=SKIPPED, skipped_columns=SKIPPED_COLUMNS, *, short_lived=False):
    """Return every :class:`Pointer` at the records of ``model``.

    :param skipped: regular expression of the tables that are left out, None for all tables.  A
        merge leaves out its own journal; whoever looks for a person must not.
    :param skipped_columns: names of columns that are left out
    :param short_lived: look at the tables of dialogs, too
    """
    models = by_table(env)
    left_out = set() if short_lived else _short_lived_tables(env)
    uniques = _unique_keys(env)
    found = [
        *_foreign(env, env[model]._table, models),
        *_numbers(env),
        *_texts(env),
    ]
    return tuple(
        Pointer(
            **pointer,
            columns=tuple(columns(env, pointer["table"])),
            uniques=tuple(
                key for key in uniques.get(pointer["table"], ()) if key.mentions(pointer["column"])
            ),
        )
        for pointer in found
        if not (skipped and skipped.match(pointer["table"]))
        and pointer["table"] not in left_out
        and (
            pointer["column"] not in skipped_columns
            or (pointer["table"], pointer["column"]) in OWNED
        )
    )


def stored_models(env):
    """Return the names of the models that have a table, also of those that make it themselves:
    those that hold a secret do."""
    names = [name for name in env.registry if not env[name]._abstract]
    mine = {env[name]._table for name in names if not env[name]._auto}
    there = env.execute_query(
        SQL(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relname = ANY(%s)"
            " AND relnamespace = current_schema::regnamespace",
            sorted(mine),
        )
    )
    gone = mine - {table for (table,) in there}
    return [name for name in names if env[name]._auto or env[name]._table not in gone]


def by_table(env):
    """Return ``{table: name of its model}``."""
    return {env[name]._table: name for name in stored_models(env)}


def _short_lived_tables(env):
    """Return the tables of wizards, and those of their lists of values."""
    tables = set()
    for name in env.registry:
        record = env[name]
        if record._transient:
            tables.add(record._table)
            tables |= {f.relation for f in record._fields.values() if f.type == "many2many"}
    tables.discard(None)
    return tables


def _foreign(env, table, models):
    """Yield the foreign keys at ``table``; those of relation tables know their other column."""
    rows = env.execute_query(
        SQL(
            """
            SELECT c.conrelid::regclass::text, a.attname, EXISTS (
                       SELECT FROM pg_attribute i
                        WHERE i.attrelid = c.conrelid AND i.attname = 'id' AND i.attnum > 0),
                   (SELECT array_agg(o.attname::text) FROM pg_attribute o
                     WHERE o.attrelid = c.conrelid AND o.attnum > 0 AND NOT o.attisdropped
                       AND o.attname <> a.attname)
              FROM pg_constraint c
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
              JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = c.confkey[1]
             WHERE c.contype = 'f' AND c.confrelid = %s::regclass AND f.attname = 'id'
               AND cardinality(c.conkey) = 1
             ORDER BY 1, 2
            """,
            table,
        )
    )
    for name, column, has_id, others in rows:
        name = name.strip('"')
        if has_id:
            yield {"table": name, "column": column, "model": models.get(name, "")}
        elif others and len(others) == 1:
            yield {"table": name, "column": column, "key": others[0]}


def _numbers(env):
    """Yield the columns that hold an id of the model named in another column."""
    for model, field in _stored_fields(env):
        model_column = ""
        if field.type == "many2one_reference":
            model_column = field.model_field
        elif field.type == "integer" and field.name == "res_id":
            model_column = next((n for n in MODEL_COLUMNS if n in model._fields), "")
        named = model._fields.get(model_column)
        if named is not None and named.store and named.column_type:
            yield {
                "table": model._table,
                "column": field.name,
                "kind": NUMBER,
                "model_column": model_column,
                "model": model._name,
            }


def _texts(env):
    """Yield the columns that hold "model,id"."""
    for model, field in _stored_fields(env):
        if field.type == "reference":
            yield {
                "table": model._table,
                "column": field.name,
                "kind": TEXT,
                "model": model._name,
            }


def _stored_fields(env):
    """Yield ``(model, field)`` of all columns that Odoo made, but of what goes by itself."""
    for model in map(env.__getitem__, stored_models(env)):
        if not model._transient:
            for field in model._fields.values():
                if field.store and field.column_type:
                    yield model, field


def _unique_keys(env):
    """Return ``{table: [UniqueKey]}`` of all unique constraints and indexes but those on id."""
    # a picture of a record is one attachment for each field, though no index says so
    pictures = UniqueKey(("res_model", "res_field", "res_id"), "res_field IS NOT NULL", False)
    keys = {"ir_attachment": [pictures]}
    rows = env.execute_query(
        SQL(
            """
            SELECT i.indrelid::regclass::text,
                   ARRAY(SELECT pg_get_indexdef(i.indexrelid, k, true)
                           FROM generate_series(1, i.indnkeyatts) k),
                   COALESCE(pg_get_expr(i.indpred, i.indrelid, true), ''),
                   COALESCE((to_jsonb(i) ->> 'indnullsnotdistinct')::bool, FALSE)
              FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
             WHERE i.indisunique AND i.indislive
               AND c.relnamespace = current_schema::regnamespace
            """
        )
    )
    for table, expressions, predicate, nulls_are_equal in rows:
        if expressions != ["id"]:
            key = UniqueKey(tuple(expressions), predicate, nulls_are_equal)
            keys.setdefault(table.strip('"'), []).append(key)
    return keys


def columns(env, table):
    """Return the names of the columns of ``table``, in their order."""
    rows = env.execute_query(
        SQL(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped ORDER BY attnum",
            table,
        )
    )
    return [name for (name,) in rows]


def points_at(pointer, host, ids):
    """Return the SQL condition, over ``t``, of pointing at one of these records."""
    column = SQL.identifier("t", pointer.column)
    if pointer.kind == TEXT:
        return SQL("%s = ANY(%s)", column, [f"{host},{each}" for each in ids])
    here = SQL("%s = ANY(%s)", column, list(ids))
    if pointer.kind == NUMBER:
        return SQL("%s AND %s = %s", here, SQL.identifier("t", pointer.model_column), host)
    return here
