"""How many people and records a breach has touched, counted in sets."""

from odoo.tools import SQL

from ...sheet.fields import HOSTS
from ..map.recognisers import columns


def filled(env):
    """Return the tables with personal data in which there is anything, those of people first."""
    personal = {model for model, _field in env["customer.sheet.place"]._personal()}
    known = {model._name: model for model, _field in columns(env) if not model._transient}
    named = [model for name, model in known.items() if name in personal]
    if not named:
        return []
    found = env.execute_query(
        SQL(" UNION ALL ").join(
            SQL(
                "SELECT %s WHERE EXISTS (SELECT FROM %s)",
                model._name,
                SQL.identifier(model._table),
            )
            for model in named
        )
    )
    labels = {name: env["ir.model"].sudo()._get(name).name or name for (name,) in found}
    return sorted(labels, key=lambda name: (name not in HOSTS, labels[name].casefold()))


def rows(env, name, since, until, company):
    """Return how many rows of a table were there.

    :param since: only those that were noted or changed then or later; ``None`` for all
    :param until: only those that were noted then or earlier
    :param company: of the breach: rows of another company are not counted
    """
    model = env[name]
    env.flush_all()
    [(number,)] = env.execute_query(
        SQL(
            "SELECT count(*) FROM %s WHERE %s",
            SQL.identifier(model._table),
            _touched(model, since, until, company),
        )
    )
    return number


def people(env, names, since, until, company):
    """Return how many different people these rows are about.

    A lead counts as its contact, where it has one.  Rows that name a person only in their words
    count nobody.
    """
    env.flush_all()
    selects = [
        select
        for name in names
        for select in _nodes(env[name], _touched(env[name], since, until, company))
    ]
    if not selects:
        return 0
    [(number,)] = env.execute_query(
        SQL(
            """
            SELECT count(DISTINCT COALESCE('p' || COALESCE(n.partner_id, l.partner_id),
                                           'l' || n.lead_id))
              FROM (%s) n LEFT JOIN crm_lead l ON l.id = n.lead_id
            """,
            SQL(" UNION ALL ").join(selects),
        )
    )
    return number


def _touched(model, since, until, company):
    """Return the condition of the rows that count."""
    conditions = [SQL("TRUE")]
    created, changed = SQL.identifier("create_date"), SQL.identifier("write_date")
    if model._log_access:
        conditions.append(SQL("(%s IS NULL OR %s <= %s)", created, created, until))
        if since:
            conditions.append(SQL("(%s >= %s OR %s >= %s)", created, since, changed, since))
    field = model._fields.get("company_id")
    if field and field.store and field.column_type:
        own = SQL.identifier("company_id")
        conditions.append(SQL("(%s IS NULL OR %s = %s)", own, own, company.id))
    return SQL(" AND ").join(conditions)


def _nodes(model, condition):
    """Yield SELECTs of whom the rows of a table are about."""
    nobody, number = SQL("NULL::int"), SQL.identifier("id")

    def select(host, column, narrower):
        person = (column, nobody) if host == "res.partner" else (nobody, column)
        return SQL(
            "SELECT %s AS partner_id, %s AS lead_id FROM %s WHERE %s AND %s",
            *person,
            SQL.identifier(model._table),
            narrower,
            condition,
        )

    if model._name in HOSTS:
        yield select(model._name, number, SQL("TRUE"))
        return
    for name, field in model._fields.items():
        if field.type == "many2one" and field.store and field.comodel_name in HOSTS:
            column = SQL.identifier(name)
            yield select(field.comodel_name, column, SQL("%s IS NOT NULL", column))
    for kind in ("res_model", "model"):
        if _stored(model, kind) and _stored(model, "res_id"):
            for host in HOSTS:
                narrower = SQL("%s = %s", SQL.identifier(kind), host)
                yield select(host, SQL("%s::int", SQL.identifier("res_id")), narrower)


def _stored(model, name):
    field = model._fields.get(name)
    return field is not None and bool(field.store and field.column_type)
