import functools
import json

from odoo import api, models
from odoo.tools import SQL

from ..keys.key_values import STRONG
from ..keys.shared import LIMIT_STRONG, LIMIT_WEAK

#: Keys that two records have in common of which anybody can be sure without asking: the name, or
#: an identity.  The others are for names typed wrong, and gather many.
SURE_KINDS = (*STRONG, "name", "firm", "birth")

#: Numbers of rows that are no records yet: below those of all leads.
FIRST_NODE = -(2**31) + 1


class CustomerSheetMatchKey(models.Model):
    """Twins of many rows that are no records yet: in sets, a statement for each."""

    _inherit = "customer.sheet.match.key"

    @api.model
    def _unsaved(self, host, values_list):
        """Return the comparable row of each of these values, as a JSON document holds it.

        :param host: a model of customers
        :param values_list: values by field, as forms and ``create`` have them
        """
        countries = functools.cache(host._sheet_match_countries)
        typed = (
            host._sheet_match_typed(host._sheet_match_values(values), countries)
            for values in values_list
        )
        return [host._sheet_match_row({"node": 0, **row}) for row in typed]

    @api.model
    def _twins_of(self, rows):
        """Return for each of these rows the contacts and open leads that are surely the same.

        Some that only may be are among them.  Whoever may see them: as superuser, and for
        nobody's eyes.  Within ``env.companies``.

        :param rows: as :meth:`_unsaved` returns them
        :return: lists of ``{"partner_id", "lead_id", "band", "kind", "archived", "score",
            "reasons"}``, the best first
        """
        self.env.flush_all()
        document = [{**row, "node": FIRST_NODE + number} for number, row in enumerate(rows)]
        found = [[] for _row in rows]
        for match in self.env.execute_query_dict(
            self._sql_matches(json.dumps(document), SURE_KINDS)
        ):
            found[match["typed"] - FIRST_NODE].append(match)
        return found

    @api.model
    def _twins_among(self, documents):
        """Return the pairs of rows of one list that are surely the same customer, and others.

        :param documents: SQL of a ``jsonb`` list of rows as :meth:`_unsaved` returns them, each
            with a ``node`` of its own
        :return: list of ``{"first", "second", "band", "kind", "score", "reasons"}``: ``first`` is
            the smaller node
        """
        plan = self.env["customer.sheet.match.rule"]._plan()
        pairs = SQL(
            """
            FROM (SELECT l.node AS first, r.node AS second, bool_or(l.strong) AS told
                    FROM wanted l
                    JOIN wanted r ON r.kind = l.kind AND r.h = l.h AND l.node < r.node
                   WHERE l.count BETWEEN 2 AND l.most
                   GROUP BY l.node, r.node) c
            JOIN typed a ON a.node = c.first
            JOIN typed b ON b.node = c.second
            WHERE %s
            """,
            plan.sql_eligible(),
        )
        columns = [(SQL("a.node"), "first"), (SQL("b.node"), "second")]
        return self.env.execute_query_dict(
            SQL(
                """
                WITH typed AS MATERIALIZED (%(rows)s),
                keyed AS (
                    SELECT t.node, k.kind, k.kind = ANY(%(strong)s) AS strong,
                           hashtextextended(k.kind || ':' || k.value, 0) AS h
                      FROM typed t, unnest(t.kinds, t.texts) AS k(kind, value)
                     WHERE k.kind = ANY(CASE t.typology WHEN 'b2b' THEN %(b2b)s::text[]
                                        ELSE %(b2c)s::text[] END)
                       AND (k.kind <> 'domain' OR t.domain IS NOT NULL)),
                wanted AS MATERIALIZED (
                    SELECT *, count(*) OVER (PARTITION BY kind, h) AS count,
                           CASE WHEN strong THEN %(strongest)s ELSE %(weakest)s END AS most
                      FROM keyed)
                %(scored)s
                """,
                rows=self.env["customer.sheet.match.profile"]._sql_rows(documents),
                strong=list(STRONG),
                b2b=[kind for kind in plan.candidates["b2b"] if kind in SURE_KINDS],
                b2c=[kind for kind in plan.candidates["b2c"] if kind in SURE_KINDS],
                strongest=LIMIT_STRONG,
                weakest=LIMIT_WEAK,
                scored=plan.sql_scored(pairs, columns),
            )
        )
