"""Whose time is over, as one statement over contacts and leads.

A person is a contact, or a lead that no contact of a person stands behind.  Whoever shares an
e-mail address or a person of the ledger counts together: what one of them does keeps all of them.
"""

from odoo.tools import SQL

from ...sheet.catalogue.plan_question import CUSTOMER_MATURITIES
from .acts import last_acts

TRUE = SQL("TRUE")


def people(env, partner_ids=None, lead_ids=None):
    """Return the SELECT of people, a row each.

    ``partner_id`` or ``lead_id``, both as ``key`` (of a lead less than nothing), ``company_id``,
    ``reference``, ``country_id``, ``typology``,
    ``status`` (prospect or customer), ``act`` (see :func:`.acts.last_acts`), ``clock`` (the day
    from which time runs), ``email``, ``restricted_on``, ``restricted_until``,
    ``restricted_ground``

    :param partner_ids: only these contacts; all of them where there are none
    :param lead_ids: only these leads
    """
    return SQL(
        """
        WITH partner_act AS MATERIALIZED (%(partner_acts)s),
        lead_act AS MATERIALIZED (%(lead_acts)s),
        bought AS MATERIALIZED (%(bought)s),
        one AS MATERIALIZED (%(contacts)s UNION ALL %(leads)s),
        by_email AS (
            SELECT email, max(act) AS act, max(since) AS since, max(bought_on) AS bought_on,
                   bool_or(is_customer) AS is_customer
              FROM one WHERE email IS NOT NULL GROUP BY email HAVING count(*) > 1
        ), linked AS (
            SELECT DISTINCT k.root_id, o.key, o.act, o.since, o.bought_on, o.is_customer
              FROM customer_sheet_consent_subject_link k
              JOIN one o ON o.key = COALESCE(k.partner_id, -k.lead_id)
        ), by_root AS (
            SELECT root_id, max(act) AS act, max(since) AS since, max(bought_on) AS bought_on,
                   bool_or(is_customer) AS is_customer
              FROM linked GROUP BY root_id HAVING count(*) > 1
        ), of_root AS (
            SELECT l.key, max(r.act) AS act, max(r.since) AS since,
                   max(r.bought_on) AS bought_on, bool_or(r.is_customer) AS is_customer
              FROM linked l JOIN by_root r USING (root_id) GROUP BY 1
        ), whole AS (
            SELECT o.*, GREATEST(o.act, e.act, r.act) AS last,
                   GREATEST(o.since, e.since, r.since) AS first,
                   GREATEST(o.bought_on, e.bought_on, r.bought_on) AS bought,
                   o.is_customer OR e.is_customer IS TRUE OR r.is_customer IS TRUE AS bought_once
              FROM one o
              LEFT JOIN by_email e ON e.email = o.email
              LEFT JOIN of_root r ON r.key = o.key
        )
        SELECT key, partner_id, lead_id, company_id, reference, country_id, typology,
               email, restricted_on, restricted_until, restricted_ground, last AS act,
               CASE WHEN bought_once THEN 'customer' ELSE 'prospect' END AS status,
               GREATEST(first, left(last, 10)::date, bought) AS clock
          FROM whole
        """,
        partner_acts=last_acts(env, "partner", partner_ids),
        lead_acts=last_acts(env, "lead", lead_ids),
        bought=_bought(env),
        contacts=_contacts(env, partner_ids),
        leads=_leads(env, lead_ids),
    )


