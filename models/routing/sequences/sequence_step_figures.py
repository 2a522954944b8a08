from odoo import fields, models
from odoo.tools import SQL

#: What became of a message or task, as columns of a row for each step.
FIGURES = ("sent", "opened", "clicked", "replied", "unsubscribed", "failed")


class CustomerSheetSequenceStep(models.Model):
    """What came of each step.

    A reply or an objection counts for the last message before it, also after the sequence.
    """

    _inherit = "customer.sheet.sequence.step"

    sent_count = fields.Integer("Sent", compute="_compute_figures", help="Tasks: planned.")
    opened_count = fields.Integer("Opened", compute="_compute_figures")
    clicked_count = fields.Integer("Clicked", compute="_compute_figures")
    replied_count = fields.Integer("Replied", compute="_compute_figures")
    unsubscribed_count = fields.Integer("Unsubscribed", compute="_compute_figures")
    failed_count = fields.Integer(
        "Failed", compute="_compute_figures", help="Failed, not allowed or perhaps sent."
    )
    sequence_is_tracked = fields.Boolean(related="sequence_id.is_tracked")

    def _compute_figures(self):
        figures = self._figures()
        for step in self:
            values = figures.get(step._origin.id, (0,) * len(FIGURES))
            for name, value in zip(FIGURES, values, strict=True):
                step[f"{name}_count"] = value

    def _figures(self):
        """Return ``{step id: figures}``, in the order of ``FIGURES``."""
        ids = tuple(self._origin.ids)
        if not ids:
            return {}
        self.env.flush_all()
        enrolments = self.env["customer.sheet.sequence.enrolment"]
        since, until = SQL("x.done_at"), SQL("COALESCE(x.next_at, 'infinity'::timestamp)")
        opened, clicked, joined = self._tracked_sql()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT x.step_id,
                       count(*) FILTER (WHERE x.state IN ('sent', 'done')),
                       count(*) FILTER (WHERE %(opened)s),
                       count(*) FILTER (WHERE %(clicked)s),
                       count(*) FILTER (WHERE x.state = 'sent' AND %(replied)s),
                       count(*) FILTER (WHERE x.state = 'sent' AND %(withdrawn)s),
                       count(*) FILTER (WHERE x.state IN ('failed', 'refused', 'unclear'))
                  FROM (SELECT o.*, lead(done_at) OVER (PARTITION BY enrolment_id,
                               state = 'sent' ORDER BY done_at, id) AS next_at
                          FROM customer_sheet_sequence_execution o
                         WHERE o.enrolment_id IN (SELECT f.enrolment_id
                               FROM customer_sheet_sequence_execution f
                              WHERE f.step_id IN %(ids)s)) x
                  JOIN customer_sheet_sequence_enrolment e ON e.id = x.enrolment_id
                  JOIN customer_sheet_sequence q ON q.id = e.sequence_id
                  JOIN crm_lead l ON l.id = e.lead_id %(joined)s
                 WHERE x.step_id IN %(ids)s
                 GROUP BY 1
                """,
                opened=opened,
                clicked=clicked,
                joined=joined,
                replied=enrolments._replied_sql(since, until),
                withdrawn=enrolments._withdrawn_sql(since, until),
                ids=ids,
            )
        )
        return {step_id: figures for step_id, *figures in rows}

    def _tracked_sql(self):
        """Return the conditions "opened" and "clicked", and the joins they need."""
        if "mailing.trace" not in self.env:
            return SQL("FALSE"), SQL("FALSE"), SQL()
        return (
            SQL("t.open_datetime IS NOT NULL"),
            SQL("t.links_click_datetime IS NOT NULL"),
            SQL(
                """
                  LEFT JOIN mail_message n ON n.id = x.mail_message_id
                  LEFT JOIN LATERAL (SELECT max(r.open_datetime) AS open_datetime,
                                            max(r.links_click_datetime) AS links_click_datetime
                                       FROM mailing_trace r
                                      WHERE r.model = 'crm.lead'
                                        AND r.res_id = l.id
                                        AND r.message_id = n.message_id) t ON TRUE
                """
            ),
        )
