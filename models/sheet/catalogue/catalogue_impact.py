from odoo import api, models
from odoo.tools import SQL

from .catalogue_refresh import HOSTS


class CustomerSheetCatalogueVersion(models.Model):
    """What a catalogue would change, counted inside PostgreSQL without changing it."""

    _inherit = "customer.sheet.catalogue.version"

    @api.model
    def _count_concerned(self, snapshot):
        """Return ``{code: number of sheets}`` to which each question of ``snapshot`` applies."""
        counts = dict.fromkeys((entry["code"] for entry in snapshot), 0)
        for host in HOSTS:
            model = self.env[host]
            questions = self._compile(host, snapshot).questions
            if not questions:
                continue
            model.flush_model()
            columns = SQL(", ").join(
                SQL("count(*) FILTER (WHERE %s)", question.sql_concerns(model, model._table))
                for question in questions
            )
            query = SQL(
                "SELECT %s FROM %s WHERE %s%s",
                columns,
                SQL.identifier(model._table),
                model._sheet_carries_sql(),
                SQL(" AND active"),
            )
            [row] = self.env.execute_query(query)
            for question, count in zip(questions, row, strict=True):
                counts[question.code] += count
        return counts

    @api.model
    def _impact(self, snapshot):
        """Return what putting ``snapshot`` in force would change, without changing it.

        :return: ``{host: {"sheets", "to_incomplete", "to_complete", "before", "after"}}``,
            the last two being mean scores
        """
        return {host: self._host_impact(host, snapshot) for host in HOSTS}

    @api.model
    def _host_impact(self, host, snapshot):
        model = self.env[host]
        model.flush_model()
        scores = self._compile(host, snapshot).sql_scores(model, SQL("active"))
        query = SQL(
            """
            SELECT count(n.score) AS sheets,
                   count(*) FILTER (WHERE t.sheet_completeness = 100 AND n.score < 100)
                       AS to_incomplete,
                   count(*) FILTER (WHERE t.sheet_completeness < 100 AND n.score = 100)
                       AS to_complete,
                   COALESCE(avg(t.sheet_completeness), 0)::int AS before,
                   COALESCE(avg(n.score), 0)::int AS after
              FROM %s t JOIN (%s) n ON n.id = t.id
            """,
            SQL.identifier(model._table),
            scores,
        )
        [row] = self.env.execute_query_dict(query)
        return row
