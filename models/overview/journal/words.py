"""Finding a text in what people wrote."""

from html import escape

from odoo.fields import Domain
from odoo.tools import SQL, escape_psql


def says(model, name, text):
    """Return the domain of records whose field holds the text: in HTML, not in its tags."""
    if model._fields[name].type != "html":
        return Domain(name, "ilike", text)
    text = escape(text, quote=False)

    def to_sql(model, alias, query):
        column = model._field_to_sql(alias, name, query)
        return holds(model.env, SQL("regexp_replace(%s, '<[^>]*>', ' ', 'g')", column), text)

    return Domain(name, "ilike", text) & Domain.custom(to_sql=to_sql)


def holds(env, column, text):
    """Return the SQL condition that a text holds another, whatever its case and accents."""
    plain = env.registry.unaccent
    return SQL("%s ILIKE %s", plain(column), plain(SQL("%s", f"%{escape_psql(text)}%")))