def _contacts(env, ids):
    """People with a contact: neither companies and their addresses, nor who works for us or for a
    supplier, which is another purpose."""
    return SQL(
        """
        SELECT p.id AS key, p.id AS partner_id, NULL::int AS lead_id, p.company_id,
               p.sheet_reference AS reference, p.country_id, p.sheet_typology AS typology,
               p.email_normalized AS email, p.sheet_restricted_on AS restricted_on,
               p.sheet_restricted_until AS restricted_until,
               p.sheet_restricted_ground AS restricted_ground,
               GREATEST(a.act, w.act) AS act, p.create_date::date AS since,
               GREATEST(b.last_on, p.sheet_last_order_date) AS bought_on,
               b.partner_id IS NOT NULL OR COALESCE(p.sheet_maturity IN %(customer)s, FALSE)
               OR COALESCE(c.sheet_maturity IN %(customer)s, FALSE) AS is_customer
          FROM res_partner p
          LEFT JOIN res_partner c ON c.id = p.commercial_partner_id AND c.id <> p.id
          LEFT JOIN partner_act a ON a.id = p.id
          LEFT JOIN (SELECT l.partner_id, max(x.act) AS act
                       FROM lead_act x JOIN crm_lead l ON l.id = x.id
                      WHERE l.partner_id IS NOT NULL GROUP BY 1) w ON w.partner_id = p.id
          LEFT JOIN bought b ON b.partner_id = COALESCE(p.commercial_partner_id, p.id)
         WHERE p.is_company IS NOT TRUE AND (p.parent_id IS NULL OR p.type = 'contact')
           AND p.sheet_merged_into_id IS NULL AND p.sheet_erased_on IS NULL
           AND %(only)s AND %(others)s
        """,
        customer=CUSTOMER_MATURITIES,
        only=_only("p", ids),
        others=SQL(" AND ").join(_others(env)),
    )


def _leads(env, ids):
    """People with a lead alone: behind it there is no contact, or that of a company."""
    return SQL(
        """
        SELECT -l.id, NULL::int, l.id, l.company_id, l.sheet_reference, l.country_id,
               l.sheet_typology, l.email_normalized, l.sheet_restricted_on,
               l.sheet_restricted_until, l.sheet_restricted_ground, a.act, l.create_date::date,
               GREATEST(b.last_on, CASE WHEN s.is_won THEN l.date_closed::date END),
               b.partner_id IS NOT NULL OR s.is_won IS TRUE
               OR COALESCE(p.sheet_maturity IN %(customer)s, FALSE)
          FROM crm_lead l
          LEFT JOIN res_partner p ON p.id = l.partner_id
          LEFT JOIN crm_stage s ON s.id = l.stage_id
          LEFT JOIN lead_act a ON a.id = l.id
          LEFT JOIN bought b ON b.partner_id = p.id
         WHERE (p.id IS NULL OR p.is_company) AND l.sheet_merged_into_id IS NULL
           AND COALESCE(l.contact_name, l.email_from, l.phone) IS NOT NULL
           AND l.sheet_erased_on IS NULL AND %(only)s
        """,
        customer=CUSTOMER_MATURITIES,
        only=_only("l", ids),
    )


def _only(alias, ids):
    return SQL("%s = ANY(%s)", SQL.identifier(alias, "id"), list(ids)) if ids is not None else TRUE


def _bought(env):
    """When each commercial entity has bought last, of us or of another of our companies."""
    rows = [SQL("SELECT partner_id, last_on FROM customer_sheet_purchase WHERE orders > 0")]
    if "account.move" in env:
        rows.append(
            SQL(
                "SELECT commercial_partner_id, invoice_date FROM account_move"
                " WHERE state = 'posted' AND move_type IN ('out_invoice', 'out_receipt')"
            )
        )
    return SQL(
        "SELECT partner_id, max(last_on) AS last_on FROM (%s) b WHERE partner_id IS NOT NULL"
        " GROUP BY partner_id",
        SQL(" UNION ALL ").join(rows),
    )


def _others(env):
    """Yield the conditions that somebody is no prospect or customer, but of another kind."""
    yield SQL(
        "p.id NOT IN (SELECT partner_id FROM res_users WHERE NOT share UNION"
        " SELECT partner_id FROM res_company UNION SELECT u.partner_id FROM res_users u"
        " JOIN res_groups_users_rel r ON r.uid = u.id AND r.gid = %s)",
        env.ref("base.group_public").id,
    )
    if "supplier_rank" in env["res.partner"]._fields:
        yield SQL("COALESCE(p.supplier_rank, 0) = 0 AND COALESCE(c.supplier_rank, 0) = 0")
    if "hr.employee" in env:
        yield SQL("NOT EXISTS (SELECT FROM hr_employee h WHERE h.work_contact_id = p.id)")
