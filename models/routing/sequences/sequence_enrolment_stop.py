from odoo import models
from odoo.tools import SQL

from ...consent.law.fold import REFUSALS


class CustomerSheetSequenceEnrolment(models.Model):
    """What ends a sequence.

    Facts are looked up before anything is sent, in one statement for any number of leads: no
    stock flow pays for it, and what changed past the ORM counts too.
    """

    _inherit = "customer.sheet.sequence.enrolment"

    def _stop_where_needed(self):
        """End those of these enrolments, of all that run if empty, that have a reason to."""
        if self:
            running = self.filtered(lambda enrolment: enrolment.state == "running")
            where = SQL("e.id = ANY(%s)", running.ids)
        else:
            running, where = self, SQL("e.state = 'running'")
        by_reason = {}
        for id_, reason in self._stop_reasons(where).items():
            by_reason.setdefault(reason, []).append(id_)
        for reason, ids in by_reason.items():
            self.browse(ids)._stop(reason)

    def _stop_reasons(self, where):
        """Return ``{id: reason}`` of the enrolments that have to end.

        :param where: SQL condition over the enrolments ``e``
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT *
                  FROM (SELECT e.id, %s AS reason
                          FROM customer_sheet_sequence_enrolment e
                          JOIN customer_sheet_sequence q ON q.id = e.sequence_id
                          JOIN crm_lead l ON l.id = e.lead_id
                         WHERE %s) r
                 WHERE reason IS NOT NULL
                """,
                self._stop_reason_sql(),
                where,
            )
        )
        return dict(rows)

    def _stop_reason_sql(self):
        cases = SQL(" ").join(
            SQL("WHEN %s THEN %s", condition, reason)
            for reason, condition in self._stop_conditions()
        )
        return SQL("CASE %s END", cases)

    def _stop_conditions(self):
        """Return ``[(reason, SQL condition)]``, the first that holds is kept.

        The conditions are over the enrolment ``e``, its sequence ``q`` and its lead ``l``.
        """
        return [
            ("merged", SQL("l.sheet_merged_into_id IS NOT NULL")),
            ("won", SQL("l.won_status = 'won'")),
            ("lost", SQL("l.won_status = 'lost'")),
            ("archived", SQL("NOT l.active")),
            ("withdrawn", self._withdrawn_sql()),
            ("bounce", SQL("COALESCE(l.message_bounce, 0) > COALESCE(e.bounces, 0)")),
            ("reply", self._replied_sql(SQL("e.create_date"))),
            (
                "meeting",
                SQL(
                    "EXISTS (SELECT FROM calendar_event c WHERE c.opportunity_id = l.id"
                    " AND c.active AND c.create_date > e.create_date)"
                ),
            ),
            ("stage", SQL("l.stage_id IS DISTINCT FROM e.stage_id")),
        ]

    def _withdrawn_sql(self, since=None, until=None):
        """Return the SQL condition that the person said no to messages for the purpose."""
        return SQL(
            """
            EXISTS (SELECT
                      FROM customer_sheet_consent_subject_link k
                      JOIN customer_sheet_consent_state s ON s.subject_id = k.root_id
                     WHERE %s
                       AND s.purpose_id = q.purpose_id
                       AND s.channel = 'email'
                       AND s.state IN %s
                       AND s.effective_at > %s
                       AND s.effective_at <= %s)
            """,
            self.env["crm.lead"]._sheet_consent_owner_sql("l", "k"),
            tuple(REFUSALS),
            since or SQL("'-infinity'::timestamp"),
            until or SQL("'infinity'::timestamp"),
        )

    def _replied_sql(self, since, until=None):
        """Return the SQL condition that a person wrote an e-mail who is no colleague.

        On the lead, or on its contact: people answer where they were written to before.
        """
        return SQL(
            """
            EXISTS (SELECT
                      FROM mail_message m
                     WHERE m.message_type = 'email'
                       AND m.sheet_is_automatic IS NOT TRUE
                       AND ((m.model = 'crm.lead' AND m.res_id = l.id)
                           OR (m.model = 'res.partner' AND m.res_id = l.partner_id))
                       AND m.create_date > %s
                       AND m.create_date <= %s
                       AND NOT EXISTS (SELECT
                                         FROM res_users u
                                        WHERE u.partner_id = m.author_id
                                          AND u.share IS NOT TRUE))
            """,
            since,
            until or SQL("'infinity'::timestamp"),
        )
