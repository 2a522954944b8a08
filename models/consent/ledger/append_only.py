"""Rows that PostgreSQL itself refuses to change or delete, whoever asks.

The owner of the database can remove the triggers; that is what the hash chains and the
seals make evident.
"""

from odoo.tools import SQL

FUNCTION = "customer_sheet_consent_append_only"

#: The protected tables, and the rows of each that are (all, without a condition).
TABLES = {
    "customer_sheet_consent_event": None,
    "customer_sheet_consent_seal": None,
    "customer_sheet_consent_notice_version": "OLD.state = 'published'",
}

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


def protect(cr, table):
    """Make PostgreSQL refuse UPDATE, DELETE and TRUNCATE on a table of ``TABLES``."""
    create_function(cr)
    when = TABLES[table]
    condition = SQL("WHEN (%s)", SQL(when)) if when else SQL()
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


# -- is it still there? ------------------------------------------------------------

#: What a trigger fires on, as PostgreSQL keeps it: before, for each row, update and delete...
_KINDS = {"row": 2 + 1 + 16 + 8, "truncate": 2 + 32}
_BEFORE = 2

#: Indexes without which two events could stand in one place, or two seals follow the same one,
#: by name: table and columns.
_INDEXES = {
    "customer_sheet_consent_event_chain_unique": (
        "customer_sheet_consent_event",
        "subject_id, sequence",
    ),
    "customer_sheet_consent_event_idempotency_unique": (
        "customer_sheet_consent_event",
        "idempotency_key WHERE idempotency_key IS NOT NULL",
    ),
    "customer_sheet_consent_seal_no_fork": (
        "customer_sheet_consent_seal",
        "COALESCE(prev_hash, '')",
    ),
    "customer_sheet_consent_seal_hash_unique": ("customer_sheet_consent_seal", "hash"),
    "customer_sheet_consent_subject_uuid_unique": ("customer_sheet_consent_subject", "uuid"),
    "customer_sheet_consent_subject_link_claim_unique": (
        "customer_sheet_consent_subject_link",
        "claim WHERE claim IS NOT NULL",
    ),
}

#: Tables of which each new row has a higher number than all before.
_NUMBERED = (
    "customer_sheet_consent_event",
    "customer_sheet_consent_payload",
    "customer_sheet_consent_seal",
    "customer_sheet_consent_subject",
)


def weaknesses(cr):
    """Yield ``(kind, table or name)`` of what no longer protects the ledger as it was set up."""
    cr.execute("SHOW session_replication_role")
    if cr.fetchone()[0] != "origin":
        yield "protection_role", ""
    for table, when in TABLES.items():
        yield from _table_weaknesses(cr, table)
        yield from _trigger_weaknesses(cr, table, when)
    yield from _index_weaknesses(cr)
    for table in _NUMBERED:
        cr.execute(
            SQL(
                "SELECT COALESCE(pg_sequence_last_value(pg_get_serial_sequence(%s, 'id')), 0)"
                " < COALESCE(max(id), 0) FROM %s",
                table,
                SQL.identifier(table),
            )
        )
        if cr.fetchone()[0]:
            yield "protection_numbers", table


def _index_weaknesses(cr):
    """Yield the indexes that are gone, or are others of the same name."""
    cr.execute(
        """
        SELECT c.relname, t.relname, substring(pg_get_indexdef(c.oid) FROM ' USING btree (.*)')
          FROM pg_index i
          JOIN pg_class c ON c.oid = i.indexrelid
          JOIN pg_class t ON t.oid = i.indrelid
         WHERE c.relname = ANY(%s)
           AND i.indisunique
           AND i.indisvalid
        """,
        [list(_INDEXES)],
    )
    found = {(name, table, _plain(columns)) for name, table, columns in cr.fetchall()}
    for name, (table, columns) in sorted(_INDEXES.items()):
        if (name, table, _plain(columns)) not in found:
            yield "protection_index", name


def _table_weaknesses(cr, table):
    """Yield what stands between a statement and the triggers of a table, or hides its rows."""
    cr.execute(
        """
        SELECT c.relkind <> 'r'
               OR c.relrowsecurity
               OR EXISTS (SELECT FROM pg_rewrite WHERE ev_class = c.oid)
               -- its rows have no trigger
               OR EXISTS (SELECT FROM pg_inherits WHERE inhparent = c.oid)
          FROM pg_class c
         WHERE c.oid = %s::regclass
        """,
        [table],
    )
    if cr.fetchone()[0]:
        yield "protection_rule", table


def _trigger_weaknesses(cr, table, when):
    cr.execute(
        """
        SELECT t.tgname, t.tgenabled, t.tgtype, t.tgattr::text, p.proname, p.prosrc,
               substring(pg_get_triggerdef(t.oid) FROM ' WHEN (.*) EXECUTE ')
          FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
         WHERE t.tgrelid = %s::regclass AND NOT t.tgisinternal
        """,
        [table],
    )
    found = {name: row for name, *row in cr.fetchall()}
    for suffix, kind in _KINDS.items():
        trigger = found.pop(f"{FUNCTION}_{suffix}", None)
        condition = when if suffix == "row" else None
        if not trigger:
            yield "protection_gone", table
        elif trigger[0] not in ("O", "A"):
            yield "protection_off", table
        elif (*trigger[1:5], _plain(trigger[5])) != (kind, "", FUNCTION, _BODY, _plain(condition)):
            yield "protection_changed", table
    if any(kind & _BEFORE for _enabled, kind, *_rest in found.values()):
        yield "protection_foreign", table


def _plain(condition):
    """Return a condition without what PostgreSQL adds to it.

    >>> _plain("(((old.state)::text = 'published'::text))") == _plain("OLD.state = 'published'")
    True
    """
    text = (condition or "").lower()
    for added in ("::text", "::character varying", "(", ")", " "):
        text = text.replace(added, "")
    return text
