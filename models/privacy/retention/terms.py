"""Which rule fits each person, when their time is over, and what still keeps them, as SQL."""

from odoo.tools import SQL

from ...consent.law.fold import GRANTS
from ..requests.words import OPEN
from .people import people

#: Who is restricted on one of these grounds is dealt with: their end is planned already.
CLOSED_OFF = ("duty", "claims", "restored")


def terms(env, rules, today, partner_ids=None, lead_ids=None):
    """Return a WITH of ``person``, everybody, ``ruled``, those with a rule, and ``due``.

    ``due`` are those whose time is over, or so near that they are asked first: ``key``,
    ``partner_id`` or ``lead_id``, ``company_id``, ``reference``, ``rule_id``, ``act_on`` and
    ``act_kind`` (what they did last), ``term_on`` (when their time is over), ``action`` (ask,
    erase, restrict, keep), ``because`` with ``purpose_id`` and ``until`` (what keeps them, or what
    is kept of them)

    :param rules: the rules that count, in their order
    :param today: the day on which this is asked
    :param partner_ids: only these contacts, see :func:`.people.people`
    """
    return SQL(
        """
        WITH person AS MATERIALIZED (%(people)s),
        ruled AS (
            SELECT p.*, r.id AS rule_id, r.ask_days, r.afterwards, r.more_months,
                   r.ask_purpose_id IS NOT NULL AS asks,
                   (p.clock + make_interval(months => r.months))::date AS term_on
              FROM person p JOIN customer_sheet_retention_rule r ON r.id = %(fitting)s
             WHERE p.restricted_on IS NULL OR p.restricted_ground NOT IN %(closed_off)s
        ), near AS MATERIALIZED (
            SELECT * FROM ruled
             WHERE term_on - CASE WHEN asks THEN ask_days ELSE 0 END <= %(today)s
        ), held AS (
            SELECT partner_id, max(until) AS until FROM (%(held)s) h
             WHERE until >= %(today)s GROUP BY partner_id
        ), agreed AS (
            SELECT DISTINCT ON (n.key) n.key, s.purpose_id,
                   (GREATEST(s.effective_at::date, n.clock)
                    + make_interval(months => c.retention_months))::date AS until
              FROM near n
              JOIN customer_sheet_consent_subject_link k
                ON COALESCE(k.partner_id, -k.lead_id) = n.key
              JOIN customer_sheet_consent_state s ON s.subject_id = k.root_id
              JOIN customer_sheet_consent_purpose c ON c.id = s.purpose_id
             WHERE s.state IN %(grants)s AND c.retention_months > 0
               AND (s.expires_at IS NULL OR s.expires_at > now() AT TIME ZONE 'UTC')
             ORDER BY n.key, until DESC
        ), asking AS (
            SELECT partner_id AS key FROM customer_sheet_request WHERE state IN %(open)s
             UNION SELECT -lead_id FROM customer_sheet_request WHERE state IN %(open)s
        ), decided AS (
            SELECT COALESCE(partner_id, -lead_id) AS key, max(asked_on) AS asked_on,
                   max(asked_on) FILTER (WHERE outcome = 'asked') AS mailed_on,
                   max(keep_until) AS keep_until
              FROM customer_sheet_retention_line
             WHERE asked_on IS NOT NULL OR keep_until IS NOT NULL GROUP BY 1
        ), judged AS (
            SELECT n.*, h.until AS held_until, a.purpose_id, a.until AS agreed_until,
                   d.keep_until, d.mailed_on,
                   q.key IS NOT NULL AS is_asking,
                   n.asks AND n.email IS NOT NULL AND NOT EXISTS (
                       SELECT FROM mail_blacklist b WHERE b.email = n.email AND b.active
                   ) AS can_ask,
                   d.asked_on IS NOT NULL AND d.asked_on >= n.clock AS is_asked
              FROM near n
              LEFT JOIN held h ON h.partner_id = n.partner_id
              LEFT JOIN agreed a ON a.key = n.key
              LEFT JOIN asking q ON q.key = n.key
              LEFT JOIN decided d ON d.key = n.key
        ), settled AS (
            SELECT *, CASE
                   WHEN keep_until >= %(today)s THEN 'officer'
                   WHEN is_asking THEN 'request'
                   WHEN restricted_on IS NOT NULL THEN 'restricted'
                   WHEN agreed_until > %(today)s THEN 'purpose'
                   WHEN is_asked AND mailed_on + ask_days > %(today)s THEN 'asked'
                   END AS kept
              FROM judged
        ), due AS (
            SELECT key, partner_id, lead_id, company_id, reference, rule_id,
                   left(act, 10)::date AS act_on, split_part(act, ' ', 2) AS act_kind, term_on,
                   CASE WHEN kept IS NOT NULL THEN 'keep'
                        WHEN can_ask AND NOT is_asked THEN 'ask'
                        ELSE afterwards END AS action,
                   CASE WHEN kept IS NOT NULL THEN kept
                        WHEN held_until IS NOT NULL THEN 'document' END AS because,
                   CASE WHEN kept = 'purpose' THEN purpose_id END AS purpose_id,
                   CASE kept WHEN 'officer' THEN keep_until
                             WHEN 'request' THEN NULL
                             WHEN 'restricted' THEN restricted_until
                             WHEN 'purpose' THEN agreed_until
                             WHEN 'asked' THEN mailed_on + ask_days
                             ELSE GREATEST(held_until, CASE WHEN afterwards = 'restrict' THEN
                                  (%(today)s + make_interval(months => more_months))::date END)
                             END AS until
              FROM settled
             WHERE term_on <= %(today)s OR (kept IS NULL AND can_ask AND NOT is_asked)
        )
        """,
        people=people(env, partner_ids, lead_ids),
        fitting=rules._fitting_sql("p"),
        closed_off=CLOSED_OFF,
        today=today,
        held=env["customer.sheet.person"]._held_sql(),
        grants=tuple(GRANTS),
        open=tuple(OPEN),
    )
