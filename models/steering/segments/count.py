from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...sheet import clock
from .segment import HOSTS

#: Every day is kept so long, and the last day of each month for ever.
DAYS_KEPT = relativedelta(months=13)


class CustomerSheetSegmentCount(models.Model):
    """How many records of one company were in a followed segment on one day."""

    _name = "customer.sheet.segment.count"
    _description = "Count of a Segment"
    _order = "day desc, segment_id, id"
    _rec_name = "segment_id"
    _log_access = False

    segment_id = fields.Many2one(
        "customer.sheet.segment", required=True, readonly=True, ondelete="cascade"
    )
    day = fields.Date(required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="Of the records; empty for those of no company.",
    )
    count = fields.Integer("Records", readonly=True)

    _once = models.UniqueIndex("(segment_id, day, COALESCE(company_id, 0))")

    @api.model
    def _cron_count(self):
        """Count who is in the followed segments today, once; the past stays as it was."""
        today = clock.common_today(self.env)
        for host, _label in HOSTS:
            segments = self.env["customer.sheet.segment"]._tracked(host)
            if segments:
                self._count(segments, host, today)
        self._thin_out(today)

    @api.model
    def _count(self, segments, host, day):
        segments.flush_recordset()
        self.env[host].flush_model(["company_id"])
        self.env.execute_query(
            SQL(
                """
                WITH counted AS (
                    SELECT m.segment_id, h.company_id, count(*) AS count
                      FROM (%(members)s) m JOIN %(host)s h ON h.id = m.record_id
                     GROUP BY m.segment_id, h.company_id)
                INSERT INTO customer_sheet_segment_count (day, segment_id, company_id, count)
                SELECT %(day)s, * FROM counted
                 UNION ALL
                SELECT %(day)s, s.id, s.company_id, 0
                  FROM customer_sheet_segment s
                 WHERE s.id IN %(segments)s
                   AND NOT EXISTS (SELECT 1 FROM counted c WHERE c.segment_id = s.id)
                    ON CONFLICT DO NOTHING
                RETURNING id
                """,
                members=segments._membership_sql(),
                host=SQL.identifier(self.env[host]._table),
                day=day,
                segments=segments._ids,
            )
        )

    @api.model
    def _thin_out(self, today):
        """Delete old counts but those of the last day of each month."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM customer_sheet_segment_count"
                " WHERE day < %s AND extract(month FROM day) = extract(month FROM day + 1)",
                today - DAYS_KEPT,
            )
        )
