from odoo import api, models
from odoo.tools import SQL

from ...sheet.statistics import refresh_statistics
from ..keys.key_values import STRONG
from ..keys.shared import LIMIT_STRONG, LIMIT_WEAK
from ..match.prefilter import sql_brief
from .duplicate_job import COMPARED

#: The condition of a group of keys that few enough records have.
RARE = SQL("count <= CASE WHEN strong THEN %s ELSE %s END", LIMIT_STRONG, LIMIT_WEAK)


class CustomerSheetDuplicate(models.Model):
    """Everything matched anew.

    What is only needed meanwhile is in tables that are not temporary: several processes of
    PostgreSQL can share those.
    """

    _inherit = "customer.sheet.duplicate"

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
        if not self.sudo().search_count([], limit=1):
            self._label_found()
        self._keep_found(SQL(""))
        self._relabel()

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
