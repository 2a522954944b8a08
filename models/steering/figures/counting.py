"""The SQL of a figure: one pass over its records, for a snapshot or for whoever looks."""

from odoo.fields import Domain
from odoo.tools import SQL

from .declared import COLUMN_NAMES, DIMENSIONS, LIVE_SEGMENT

#: Of fewer records nothing but the whole is kept: a cell would tell of single persons.
FEWEST = 5
ACTIVE = Domain("active", "=", True)


def condition(model, alias, query, domain):
    """Return a domain as SQL that is never NULL."""
    domain = domain.optimize_full(model)
    if domain.is_true() or domain.is_false():
        return SQL("TRUE" if domain.is_true() else "FALSE")
    return SQL("COALESCE(%s, FALSE)", domain._to_sql(model, alias, query))


def dimensions(model):
    """Return ``{column of a value: path from a record}`` of the dimensions that the model has."""
    return {
        column: path for column, field in DIMENSIONS.values() if (path := path_to(model, field))
    }


def path_to(model, name):
    """Return how a field is reached: on the records, or on their contact; ``None`` if not."""
    if name in model._fields:
        return name if model._fields[name].store else None
    contact = model._fields.get("partner_id")
    if contact and contact.store and name in model.env[contact.comodel_name]._fields:
        return f"partner_id.{name}"
    return None


def used_domain(model):
    """Return the domain of the records of a figure that may be used, or whose contact may."""
    if "sheet_reference" in model._fields:
        return model._sheet_used_domain()
    contact = model._fields.get("partner_id")
    if not contact or not contact.store:
        return Domain.TRUE
    used = model.env[contact.comodel_name]._sheet_used_domain()
    return used if used.is_true() else ~Domain("partner_id", "any!", ~used)


def rows_sql(kpi, model, among=Domain.TRUE, by=None):
    """Return a SELECT of the records of a figure, with the rights of the model's user.

    Its columns are ``id``, ``counts`` (whether the record is of the whole), the numbers ``part``
    and ``whole``, ``company_id``, and those of ``by``.

    :param among: only of these records
    :param by: as :func:`dimensions` returns
    """
    model = model.with_context(active_test=not kpi.archived)
    query = model._search((kpi.whole | kpi.missing) & among & used_domain(model))
    alias = query.table
    counts = condition(model, alias, query, kpi.whole)
    part, whole = _numbers(kpi, model, alias, query)
    paths = {"company_id": path_to(model, "company_id"), **(by or {})}
    columns = [
        SQL("%s AS %s", _column(model, alias, query, path), SQL.identifier(name))
        for name, path in paths.items()
    ]
    return query.select(
        SQL.identifier(alias, "id"),
        SQL("%s AS counts", counts),
        SQL("CASE WHEN %s THEN %s END AS part", counts, part),
        SQL("CASE WHEN %s THEN %s END AS whole", counts, whole),
        *columns,
    )


def _column(model, alias, query, path):
    if not path:
        return SQL("NULL::int")
    first, _dot, rest = path.partition(".")
    if rest:
        model, alias = model._fields[first].join(model, alias, query)
        return _column(model, alias, query, rest)
    return model._field_to_sql(alias, first, query)


def _numbers(kpi, model, alias, query):
    if kpi.measure:
        return getattr(model, f"_sheet_kpi_{kpi.measure}_sql")(alias)
    if kpi.sums:
        columns = [_column(model, alias, query, name) for name in kpi.sums]
        return columns[0], columns[1] if len(columns) > 1 else SQL("1")
    part = condition(model, alias, query, kpi.part)
    return SQL("CASE WHEN %s THEN 1 ELSE 0 END", part), SQL("1")


def _converted(number, model, alias, rates):
    if not rates or "company_id" not in model._fields:
        return number
    factors = [SQL("WHEN %s THEN %s", company, rate) for company, rate in rates.items()]
    company = SQL.identifier(alias, "company_id")
    return SQL("%s * CASE %s %s ELSE 1 END", number, company, SQL(" ").join(factors))


#: What is counted of a figure.
PAIR = ("part", "whole", "count", "missing", "spread")


