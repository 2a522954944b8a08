"""How PostgreSQL answers a search."""

import re

from odoo.tools import SQL

#: Ways that are free of choice on a table of a few rows.
FORBIDDEN = ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan")


def indexes_of(records, domain):
    """Return the names of the indexes that find the records of a domain, rules left out.

    Reading a small table whole, or in the order of some index, is quicker than looking anything
    up: both are forbidden, so that only an index that fits the conditions is left.
    """
    records = records.sudo().with_context(active_test=False)
    query = records._search(domain, order="id")
    return indexes_of_query(records.env, query.select())


def indexes_of_query(env, query):
    """Return the names of the indexes that serve an SQL query; see :func:`indexes_of`."""
    env.flush_all()
    for setting in FORBIDDEN:
        env.cr.execute(SQL("SET LOCAL %s = off", SQL.identifier(setting)))
    rows = env.execute_query(SQL("EXPLAIN %s", query))
    for setting in FORBIDDEN:
        env.cr.execute(SQL("SET LOCAL %s = on", SQL.identifier(setting)))
    return set(re.findall(r"Bitmap Index Scan on (\w+)", "\n".join(line for [line] in rows)))
