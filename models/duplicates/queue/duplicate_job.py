from odoo import api, models
from odoo.tools import SQL

from ...sheet.resumable import go_on
from ...sheet.statistics import refresh_statistics
from ..keys.shared import LIMIT_STRONG, LIMIT_WEAK

#: What the comparing reads.
COMPARED = (
    "customer_sheet_duplicate",
    "customer_sheet_match_key",
    "customer_sheet_match_profile",
)
#: Whether everything is to be matched anew: a parameter of the database.
REBUILD = "crm_customer_sheet.match_rebuild"
#: Records of which twins are looked for at once.
BATCH = 1000


class CustomerSheetDuplicate(models.Model):
    """The job that keeps the queue: what changed all the time, everything when asked for."""

    _inherit = "customer.sheet.duplicate"

    @api.model
    def _cron_match(self):
        """Give records their keys where they have none, then match what changed."""
        commit = self.env["ir.cron"]._commit_progress
        if not self._fill(commit):
            return
        if self._is_rebuild_requested():
            self._rebuild()
            self._request_rebuild(False)
            commit(1, remaining=1)
        go_on(self.env, self._match_next)

    @api.model
    def _request_rebuild(self, is_wanted=True):
        """Have the job count the names and match everything anew, before anything else."""
        self.env["ir.config_parameter"].sudo().set_param(REBUILD, str(is_wanted))
        if is_wanted:
            self.env.ref("crm_customer_sheet.ir_cron_sheet_match").sudo()._trigger()

    @api.model
    def _is_rebuild_requested(self):
        return self.env["ir.config_parameter"].sudo().get_param(REBUILD) == "True"

    @api.model
    def _match_next(self):
        self._mark_changed_deals()
        done = self._match_dirty()
        return done, self.env["customer.sheet.match.dirty"]._left() if done else 0

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
        refresh_statistics(self.env, *COMPARED)
        self.env["customer.sheet.match.shared"]._note(self._sql_too_common(nodes))
        self._find(self._sql_pairs_of(nodes))
        self._keep_found(SQL("AND (d.node1 = ANY(%(n)s) OR d.node2 = ANY(%(n)s))", n=nodes))
        self._relabel(nodes)

    @api.model
    def _sql_wanted(self, nodes):
        """Return the keys of these records: SELECT of node, h, kind, strong."""
        return SQL(
            """
            SELECT COALESCE(partner_id, -lead_id) AS node, h, kind, strong
              FROM customer_sheet_match_key
             WHERE (partner_id = ANY(%s) OR lead_id = ANY(%s))
               AND kind <> 'archived'
            """,
            [node for node in nodes if node > 0],
            [-node for node in nodes if node < 0],
        )

    @api.model
    def _sql_too_common(self, nodes):
        return SQL(
            """
            SELECT w.kind, w.h, w.strong, o.count::int
              FROM (SELECT DISTINCT kind, h, strong
                      FROM (%s) k) w,
                   LATERAL (SELECT count(*)
                              FROM (SELECT 1
                                      FROM customer_sheet_match_key m
                                     WHERE m.h = w.h
                                       AND m.kind = w.kind
                                     LIMIT 1000) c) o
             WHERE o.count > CASE WHEN w.strong THEN %s ELSE %s END
            """,
            self._sql_wanted(nodes),
            LIMIT_STRONG,
            LIMIT_WEAK,
        )

    @api.model
    def _sql_pairs_of(self, nodes):
        """Return the pairs of these records by rare keys, as :meth:`_sql_pairs` does for all."""
        return SQL(
            """
            SELECT node AS first, twin AS second, told, sure, by_b2c, by_b2b
              FROM (SELECT w.node, %(flags)s, unnest(o.twins) AS twin
                      FROM (%(wanted)s) w, LATERAL (
                           SELECT array_agg(COALESCE(m.partner_id, -m.lead_id)) AS twins FROM (
                                  SELECT partner_id, lead_id FROM customer_sheet_match_key k
                                   WHERE k.h = w.h AND k.kind = w.kind
                                   LIMIT CASE WHEN w.strong THEN %(strong)s ELSE %(weak)s END + 1
                                  ) m) o
                     WHERE cardinality(o.twins)
                           <= CASE WHEN w.strong THEN %(strong)s ELSE %(weak)s END) each
             WHERE node <> twin
            """,
            flags=self.env["customer.sheet.match.rule"]._plan().sql_flags(SQL("w.kind")),
            wanted=self._sql_wanted(nodes),
            strong=LIMIT_STRONG,
            weak=LIMIT_WEAK,
        )
