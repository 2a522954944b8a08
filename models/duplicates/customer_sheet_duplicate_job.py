import psycopg2.errors

from odoo import api, models
from odoo.tools import SQL

from ...tools import match_profile
from .customer_sheet_match_shared import LIMIT_STRONG, LIMIT_WEAK

#: Records of which twins are looked for at once.
BATCH = 1000
#: The condition of a group of keys that few enough records have.
RARE = SQL("count <= CASE WHEN strong THEN %s ELSE %s END", LIMIT_STRONG, LIMIT_WEAK)


class CustomerSheetDuplicate(models.Model):
    """The job that keeps the queue: what changed all the time, everything when asked for."""

    _inherit = "customer.sheet.duplicate"

    @api.model
    def _cron_match(self):
        """Give records their keys where they have none, then match what changed."""
        commit = self.env["ir.cron"]._commit_progress
        if not self._fill(commit):
            return
        dirty = self.env["customer.sheet.match.dirty"]
        while True:
            try:
                done = self._match_dirty()
                time_left = commit(done, remaining=dirty._left())
            except psycopg2.errors.SerializationFailure:
                # somebody decided about one of these pairs meanwhile: take the marks again
                self.env.cr.rollback()
                self.env.invalidate_all()
                continue
            if not done or not time_left:
                return

    @api.model
    def _cron_rebuild(self):
        """Count the names and match everything anew, once all records have keys."""
        if self._is_filled():
            self._rebuild()

    # -- what changed ------------------------------------------------------------

    @api.model
    def _match_dirty(self):
        """Match the next marked records; return how many marks were taken."""
        nodes = self.env["customer.sheet.match.dirty"]._take(BATCH)
        if nodes:
            self._match(nodes)
        return len(nodes)

    @api.model
    def _match(self, nodes):
        """Look for the twins of these records anew."""
        self.env.flush_all()
        self.env["customer.sheet.match.shared"]._note(self._sql_too_common(nodes))
        self._find(self._sql_candidates_of(nodes))
        self._keep_found(SQL("AND (d.node1 = ANY(%(n)s) OR d.node2 = ANY(%(n)s))", n=nodes))
        self._relabel(nodes)

    @api.model
    def _sql_wanted(self, nodes):
        """Return the keys of these records: SELECT of node, h, kind, strong."""
        return SQL(
            "SELECT COALESCE(partner_id, -lead_id) AS node, h, kind, strong"
            " FROM customer_sheet_match_key WHERE partner_id = ANY(%s) OR lead_id = ANY(%s)",
            [node for node in nodes if node > 0],
            [-node for node in nodes if node < 0],
        )

    @api.model
    def _sql_too_common(self, nodes):
        return SQL(
            "SELECT w.kind, w.h, w.strong, o.count::int FROM"
            " (SELECT DISTINCT kind, h, strong FROM (%s) k) w, LATERAL"
            " (SELECT count(*) FROM (SELECT 1 FROM customer_sheet_match_key m WHERE m.h = w.h"
            " AND m.kind = w.kind LIMIT 1000) c) o WHERE o.count > CASE WHEN w.strong THEN %s"
            " ELSE %s END",
            self._sql_wanted(nodes),
            LIMIT_STRONG,
            LIMIT_WEAK,
        )

    @api.model
    def _sql_candidates_of(self, nodes):
        """Return the pairs of these records by rare keys: SELECT of node1, node2, kinds."""
        return SQL(
            """
            SELECT LEAST(node, twin) AS node1, GREATEST(node, twin) AS node2,
                   bool_or(by_b2c) AS by_b2c, bool_or(by_b2b) AS by_b2b
              FROM (SELECT w.node, %(flags)s, unnest(o.twins) AS twin
                      FROM (%(wanted)s) w, LATERAL (
                           SELECT array_agg(COALESCE(m.partner_id, -m.lead_id)) AS twins FROM (
                                  SELECT partner_id, lead_id FROM customer_sheet_match_key k
                                   WHERE k.h = w.h AND k.kind = w.kind
                                   LIMIT CASE WHEN w.strong THEN %(strong)s ELSE %(weak)s END + 1
                                  ) m) o
                     WHERE cardinality(o.twins)
                           <= CASE WHEN w.strong THEN %(strong)s ELSE %(weak)s END) each
             WHERE node <> twin GROUP BY 1, 2
            """,
            flags=self.env["customer.sheet.match.rule"]._plan().sql_flags(SQL("w.kind")),
            wanted=self._sql_wanted(nodes),
            strong=LIMIT_STRONG,
            weak=LIMIT_WEAK,
        )

    # -- everything --------------------------------------------------------------

    @api.model
    def _rebuild(self):
        """Match all records anew; decisions stay."""
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL work_mem = '128MB'")
        self.env["customer.sheet.match.term"]._count()
        shared = self.env["customer.sheet.match.shared"]
        self.env.cr.execute("DELETE FROM customer_sheet_match_shared WHERE learned IS NOT TRUE")
        shared._learn_domains()
        self.env.cr.execute("ANALYZE customer_sheet_match_key, customer_sheet_match_profile")
        self._group_keys()
        shared._note(SQL("SELECT kind, h, strong, count FROM sheet_match_group WHERE NOT %s", RARE))
        self._find(self._sql_all_candidates())
        if not self.sudo().search_count([], limit=1):
            self._label_found()
        self._keep_found(SQL(""))
        self._relabel()

    @api.model
    def _group_keys(self):
        """Leave the keys that several records have in ``sheet_match_group``.

        One pass over the index, in its order: no other column of the keys is read.
        """
        self.env.cr.execute("DROP TABLE IF EXISTS sheet_match_group")
        self.env.cr.execute(
            SQL(
                "CREATE TEMPORARY TABLE sheet_match_group ON COMMIT DROP AS"
                " SELECT *, kind = ANY(%s) AS strong, %s FROM (SELECT kind, h, count(*)::int AS"
                " count, array_agg(COALESCE(partner_id, -lead_id)) AS nodes"
                " FROM customer_sheet_match_key GROUP BY h, kind HAVING count(*) > 1) k",
                list(match_profile.STRONG),
                self.env["customer.sheet.match.rule"]._plan().sql_flags(SQL("kind")),
            )
        )

    @api.model
    def _sql_all_candidates(self):
        """Return all pairs by rare keys, from the groups; most groups are of two."""
        return SQL(
            """
            SELECT node1, node2, bool_or(by_b2c) AS by_b2c, bool_or(by_b2b) AS by_b2b
              FROM (SELECT LEAST(nodes[1], nodes[2]) AS node1, GREATEST(nodes[1], nodes[2])
                           AS node2, by_b2c, by_b2b FROM sheet_match_group WHERE count = 2
                    UNION ALL
                    SELECT n1, n2, by_b2c, by_b2b FROM sheet_match_group, unnest(nodes) n1,
                           unnest(nodes) n2 WHERE n1 < n2 AND count > 2 AND %s) p
             GROUP BY node1, node2
            """,
            RARE,
        )

    # -- from candidates to pairs --------------------------------------------------

    @api.model
    def _find(self, candidates):
        """Score candidate pairs (SQL) and leave those worth keeping in ``sheet_match_found``.

        The candidates get a table of their own, not a temporary one: several processes of
        PostgreSQL can share the scoring.
        """
        self.env.cr.execute("DROP TABLE IF EXISTS sheet_match_found")
        self.env.cr.execute(SQL("CREATE UNLOGGED TABLE sheet_match_candidate AS %s", candidates))
        self.env.cr.execute("ANALYZE sheet_match_candidate")
        self.env.cr.execute(self._sql_found())
        self.env.cr.execute("DROP TABLE sheet_match_candidate")

    @api.model
    def _sql_found(self):
        """Return the statement that makes a temporary table of scored pairs."""
        plan = self.env["customer.sheet.match.rule"]._plan()
        pairs = SQL(
            "FROM sheet_match_candidate c JOIN customer_sheet_match_profile a ON a.node = c.node1"
            " JOIN customer_sheet_match_profile b ON b.node = c.node2 WHERE %s AND %s"
            " AND a.linked IS NULL AND b.linked IS NULL",  # their contacts stand for them
            plan.sql_eligible(),
            plan.sql_by_typology(),
        )
        columns = [
            *((SQL.identifier("c", name), name) for name in ("node1", "node2")),
            *(
                (SQL.identifier(side, name), f"{name}_{side}")
                for side in "ab"
                for name in ("partner_id", "lead_id")
            ),
            (SQL("COALESCE(a.company_id, b.company_id)"), "company_id"),
            (SQL("a.is_company OR b.is_company"), "is_company"),
        ]
        return SQL(
            "CREATE TEMPORARY TABLE sheet_match_found ON COMMIT DROP AS"
            " SELECT *, NULL::int AS cluster FROM (%s) f WHERE kind = 'duplicate' OR is_company",
            plan.sql_scored(pairs, columns),
        )

    @api.model
    def _keep_found(self, among):
        """Bring the queue up to date; pairs ``among`` which (SQL) were not found again go."""
        self.env.cr.execute(
            """
            INSERT INTO customer_sheet_duplicate AS d
                   (node1, node2, partner1_id, lead1_id, partner2_id, lead2_id, kind, score, band,
                    reasons, cluster, state, company_id, found_on, create_date, write_date)
            SELECT node1, node2, partner_id_a, lead_id_a, partner_id_b, lead_id_b, kind, score,
                   band, reasons, cluster, 'new', company_id, now() at time zone 'utc',
                   now() at time zone 'utc', now() at time zone 'utc'
              FROM sheet_match_found ORDER BY node1, node2
            ON CONFLICT (node1, node2) DO UPDATE
               SET score = EXCLUDED.score, band = EXCLUDED.band, kind = EXCLUDED.kind,
                   reasons = EXCLUDED.reasons, company_id = EXCLUDED.company_id
             WHERE d.state IN ('new', 'review') AND (d.score, d.band, d.kind, d.reasons)
                   IS DISTINCT FROM (EXCLUDED.score, EXCLUDED.band, EXCLUDED.kind, EXCLUDED.reasons)
            """
        )
        self.env.cr.execute(
            SQL(
                "DELETE FROM customer_sheet_duplicate d WHERE d.state IN ('new', 'review')"
                " AND NOT EXISTS (SELECT 1 FROM sheet_match_found f WHERE f.node1 = d.node1"
                " AND f.node2 = d.node2) %s",
                among,
            )
        )
        self.env.cr.execute("DROP TABLE sheet_match_found")
        self.invalidate_model()
