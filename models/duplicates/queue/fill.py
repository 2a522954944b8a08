from odoo import api, models
from odoo.tools import SQL, split_every

from ...sheet.fields import HOSTS
from ...sheet.resumable import go_on
from ...sheet.statistics import refresh_statistics
from ..keys.key_values import STRONG
from ..keys.shared import LIMIT_STRONG, LIMIT_WEAK
from ..match.prefilter import sql_brief

#: Records given keys at once.
FILL_BATCH = 2000

FILLED = "crm_customer_sheet.match_filled.{}".format


DONE = "done"

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

#: The condition of a group of keys that few enough records have.
RARE = SQL("count <= CASE WHEN strong THEN %s ELSE %s END", LIMIT_STRONG, LIMIT_WEAK)


class CustomerSheetDuplicate(models.Model):
    """Keys for the records that were there before the module."""

    _inherit = "customer.sheet.duplicate"

    @api.model
    def _start_filling(self, small):
        """Give all records their keys: now in a small database, else in the background."""
        for host in HOSTS:
            if self.env[host].search_count([], limit=small + 1) > small:
                self.env.ref("crm_customer_sheet.ir_cron_sheet_match")._trigger()
                return
        self._fill(lambda done, remaining: True)

    @api.model
    def _fill_anew(self):
        """Have the keys of all records made anew: how they are made has changed."""
        for host in HOSTS:
            self.env["ir.config_parameter"].sudo().set_param(FILLED(host), "0")

    @api.model
    def _is_filled(self):
        setting = self.env["ir.config_parameter"].sudo().get_param
        return all(setting(FILLED(host)) == DONE for host in HOSTS)

    @api.model
    def _fill(self, commit):
        """Make the keys of existing records; return whether all have theirs.

        Resumes after the last record done.  Ends with one rebuild instead of a mark for each.
        """
        if self._is_filled():
            return True
        for host in HOSTS:
            while (cursor := self._filled_up_to(host)) is not None:
                done = self._fill_batch(host, cursor)
                if not commit(done, remaining=1):
                    return False
        self._rebuild()
        commit(1, remaining=0)
        return True

    @api.model
    def _filled_up_to(self, host):
        """Return the id of the last record with keys, ``None`` when all have theirs."""
        value = self.env["ir.config_parameter"].sudo().get_param(FILLED(host))
        return None if value == DONE else int(value or 0)

    @api.model
    def _fill_batch(self, host, cursor):
        model = self.env[host].sudo()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE id > %s ORDER BY id LIMIT %s",
                SQL.identifier(model._table),
                cursor,
                FILL_BATCH,
            )
        )
        ids = [record_id for (record_id,) in rows]
        if ids:
            refresh_statistics(self.env, model._table, *COMPARED)
            model._sheet_match_store(ids, mark=False)
            self.env["customer.sheet.match.term"]._count_if_grown(by=10)
        cursor = str(ids[-1]) if ids else DONE
        self.env["ir.config_parameter"].sudo().set_param(FILLED(host), cursor)
        return len(ids)

    # -- the job that keeps the queue: what changed all the time, everything when asked for --

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
        """Match the next marked records, with new keys; return how many marks were taken."""
        nodes = self.env["customer.sheet.match.dirty"]._take(BATCH)
        if nodes:
            self._make_keys(nodes)
            self._match(nodes)
        return len(nodes)

    @api.model
    def _catch_up(self):
        """Give keys to all that was saved so far, for whoever looks for the twins of many.

        The marks stay: the job finds the twins of these records, and whoever finishes what was
        created in great number marks them again.
        """
        self.env["crm.lead"]._sheet_match_flush()
        nodes = self.env.execute_query(
            SQL(
                """
                SELECT node FROM customer_sheet_match_dirty
                 UNION
                SELECT CASE u.host WHEN 'crm.lead' THEN -r.id::int ELSE r.id::int END
                  FROM customer_sheet_unfinished u,
                       jsonb_array_elements_text(u.record_ids) AS r(id)
                """
            )
        )
        for some in split_every(BATCH, sorted(node for (node,) in nodes)):
            self._make_keys(some)

    @api.model
    def _make_keys(self, nodes):
        contacts = [node for node in nodes if node > 0]
        leads = [-node for node in nodes if node < 0]
        for host, ids in (("res.partner", contacts), ("crm.lead", leads)):
            if ids:
                self.env[host].sudo()._sheet_match_store(ids, mark=False)

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

    # -- everything matched anew -----------------------------------------------
    #
    # What is only needed meanwhile is in tables that are not temporary: several processes of
    # PostgreSQL can share those.

    @api.model
    def _rebuild(self):
        """Match all records anew; decisions stay."""
        refresh_statistics(self.env, *COMPARED)
        self.env.cr.execute("SET LOCAL work_mem = '128MB'")
        self.env["customer.sheet.match.term"]._count_if_grown(by=1.1)
        shared = self.env["customer.sheet.match.shared"]
        self.env.cr.execute("DELETE FROM customer_sheet_match_shared WHERE learned IS NOT TRUE")
        shared._learn_domains()
        self._group_keys()
        shared._note(SQL("SELECT kind, h, strong, count FROM sheet_match_group WHERE NOT %s", RARE))
        self._find_all()
        if self.sudo().search_count([], limit=1):
            self._keep_found(SQL(""))
            self._relabel()
        else:
            self._keep_found(SQL(""), self._clusters_found())

    @api.model
    def _group_keys(self):
        """Leave the keys that several records have in ``sheet_match_group``.

        One pass over the index, in its order, by two processes: no other column of the keys is
        read, and each has the hashes of one sign.
        """
        self._make_table(
            "sheet_match_group",
            SQL(
                "SELECT *, kind = ANY(%s) AS strong, %s FROM (%s UNION ALL %s) k",
                list(STRONG),
                self.env["customer.sheet.match.rule"]._plan().sql_flags(SQL("kind")),
                self._sql_groups(SQL("h < 0")),
                self._sql_groups(SQL("h >= 0")),
            ),
            "count",
        )

    @api.model
    def _sql_groups(self, which):
        return SQL(
            """
            SELECT kind, h, count(*)::int AS count,
                   array_agg(COALESCE(partner_id, -lead_id)) AS nodes
              FROM customer_sheet_match_key
             WHERE kind <> 'archived' AND %s
             GROUP BY h, kind
            HAVING count(*) > 1
            """,
            which,
        )

    @api.model
    def _find_all(self):
        """Leave the pairs worth keeping of the groups in ``sheet_match_found``."""
        self._make_table(
            "sheet_match_brief",
            sql_brief(self.env["customer.sheet.match.rule"]._plan()),
            "node",
        )
        self._find(self._sql_pairs(), SQL.identifier("sheet_match_brief"))
        self.env.cr.execute("DROP TABLE sheet_match_group, sheet_match_brief")

    @api.model
    def _make_table(self, name, content, *counted):
        """Make a table that processes share, with statistics of these columns (or all)."""
        table = SQL.identifier(name)
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", table))
        self.env.cr.execute(SQL("CREATE UNLOGGED TABLE %s AS %s", table, content))
        columns = SQL("(%s)", SQL(", ").join(map(SQL.identifier, counted))) if counted else SQL("")
        self.env.cr.execute(SQL("ANALYZE %s %s", table, columns))

    @api.model
    def _sql_pairs(self):
        """Return all pairs by rare keys: SELECT of first, second and the flags.

        A pair comes once for each key it has in common.  Most groups are of two.
        """
        return SQL(
            """
            SELECT nodes[1] AS first, nodes[2] AS second, told, sure, by_b2c, by_b2b
              FROM sheet_match_group WHERE count = 2
            UNION ALL
            SELECT m.node, unnest(nodes[m.position + 1:]), told, sure, by_b2c, by_b2b
              FROM sheet_match_group, unnest(nodes) WITH ORDINALITY AS m(node, position)
             WHERE count > 2 AND %s
            """,
            RARE,
        )
