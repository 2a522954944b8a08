from odoo import api, fields, models
from odoo.tools import SQL

from ...sheet import clock
from ...sheet.resumable import go_on
from ...sheet.statistics import refresh_statistics
from ..pillars.dates import STAMPS
from . import lead_score

#: Leads scored between two commits.
BATCH = 1000


class CrmLead(models.Model):
    """The scores of a whole set, by the same function as those of a lead being saved.

    Write dates stay as they are; a set costs as many queries as one lead.
    """

    _inherit = "crm.lead"

    @api.model
    def _sheet_rescore_leads(self, ids):
        """Count the recent signals of these leads and score them again.

        :param ids: a list of ids, of a batch that fits in memory
        :return: the number of leads scored
        """
        self.env.flush_all()
        refresh_statistics(self.env, count=len(ids))
        leads = self.sudo().with_context(active_test=False, lang=None).browse(ids).exists()
        rules = self.env["customer.sheet.score.factor"]._rules()
        signals = leads._sheet_signals(rules)
        facts = {}
        own = self.env.company
        for zone, some in leads.grouped(lambda lead: clock.zone_of(lead.company_id or own)).items():
            facts |= some.with_context(tz=str(zone))._sheet_score_facts(signals)
        totals = {lead.id: lead_score.score(facts[lead.id], rules)[0] for lead in leads}
        hot = leads._sheet_getting_hot(totals)
        leads._sheet_store_scores(totals, signals)
        self.env.invalidate_all(flush=False)
        hot._sheet_call_now()
        return len(leads)

    def _sheet_signals(self, rules):
        """Return ``{id: number of messages of the customer, meetings and answers}``, recent ones.

        In one query, and only of the leads that have any.
        """
        rule = rules.get("engagement")
        if not rule or not self:
            return {}
        since = fields.Datetime.subtract(fields.Datetime.now(), days=rule.days)
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT s.lead_id, count(*) FROM (
                        SELECT m.res_id AS lead_id FROM mail_message m
                          LEFT JOIN mail_message_subtype t ON t.id = m.subtype_id
                         WHERE m.model = 'crm.lead' AND m.res_id = ANY(%(ids)s)
                           AND m.date >= %(since)s AND m.sheet_is_automatic IS NOT TRUE
                           AND (m.message_type = 'email'
                                OR m.message_type = 'comment' AND t.internal IS NOT TRUE)
                           AND NOT EXISTS (SELECT 1 FROM res_users u
                                            WHERE u.partner_id = m.author_id
                                              AND u.share IS NOT TRUE)
                        UNION ALL
                        SELECT e.opportunity_id FROM calendar_event e
                         WHERE e.opportunity_id = ANY(%(ids)s) AND e.active AND e.start >= %(since)s
                        UNION ALL
                        SELECT a.lead_id FROM customer_sheet_answer a
                         WHERE a.lead_id = ANY(%(ids)s) AND a.date >= %(since)s
                           AND a.state <> 'unknown'
                    ) s GROUP BY s.lead_id
                    """,
                    ids=self.ids,
                    since=since,
                )
            )
        )

    def _sheet_getting_hot(self, totals):
        """Return the leads that get hot; new weights of the factors announce nothing."""
        factors = self.env["customer.sheet.score.factor"]
        changed = factors.search([], order="write_date desc", limit=1).write_date
        return self.filtered(
            lambda lead: (
                lead.sheet_scored_on
                and lead.sheet_score is not False
                and (not changed or lead.sheet_scored_on >= changed)
                and lead.won_status == "pending"
                and lead._sheet_gets_hot(totals[lead.id])
            )
        )

    def _sheet_store_scores(self, totals, signals):
        now = fields.Datetime.now()
        stamps = {lead.id: lead._sheet_stamps(totals[lead.id], now) for lead in self}
        columns = {
            "id": self.ids,
            "sheet_score": [str(totals[lead.id]) for lead in self],
            "sheet_engagement": [str(signals.get(lead.id, 0)) for lead in self],
            "sheet_scored_on": [str(self.env.cr.now())] * len(self),
        }
        for name in STAMPS:
            dates = [stamps[lead.id][name] for lead in self]
            columns[name] = [str(date) if date else None for date in dates]
        self._sheet_update_from(columns)

    # -- the hourly job --------------------------------------------------------

    @api.model
    def _cron_sheet_scores(self):
        """Score again the open leads whose facts changed without a save, batch by batch."""
        after = 0

        def step():
            nonlocal after
            ids = self._sheet_due(after)
            done = self._sheet_rescore_leads(ids) if ids else 0
            after = ids[-1] if ids else after
            return done, BATCH if len(ids) == BATCH else 0

        go_on(self.env, step)

    @api.model
    def _sheet_due(self, after):
        """Return the ids of the next open leads to score.

        Once a day all of them, since deadlines come near and signals grow old; before that,
        those with new signals or checks, and all if weights or catalogue have changed.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT l.id FROM crm_lead l,
                       (SELECT GREATEST(
                           %(today)s::timestamp,
                           (SELECT max(write_date) FROM customer_sheet_score_factor),
                           (SELECT max(write_date) FROM customer_sheet_catalogue_version)
                        ) AS at) changed
                 WHERE l.id > %(after)s AND l.active AND l.won_status = 'pending'
                   AND (l.sheet_scored_on IS NULL OR l.sheet_scored_on < changed.at
                        OR l.sheet_checked_on > l.sheet_scored_on
                        OR EXISTS (SELECT 1 FROM mail_message m
                                    WHERE m.model = 'crm.lead' AND m.res_id = l.id
                                      AND m.create_date > l.sheet_scored_on)
                        OR EXISTS (SELECT 1 FROM calendar_event e
                                    WHERE e.opportunity_id = l.id
                                      AND e.write_date > l.sheet_scored_on)
                        OR EXISTS (SELECT 1 FROM customer_sheet_answer a
                                    WHERE a.lead_id = l.id AND a.write_date > l.sheet_scored_on))
                 ORDER BY l.id LIMIT %(limit)s
                """,
                today=clock.last_midnight(self.env),
                after=after,
                limit=BATCH,
            )
        )
        return [lead_id for (lead_id,) in rows]
