"""What the law wants kept of a person, and until when: as data, and as SQL."""

from datetime import date
from typing import NamedTuple

from odoo.tools import SQL

from ...sheet import clock


class Held(NamedTuple):
    """Documents of a person that are kept, and until when.

    :ivar ids: of the documents
    :ivar ground: one of :data:`.ground.GROUNDS`
    :ivar until: the last day
    :ivar words: which law, for whoever reads the certificate
    """

    model: str
    ids: list
    ground: str
    until: date
    words: str


class Document(NamedTuple):
    """A model of documents that are kept, where its app is installed.

    :ivar day: the column of its day
    :ivar people: columns of the contacts that are named on it
    :ivar where: the SQL condition of those that count, over ``d``
    """

    model: str
    day: str
    people: tuple
    where: SQL
    ground: str


#: Accounting documents are kept to the end of a financial year and some years more; of the
#: others claims may follow, some years from their day on.
DOCUMENTS = (
    Document(
        "account.move",
        "date",
        ("partner_id", "commercial_partner_id", "partner_shipping_id"),
        SQL("d.state = 'posted'"),
        "duty",
    ),
    Document(
        "account.payment",
        "date",
        ("partner_id",),
        SQL("d.state NOT IN ('draft', 'canceled', 'rejected')"),
        "duty",
    ),
    Document(
        "pos.order", "date_order", ("partner_id",), SQL("d.state IN ('paid', 'done')"), "duty"
    ),
    Document(
        "sale.order",
        "date_order",
        ("partner_id", "partner_invoice_id", "partner_shipping_id"),
        SQL("d.state = 'sale'"),
        "claims",
    ),
    Document(
        "purchase.order", "date_order", ("partner_id",), SQL("d.state = 'purchase'"), "claims"
    ),
    Document(
        "payment.transaction",
        "last_state_change",
        ("partner_id",),
        SQL("d.state = 'done'"),
        "claims",
    ),
)


def held_sql(env, ids=None):
    """Return a SELECT of ``partner_id, model, id, company_id, ground, until``.

    One row for each contact named on a document that is still to be kept today.

    :param ids: of contacts; all where none are given
    """
    periods = _periods_sql(env)
    selects = [
        _document_sql(env, document, periods, ids)
        for document in DOCUMENTS
        if document.model in env
    ]
    nothing = SQL(
        "SELECT NULL::int AS partner_id, NULL::text AS model, NULL::int AS id,"
        " NULL::int AS company_id, NULL::text AS ground, NULL::date AS until WHERE FALSE"
    )
    return SQL(" UNION ALL ").join([nothing, *selects])


def _document_sql(env, document, periods, ids):
    model = env[document.model]
    model.flush_model()
    people = [name for name in document.people if model._fields[name].store]
    columns = [SQL.identifier("d", name) for name in people]
    named, among = SQL("TRUE"), SQL("TRUE")
    if ids is not None:
        named = SQL(" OR ").join(SQL("%s = ANY(%s)", column, ids) for column in columns)
        among = SQL("p.id = ANY(%s)", ids)
    day = SQL("%s::date", SQL.identifier("d", document.day))
    return SQL(
        """
        SELECT * FROM (
            SELECT DISTINCT p.id AS partner_id, %(model)s AS model, d.id, d.company_id,
                   %(ground)s AS ground, %(until)s AS until
              FROM %(table)s d
              JOIN (%(periods)s) c ON c.company_id = d.company_id
              CROSS JOIN LATERAL (SELECT unnest(ARRAY[%(people)s]) AS id) p
             WHERE %(where)s AND (%(named)s) AND p.id IS NOT NULL AND %(among)s) held
         WHERE until >= %(today)s
        """,
        model=document.model,
        ground=document.ground,
        until=_until_sql(day, document.ground),
        table=SQL.identifier(model._table),
        periods=periods,
        people=SQL(", ").join(columns),
        where=document.where,
        named=named,
        among=among,
        today=clock.common_today(env),
    )


def _until_sql(day, ground):
    """Return the last day on which a document of ``day`` (SQL) is kept."""
    if ground == "claims":
        return SQL("(%s + make_interval(years => c.claims_years))::date", day)
    this_year, next_year = (_end_sql(day, more) for more in (0, 1))
    return SQL(
        "(CASE WHEN %(day)s <= %(this)s THEN %(this)s ELSE %(next)s END"
        " + make_interval(years => c.accounting_years))::date",
        day=day,
        this=this_year,
        next=next_year,
    )


def _end_sql(day, more):
    """Return the end of the financial year in the year of a day (SQL), or ``more`` years later."""
    month = SQL("make_date(extract(year FROM %s)::int + %s, c.month, 1)", day, more)
    return SQL(
        "LEAST(%(month)s + c.day - 1, (%(month)s + interval '1 month')::date - 1)", month=month
    )


def _periods_sql(env):
    """Return a SELECT of the end of the financial year and the periods, by company."""
    companies = env["res.company"].sudo().with_context(active_test=False).search([])
    has_years = "fiscalyear_last_month" in companies._fields
    laws = env["customer.sheet.regime"]
    rows = []
    for company in companies:
        law = laws._for(company.country_id)
        month = int(company.fiscalyear_last_month) if has_years else 12
        day = company.fiscalyear_last_day if has_years else 31
        rows.append(SQL("%s", (company.id, month, day, law.accounting_years, law.claims_years)))
    return SQL(
        "SELECT * FROM (VALUES %s) AS c (company_id, month, day, accounting_years, claims_years)",
        SQL(", ").join(rows),
    )