def pairs_sql(kpis, model, among=Domain.TRUE, rates=None):
    """Return a SELECT of one row: the counts of figures of one model, in one pass.

    With the rights of the model's user.  Of each figure the columns of :data:`PAIR`, named by
    :func:`column_of`; ``spread`` is the list of the values of ``part``.

    :param kpis: ``{number: Kpi}``
    :param rates: ``{company id: rate}`` by which money of the company is multiplied
    """
    model = model.with_context(active_test=False)
    query = model._search(among & used_domain(model))
    columns = []
    for number, kpi in kpis.items():
        here = Domain.TRUE if kpi.archived or "active" not in model._fields else ACTIVE
        counts = condition(model, query.table, query, kpi.whole & here)
        missing = condition(model, query.table, query, kpi.missing & here & ~kpi.whole)
        part, whole = (
            _converted(number, model, query.table, rates if name in kpi.money else None)
            for name, number in zip(PAIR, _numbers(kpi, model, query.table, query), strict=False)
        )
        counted = {
            "part": SQL("COALESCE(sum(%s) FILTER (WHERE %s), 0)::float", part, counts),
            "whole": SQL("COALESCE(sum(%s) FILTER (WHERE %s), 0)::float", whole, counts),
            "count": SQL("count(*) FILTER (WHERE %s)", counts),
            "missing": SQL("count(*) FILTER (WHERE %s)", missing),
            "spread": SQL("array_agg(%s) FILTER (WHERE %s)", part, counts)
            if kpi.unit == "days"
            else SQL("NULL::int[]"),
        }
        columns += [
            SQL("%s AS %s", sql, SQL.identifier(column_of(number, name)))
            for name, sql in counted.items()
        ]
    return query.select(*columns)


def column_of(number, name):
    """Return the column in which :func:`pairs_sql` has a count of a figure."""
    return f"{name}_{number}"


def cells_sql(rows, columns, days):
    """Return a SELECT of the cells of a snapshot: all, and each value of each dimension.

    Its columns are ``company_id``, ``dimension``, ``key``, the given ones, and :data:`PAIR`.

    :param columns: of ``rows``, a dimension each
    """
    named = SQL("").join(SQL(", %s", SQL.identifier(column)) for column in columns)
    day = SQL(", part") if days else SQL("")
    return SQL(
        """
        SELECT company_id, %(dimension)s AS dimension, %(key)s AS key %(named)s,
               COALESCE(sum(part), 0)::float AS part, COALESCE(sum(whole), 0)::float AS whole,
               sum(count) AS count, sum(missing) AS missing, %(spread)s AS spread
          FROM (SELECT company_id %(named)s, %(value)s AS day, %(grouping)s AS grouped,
                       sum(part) AS part, sum(whole) AS whole,
                       count(*) FILTER (WHERE counts) AS count,
                       count(*) FILTER (WHERE NOT counts) AS missing
                  FROM (%(rows)s) r
                 GROUP BY company_id %(day)s, GROUPING SETS (%(sets)s)) c
         GROUP BY company_id, grouped %(named)s
        HAVING grouped = %(all)s OR sum(count) >= %(fewest)s
        """,
        **_dimension(columns),
        named=named,
        day=day,
        value=SQL("part" if days else "NULL::float"),
        spread=SQL("jsonb_object_agg(day, count) FILTER (WHERE day IS NOT NULL AND count > 0)")
        if days
        else SQL("NULL::jsonb"),
        rows=rows,
        fewest=FEWEST,
    )


def live_cells_sql(rows, members, days):
    """Return the cells of live segments.

    :param members: a SELECT of ``segment_id, record_id``
    """
    joined = SQL(
        "SELECT r.*, m.segment_id AS %s FROM (%s) r JOIN (%s) m ON m.record_id = r.id",
        SQL.identifier(LIVE_SEGMENT),
        rows,
        members,
    )
    cells = cells_sql(joined, [LIVE_SEGMENT], days)
    return SQL("SELECT * FROM (%s) live WHERE dimension <> 'all'", cells)


def _dimension(columns):
    """Return the SQL that says of which dimension a cell is, and of which value."""
    # GROUPING() has a bit for each column that is not grouped by, the first the highest
    every = 2 ** len(columns) - 1
    bits = {column: every - 2 ** (len(columns) - 1 - i) for i, column in enumerate(columns)}
    cells = [
        (SQL("grouped = %s", bit), COLUMN_NAMES[column], SQL.identifier(column))
        for column, bit in bits.items()
    ]
    sets = [SQL("()"), *(SQL("(%s)", SQL.identifier(column)) for column in columns)]
    dimension = [SQL("WHEN %s THEN %s", is_it, name) for is_it, name, _column in cells]
    key = [SQL("WHEN %s THEN COALESCE(%s::text, '')", is_it, column) for is_it, _n, column in cells]
    grouping = SQL("GROUPING(%s)", SQL(", ").join(map(SQL.identifier, columns)))
    return {
        "dimension": SQL("CASE %s ELSE 'all' END", SQL(" ").join(dimension))
        if cells
        else SQL("'all'"),
        "key": SQL("CASE %s ELSE '' END", SQL(" ").join(key)) if cells else SQL("''"),
        "grouping": grouping if cells else SQL("0"),
        "sets": SQL(", ").join(sets),
        "all": every,
    }
