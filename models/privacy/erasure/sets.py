"""Statements that take a person out of rows: each may be done again, and finds nothing then."""

import json
import re

import psycopg2

from odoo.tools import SQL, mute_logger

#: What stands where something was cut out, in every language.
MARK = "[…]"
_TAG_RE = re.compile(r"<[^<>]*>")
#: What an expression takes with it to see that a word begins: that stays.
_BEFORE_RE = re.compile(r"\\[nrtbf]|[%=][0-9a-f]{2}|(?!&#?\w+;)[^\w+<]|_", re.IGNORECASE)
TEXTS, JSON = ("text", "varchar", "bpchar", "name"), ("json", "jsonb")


def kinds(cr, table):
    """Return ``{column: (type, whether it may be empty)}`` of what one may write in a table.

    Nothing of a view, nor of a table of another schema; columns that PostgreSQL works out follow.
    """
    cr.execute(
        SQL(
            """
            SELECT a.attname, t.typname, NOT a.attnotnull
              FROM pg_attribute a
              JOIN pg_type t ON t.oid = a.atttypid
              JOIN pg_class c ON c.oid = a.attrelid
             WHERE a.attrelid = to_regclass(quote_ident(%s)) AND a.attnum > 0
               AND c.relkind IN ('r', 'p') AND NOT a.attisdropped AND a.attgenerated = ''
            """,
            table,
        )
    )
    return {name: (kind, may_be_empty) for name, kind, may_be_empty in cr.fetchall()}


def delete(cr, table, ids, key="id"):
    """Delete rows; those that something else holds are emptied of all words instead."""
    if not ids:
        return
    try:
        with cr.savepoint(flush=False), mute_logger("odoo.sql_db"):
            cr.execute(
                SQL(
                    "DELETE FROM %s WHERE %s = ANY(%s)",
                    SQL.identifier(table),
                    SQL.identifier(key),
                    list(ids),
                )
            )
    except psycopg2.IntegrityError:
        if key != "id":
            raise
        if len(ids) > 1:
            for one in ids:
                delete(cr, table, [one])
        else:
            words = {name for name, (kind, _n) in kinds(cr, table).items() if kind in TEXTS + JSON}
            empty(cr, table, ids, words)


def empty(cr, table, ids, columns):
    """Empty columns of rows: what may not be empty holds nothing that says anything."""
    known = kinds(cr, table)
    values = [
        SQL("%s = %s", SQL.identifier(name), _nothing(*known[name]))
        for name in sorted(columns)
        if name in known
    ]
    if values and ids:
        cr.execute(
            SQL(
                "UPDATE %s SET %s WHERE id = ANY(%s)",
                SQL.identifier(table),
                SQL(", ").join(values),
                list(ids),
            )
        )


def _nothing(kind, may_be_empty):
    if may_be_empty:
        return None
    return "{}" if kind in JSON else MARK


def cut(cr, table, row, column, finds):
    """Cut what an expression finds out of one value; return whether something was cut.

    :param finds: a compiled regular expression
    """
    kind, may_be_empty = kinds(cr, table).get(column, (None, None))
    name, where = SQL.identifier(column), SQL.identifier(table)
    if kind is None:
        return False
    cr.execute(SQL("SELECT %s::text FROM %s WHERE id = %s", name, where, row))
    [(text,)] = cr.fetchall() or [(None,)]
    if not text or not finds.search(text):
        return False
    if kind in JSON:
        value = _cut_json(text, finds)
    elif kind in TEXTS:
        value = without(text, finds)
    else:
        value = None
    if value is None and not may_be_empty:
        value = "{}" if kind in JSON else MARK
    _store(cr, where, name, row, value)
    return True


def _store(cr, where, name, row, value):
    """Store a value; one that must be unique, and is not any more, gets its number."""
    try:
        with cr.savepoint(flush=False), mute_logger("odoo.sql_db"):
            cr.execute(SQL("UPDATE %s SET %s = %s WHERE id = %s", where, name, value, row))
    except psycopg2.IntegrityError:
        numbered = value.replace(MARK, f"{MARK} {row}")
        cr.execute(SQL("UPDATE %s SET %s = %s WHERE id = %s", where, name, numbered, row))


def without(text, finds):
    """Return a text without what an expression finds; tags inside it stay.

    >>> without("<p>Ask Zyx<b>quill</b> today</p>", re.compile(" Zyx<b>quill"))
    '<p>Ask […]<b></b> today</p>'
    """

    def mark(found):
        before = _BEFORE_RE.match(found[0])
        return (before[0] if before else "") + MARK + "".join(_TAG_RE.findall(found[0]))

    return finds.sub(mark, text)


def _cut_json(text, finds):
    r"""Return JSON without what an expression finds, None where it is found across its parts.

    >>> _cut_json('{"zoe@x.fr": ["Mail Zo\\u00e9", 3]}', re.compile("zoe@x.fr|Zoé"))
    '{"[…]": ["Mail […]", 3]}'
    """
    value = json.dumps(_walked(json.loads(text), finds), ensure_ascii=False)
    return None if finds.search(value) else value


def _walked(value, finds):
    if isinstance(value, str):
        return without(value, finds)
    if isinstance(value, list):
        return [_walked(each, finds) for each in value]
    if isinstance(value, dict):
        return {without(name, finds): _walked(each, finds) for name, each in value.items()}
    return value
