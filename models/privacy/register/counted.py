"""Whom an activity is about: which records are counted as its people."""

from odoo.fields import Domain

from ...sheet.catalogue.plan_question import CUSTOMER_MATURITIES
from ...sheet.fields import HOSTS

WHO = [
    ("customers", "Customers"),
    ("prospects", "Prospects and leads"),
    ("loyalty", "Members of a loyalty programme"),
    ("contacts", "All contacts and leads"),
    ("requests", "People who ask about their data"),
    ("breaches", "Breaches"),
    ("visitors", "Visitors of the website"),
]
#: By whom it is about, the tables in which they are.
TABLES = {
    "customers": ("res.partner",),
    "prospects": ("res.partner", "crm.lead"),
    "loyalty": ("res.partner",),
    "contacts": ("res.partner", "crm.lead"),
    "requests": ("customer.sheet.request",),
    "breaches": ("customer.sheet.breach",),
    "visitors": ("website.visitor",),
}


def unused(env):
    """Return whom no activity can be about, since the app is not installed."""
    return [who for who, tables in TABLES.items() if any(table not in env for table in tables)]


def count(env, who):
    """Return how many people are in the database today, archived ones too."""
    return sum(
        env[table].sudo().with_context(active_test=False).search_count(_domain(env, who, table))
        for table in TABLES[who]
    )


def _domain(env, who, table):
    if table not in HOSTS:
        return Domain.TRUE
    known = Domain("sheet_merged_into_id", "=", False) & Domain("sheet_erased_on", "=", False)
    if table == "crm.lead":  # a lead with a contact is counted there
        return Domain("partner_id", "=", False) & known
    bought = Domain("sheet_maturity", "in", CUSTOMER_MATURITIES)
    narrower = {
        "customers": bought,
        "prospects": ~bought,
        "loyalty": Domain("sheet_loyalty_programme", "!=", False),
    }
    return env[table]._sheet_domain() & known & narrower.get(who, Domain.TRUE)
