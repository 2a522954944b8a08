"""Rows that PostgreSQL itself refuses to change or delete, whoever asks.

The owner of the database can remove the triggers; that is what the hash chains and the
seals make evident.
"""

from odoo.tools import SQL

FUNCTION = "customer_sheet_consent_append_only"

_BODY = """
BEGIN
    RAISE EXCEPTION 'A row of "%" is evidence: it can neither be changed nor deleted.',
        TG_TABLE_NAME
        USING HINT = 'Add a new entry that says what has changed.';
END
"""


def create_function(cr):
    """Create, or bring up to date, the trigger function that refuses."""
    cr.execute(
        SQL(
            "CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS %s",
            SQL.identifier(FUNCTION),
            _BODY,
        )
    )


def protect(cr, table, when=None):
    """Make PostgreSQL refuse UPDATE, DELETE and TRUNCATE on ``table``.

    :param when: a condition on ``OLD``, as ``SQL``: only such rows are refused; TRUNCATE always is
    """
    create_function(cr)
    condition = SQL("WHEN (%s)", when) if when else SQL()
    _trigger(cr, table, "row", SQL("BEFORE UPDATE OR DELETE"), SQL("FOR EACH ROW %s", condition))
    _trigger(cr, table, "truncate", SQL("BEFORE TRUNCATE"), SQL("FOR EACH STATEMENT"))


def drop_all(cr):
    """Take every protection away: the module is being uninstalled."""
    cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(FUNCTION)))


def _trigger(cr, table, suffix, event, scope):
    name, on = SQL.identifier(f"{FUNCTION}_{suffix}"), SQL.identifier(table)
    cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", name, on))
    cr.execute(
        SQL(
            "CREATE TRIGGER %s %s ON %s %s EXECUTE FUNCTION %s()",
            name,
            event,
            on,
            scope,
            SQL.identifier(FUNCTION),
        )
    )
