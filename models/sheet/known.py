"""What a glance has read of one record beside its row: in one statement, for all rooms."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cached_property, lru_cache

from odoo.tools import SQL

#: What the glance in progress has read.
_KNOWN = ContextVar("crm_customer_sheet_known", default=None)

_PARSE = {"date": date.fromisoformat, "datetime": datetime.fromisoformat}


def known_of(records):
    """Return the :class:`Known` of the glance in progress if it is about these, else ``None``."""
    known = _KNOWN.get()
    return known if known is not None and known.is_of(records) else None


def fact(kind, key, value, rest):
    """Return a SELECT of facts: what :meth:`Known.told` returns under ``kind``, by ``key``.

    :param rest: FROM, WHERE and so on
    """
    return SQL("SELECT %s::text, (%s)::text, to_jsonb(%s) %s", kind, key, value, rest)


def rows(model, names, where):
    """Return a SELECT of rows of ``model`` under ``where`` (SQL), which reading then finds loaded.

    :param names: fields with a column
    """
    select = SQL("%s WHERE %s", _select(model, ("id", *names)), where)
    return SQL("SELECT %s::text, r.id::text, to_jsonb(r) FROM (%s) r", model._name, select)


def load_row(record, names):
    """Load the row of a record, if it still exists: whoever may read it is asked afterwards.

    :param names: a tuple of fields with a column
    """
    select = SQL("%s WHERE id = %s", _select(record, names), record.id)
    for row in record.env.execute_query(select):
        for name, value in zip(names, row, strict=True):
            record._fields[name]._insert_cache(record, [value])


def _select(model, names):
    translated = tuple(name for name in names if model._fields[name].translate)
    some = translated and model._fields[translated[0]]
    langs = some.get_translation_fallback_langs(model.env) if some else ()
    return _select_sql(model._table, names, translated, langs)


@lru_cache(maxsize=256)
def _select_sql(table, names, translated, langs):
    columns = (
        SQL("COALESCE(%s) AS %s", _in(name, langs), SQL.identifier(name))
        if name in translated
        else SQL.identifier(name)
        for name in names
    )
    return SQL("SELECT %s FROM %s", SQL(", ").join(columns), SQL.identifier(table))


def _in(name, langs):
    return SQL(", ").join(SQL("%s->>%s", SQL.identifier(name), lang) for lang in langs)


def people_sql(env, users):
    """Return the SELECTs that load the names of users, given as SQL."""
    wanted = SQL("id IN (%s)", users)
    cards = SQL("id IN (SELECT partner_id FROM res_users WHERE %s)", wanted)
    return [
        rows(env["res.users"], ("partner_id",), wanted),
        rows(env["res.partner"], ("name",), cards),
    ]


class Known:
    """What one glance knows of one record.

    **What.** A glance asks many things of one record that else are a query each: what is planned,
    what was confirmed, what its person said.  Each room adds a SELECT; all are one statement.

    **How to use.** A room adds :func:`fact` and :func:`rows` in ``_sheet_glance_sql``.  Whoever
    would query looks first: ``if known := known_of(self)``, then ``known.told(kind)`` or
    ``known.records(model)``.  Outside of a glance there is nothing, and the query is made.

    **How it works.** Rows go into Odoo's own cache, so that reading their fields asks nothing.
    The states of the catalogue's questions are judged once.

    :param record: the record as it is being edited
    :param selects: what to read, as :func:`fact` and :func:`rows` make it
    """

    def __init__(self, record, selects=()):
        self.record = record
        self._env = record.sudo().env
        self._found = {}
        statement = SQL(" UNION ALL ").join(selects)
        for kind, key, value in record.env.execute_query(statement) if selects else ():
            self._found.setdefault(kind, {}).setdefault(key, []).append(value)
        for kind in self._found.keys() & record.env.registry.models.keys():
            self._load(kind)
        for name, [ids] in self._found.get("lists", {}).items():
            record._fields[name]._insert_cache(record._origin, [tuple(ids or ())])

    def is_of(self, records):
        """Tell whether these are the record that is looked at, edited or as it is saved."""
        mine, theirs = self.record, records
        return mine._name == theirs._name and (
            mine._ids == theirs._ids or mine._origin._ids == theirs._ids != ()
        )

    @contextmanager
    def at_hand(self):
        """Let :func:`known_of` find it inside."""
        token = _KNOWN.set(self)
        try:
            yield self
        finally:
            _KNOWN.reset(token)

    def told(self, kind):
        """Return ``{key: value}`` of the facts of a kind."""
        return {key: values[0] for key, values in self._found.get(kind, {}).items()}

    def records(self, name):
        """Return the rows of a model that were read, as superuser."""
        return self._env[name].browse(map(int, self._found.get(name, ())))

    @cached_property
    def states(self):
        """``{code: state}`` of all questions that concern the record."""
        record = self.record.sudo().with_context(active_test=False, lang=None)
        return record._sheet_plan().states(record, optional=True)[record.id]

    def _load(self, name):
        model = self._env[name]
        for id_, values in self._found[name].items():
            record = model.browse(int(id_))
            for column, value in ((c, v) for each in values for c, v in each.items() if c != "id"):
                field = model._fields[column]
                known = value and _PARSE[field.type](value) if field.type in _PARSE else value
                field._insert_cache(record, [known])
