"""What a review looks through: which records, told apart by which reason, and whose they are."""

from collections.abc import Callable
from typing import NamedTuple

from odoo.fields import Domain
from odoo.tools import SQL

from ...duplicates.queue.duplicate import BAND_NAMES
from ...duplicates.room import DUPLICATES
from ...privacy.room import PRIVACY
from ...sheet.fields import HOSTS

#: What is checked of a record, named as the figures of the data checks are.
CHECKED = ("email", "phone", "phone2", "registry", "vat")
#: Pairs that nobody has decided about.
WAITING = Domain(
    [
        ("kind", "=", "duplicate"),
        ("band", "in", [band for band, _label in BAND_NAMES[:2]]),
        ("state", "in", ["new", "review"]),
    ]
)


class Worklist(NamedTuple):
    """Records of one model in which one thing is wrong."""

    code: str
    model: str
    domain: Domain
    #: Takes the model and a query, and returns the SQL of the reason.
    reason: Callable


def titles(env):
    """Return ``{code: title}``: of the worklists of a month, then of what a quarter looks at."""
    return {
        "duplicate": env._("Duplicates to decide"),
        "incomplete": env._("Incomplete sheets"),
        "doubtful": env._("Doubtful sheets"),
        "stale": env._("Answers to ask again"),
        "unowned": env._("Leads without owner"),
        "inform": env._("People to inform"),
        "control": env._("Controls not right"),
        "sample": env._("Sheets to check"),
    }


def worklists(env):
    """Return the :class:`Worklist` of a month."""
    unowned = _alive(env["crm.lead"]) & Domain("user_id", "=", False)
    pairs = WAITING if DUPLICATES.in_use(env) else Domain.FALSE
    return [
        Worklist("duplicate", "customer.sheet.duplicate", pairs, _column("band")),
        *(worklist for host in HOSTS for worklist in _of_sheets(env[host])),
        Worklist("unowned", "crm.lead", unowned, _no_reason),
        *(Worklist("inform", host, _to_inform(env[host]), _no_reason) for host in HOSTS),
    ]


def _to_inform(model):
    """Return the domain of the people who are still to be told where we have their data from."""
    if not PRIVACY.in_use(model.env):
        return Domain.FALSE
    return _alive(model) & model._sheet_inform_domain()


def _of_sheets(model):
    alive = _alive(model)
    for code, condition, reason in (
        ("incomplete", ("sheet_missing", "!=", False), _first_of("sheet_missing")),
        ("doubtful", ("sheet_status", "=", "doubtful"), _worst_check),
        ("stale", ("sheet_stale", "!=", False), _first_of("sheet_stale")),
    ):
        yield Worklist(code, model._name, alive & Domain(*condition), reason)


def _alive(model):
    """Return the domain of the sheets that are worth looking at."""
    domain = model._sheet_domain() & model._sheet_used_domain() & Domain("active", "=", True)
    is_lead = model._name == "crm.lead"
    return domain & Domain("won_status", "=", "pending") if is_lead else domain


def of_company(company):
    """Return the domain of the records of a company and of those of none; of all without one."""
    return Domain("company_id", "in", [company.id, False]) if company else Domain.TRUE


def grouped(env, worklist, company):
    """Return ``[(reason, owner, ids)]`` of the records of a worklist, those of a company."""
    model = env[worklist.model].sudo()
    env.flush_all()
    query = model._search(worklist.domain & of_company(company))
    query.groupby = SQL("1, 2")
    query.order = SQL("cardinality(array_agg(%s)) DESC, 1, 2", _id(query))
    return env.execute_query(
        query.select(
            SQL("%s AS reason", worklist.reason(model, query)),
            SQL("%s AS owner", _sql(model, query, "user_id")),
            SQL("array_agg(%s ORDER BY %s)", _id(query), _id(query)),
        )
    )


def _id(query):
    return SQL.identifier(query.table, "id")


def _sql(model, query, name):
    return model._field_to_sql(query.table, name, query)


def _no_reason(model, query):
    return SQL("NULL::text")


def _column(name):
    return lambda model, query: _sql(model, query, name)


def _first_of(name):
    """The first code of a list is what is most worth asking."""
    return lambda model, query: SQL("%s ->> 0", _sql(model, query, name))


def _worst_check(model, query):
    whens = [
        SQL("WHEN %s = %s THEN %s", _sql(model, query, f"sheet_{check}_status"), status, check)
        for status in ("invalid", "doubtful")
        for check in CHECKED
    ]
    return SQL("CASE %s END", SQL(" ").join(whens))
