"""Whether a database is as it was before an import that was taken back: table by table."""

from odoo.tools import SQL

#: Columns that change with every write or check, or that Odoo predicts by itself.
CLOCKS = ["id", "create_uid", "create_date", "write_uid", "write_date", "sheet_checked_on"]
CLOCKS += ["probability", "automated_probability"]

HOSTS = ("res_partner", "crm_lead")

#: What only grows: the history of records, the ledger of consents, logs, and the findings of
#: sensitive words, for an archived record still holds them.  What was there stays as it was.
GROWS = {
    *("mail_message", "mail_followers", "customer_sheet_sensitive_finding"),
    *("customer_sheet_consent_event", "customer_sheet_consent_payload"),
    *("customer_sheet_consent_subject", "customer_sheet_consent_subject_link"),
    *("customer_sheet_export_log",),
}
#: Of a person whose chain of events has grown.
ENDS = ["sequence", "head_hash"]

#: The import itself, what jobs have to do, what Odoo keeps of its own, and the list of what many
#: records share: it counts what archived contacts are known by until all are matched anew.
LEFT_OUT = (
    *("customer_sheet_import", "customer_sheet_match_dirty", "customer_sheet_chore", "ir_", "bus_"),
    "customer_sheet_match_shared",
)
#: What an archived contact is known by, if somebody types it again.
KNOWN = ("customer_sheet_match_key", "customer_sheet_match_profile")


class Before:
    """What all tables held at one moment, to be compared with what they hold later.

    Records that were created since and are archived do not count, nor what belongs to them in
    Odoo's own tables; whatever of our tables names them does.
    """

    def __init__(self, env):
        self.env = env
        env.flush_all()
        self.tables = self._tables()
        self.last = {name: self._last(name) for name, has_id in self.tables.items() if has_id}
        self.relations = self._relations()
        self.sums = self._sums()

    def differences(self):
        """Return ``{table: (rows before, rows now)}`` of the tables that are not as they were."""
        self.env.flush_all()
        now = self._sums()
        return {
            name: (before[0], now[name][0])
            for name, before in self.sums.items()
            if now[name] != before
        }

    def _tables(self):
        found = self.env.execute_query(
            SQL(
                """
                SELECT c.relname, EXISTS (SELECT FROM pg_attribute a
                                           WHERE a.attrelid = c.oid AND a.attname = 'id')
                  FROM pg_class c
                 WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
                 ORDER BY c.relname
                """
            )
        )
        return {name: has_id for name, has_id in found if not name.startswith(LEFT_OUT)}

    def _last(self, name):
        [(last,)] = self.env.execute_query(SQL("SELECT max(id) FROM %s", SQL.identifier(name)))
        return last or 0

    def _relations(self):
        """Return ``{table without ids: [(column, table)]}`` of what belongs to new records."""
        found = self.env.execute_query(
            SQL(
                """
                SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text
                  FROM pg_constraint c
                  JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
                 WHERE c.contype = 'f' AND c.confrelid::regclass::text = ANY(%s)
                """,
                [*HOSTS, *GROWS],
            )
        )
        columns = {}
        for table, column, of in found:
            if self.tables.get(table) is False or (table in KNOWN and of == "res_partner"):
                columns.setdefault(table, []).append((column, of))
        return columns

    def _sums(self):
        return {name: self._sum(name) for name in self.tables}

    def _sum(self, name):
        without = [*CLOCKS, *(ENDS if name == "customer_sheet_consent_subject" else ())]
        [found] = self.env.execute_query(
            SQL(
                """
                SELECT count(*), sum(('x' || left(md5(row::text), 15))::bit(60)::int8)
                  FROM (SELECT to_jsonb(t) - %s AS row FROM %s t WHERE %s) AS rows
                """,
                without,
                SQL.identifier(name),
                self._that_counts(name),
            )
        )
        return found

    def _that_counts(self, name):
        """Return the condition of the rows ``t`` of a table that are compared."""
        if name in HOSTS:
            return SQL("(t.active OR t.id <= %s)", self.last[name])
        if name in GROWS:
            return SQL("t.id <= %s", self.last[name])
        parts = [
            SQL("(t.%(c)s <= %(n)s OR t.%(c)s IS NULL)", c=SQL.identifier(column), n=self.last[of])
            for column, of in self.relations.get(name, ())
        ]
        return SQL(" AND ").join(parts) if parts else SQL("TRUE")
