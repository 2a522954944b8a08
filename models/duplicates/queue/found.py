from odoo import api, models
from odoo.tools import SQL

from ..match.prefilter import sql_brief, sql_is_worth_comparing


class CustomerSheetDuplicate(models.Model):
    """From records with a key in common to the pairs of the queue."""

    _inherit = "customer.sheet.duplicate"

    @api.model
    def _find(self, pairs, briefs=None):
        """Score pairs (SQL) and leave those worth keeping in ``sheet_match_found``.

        :param briefs: what a first look reads (SQL), if it has been made of all records
        """
        self._make_table("sheet_match_candidate", self._sql_candidates(pairs, briefs))
        self.env.cr.execute("DROP TABLE IF EXISTS sheet_match_found")
        self.env.cr.execute(self._sql_found())
        self._part_deals()
        self.env.cr.execute("DROP TABLE sheet_match_candidate")

    @api.model
    def _sql_candidates(self, pairs, briefs=None, worth=None):
        """Return the pairs worth comparing, each once: SELECT of node1, node2, told.

        :param worth: which pairs are (SQL), if not what a first look says
        """
        plan = self.env["customer.sheet.match.rule"]._plan()
        return SQL(
            """
            SELECT LEAST(c.first, c.second) AS node1, GREATEST(c.first, c.second) AS node2,
                   bool_or(c.told) AS told
              FROM (%(pairs)s) c
              JOIN %(briefs)s a ON a.node = c.first JOIN %(briefs)s b ON b.node = c.second
             WHERE %(by_typology)s AND (c.sure OR %(worth)s) AND %(eligible)s
               AND a.linked IS NULL AND b.linked IS NULL  -- their contacts stand for them
             GROUP BY 1, 2
            """,
            pairs=pairs,
            briefs=briefs or SQL("(%s)", sql_brief(plan)),
            by_typology=plan.sql_by_typology(),
            worth=worth or sql_is_worth_comparing(plan),
            eligible=plan.sql_eligible(),
        )

    @api.model
    def _sql_found(self):
        """Return the statement that makes a temporary table of scored pairs."""
        pairs = SQL(
            "FROM sheet_match_candidate c JOIN customer_sheet_match_profile a ON a.node = c.node1"
            " JOIN customer_sheet_match_profile b ON b.node = c.node2"
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
            """
            CREATE TEMPORARY TABLE sheet_match_found ON COMMIT DROP AS
            SELECT *
              FROM (%s) f
             WHERE kind = 'duplicate' OR is_company OR told
            """,
            self.env["customer.sheet.match.rule"]._plan().sql_scored(pairs, columns),
        )

    @api.model
    def _keep_found(self, among, clusters=None):
        """Bring the queue up to date; pairs ``among`` which (SQL) were not found again go.

        They go before the new ones come: of a queue that was empty PostgreSQL knows nothing.

        :param clusters: ``{node: cluster}``, if that is known of all that was found
        """
        self.env.cr.execute("ANALYZE sheet_match_found (node1, node2)")
        self._drop_lost(among)
        self._keep_known()
        self._keep_new(clusters or {})
        self.env.cr.execute("DROP TABLE sheet_match_found")
        self.invalidate_model()

    @api.model
    def _drop_lost(self, among):
        self.env.cr.execute(
            SQL(
                """
                DELETE FROM customer_sheet_duplicate d
                 WHERE d.state IN ('new', 'review')
                   AND NOT EXISTS (SELECT 1
                                     FROM sheet_match_found f
                                    WHERE f.node1 = d.node1
                                      AND f.node2 = d.node2) %s
                """,
                among,
            )
        )

    @api.model
    def _keep_known(self):
        """Write what is said otherwise now of open pairs of the queue."""
        self.env.cr.execute(
            """
            UPDATE customer_sheet_duplicate d
               SET score = f.score, band = f.band, kind = f.kind, reasons = f.reasons,
                   company_id = f.company_id
              FROM sheet_match_found f
             WHERE f.node1 = d.node1 AND f.node2 = d.node2 AND d.state IN ('new', 'review')
               AND (d.score, d.band, d.kind, d.reasons)
                   IS DISTINCT FROM (f.score::numeric, f.band, f.kind, f.reasons)
            """
        )

    @api.model
    def _keep_new(self, clusters):
        """Add what the queue does not have; another transaction may be adding the same."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO customer_sheet_duplicate
                       (node1, node2, partner1_id, lead1_id, partner2_id, lead2_id, kind, score,
                        band, reasons, cluster, state, company_id, found_on, create_date,
                        write_date)
                SELECT node1, node2, partner_id_a, lead_id_a, partner_id_b, lead_id_b, kind, score,
                       band, reasons, c.cluster, 'new', company_id, now() at time zone 'utc',
                       now() at time zone 'utc', now() at time zone 'utc'
                  FROM sheet_match_found f
                  LEFT JOIN unnest(%s::int[], %s::int[]) AS c(node, cluster)
                    ON c.node = f.node1 AND kind = 'duplicate' AND band IN ('certain', 'probable')
                 WHERE NOT EXISTS (SELECT 1 FROM customer_sheet_duplicate d
                                    WHERE d.node1 = f.node1 AND d.node2 = f.node2)
                 ORDER BY node1, node2
                ON CONFLICT (node1, node2) DO NOTHING
                """,
                list(clusters),
                list(clusters.values()),
            )
        )
