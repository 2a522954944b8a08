"""Figures at scale: what a night and a dashboard take."""

import time
from statistics import quantiles

#: Records of all kinds, by SQL: half of the contacts consumers, a tenth of them with a twin.
ROWS = """
    INSERT INTO res_partner (name, complete_name, email, email_normalized, phone, type, active,
           color, partner_share, is_company, user_id, company_id, sheet_typology, sheet_sector,
           sheet_source_id, sheet_completeness, sheet_missing, sheet_email_status,
           sheet_phone_status, sheet_registry_status, company_registry, create_uid, write_uid,
           create_date, write_date)
    SELECT 'Figured ' || n, 'Figured ' || n, n || '@example.com', n || '@example.com', '+33612',
           'contact', n %% 20 > 0, 0, true, n %% 2 = 0, (%(users)s::int[])[1 + n %% 50], NULL,
           CASE WHEN n %% 2 = 0 THEN 'b2b' ELSE 'b2c' END,
           (ARRAY['industry', 'retail', 'saas', NULL])[1 + n %% 4],
           (%(sources)s::int[])[1 + n %% 10],
           CASE WHEN n %% 3 = 0 THEN 100 ELSE 60 END,
           CASE WHEN n %% 3 > 0 THEN '["need", "tz"]'::jsonb END,
           (ARRAY['valid', 'doubtful', 'invalid', 'unchecked'])[1 + n %% 4], 'valid', 'valid',
           CASE WHEN n %% 2 = 0 THEN '123' || n END, 1, 1, now() - n %% 900 * interval '1 day',
           now()
      FROM generate_series(1, %(contacts)s) n;
    UPDATE res_partner SET commercial_partner_id = id WHERE commercial_partner_id IS NULL;
    INSERT INTO crm_lead (name, type, active, user_id, company_id, team_id, stage_id, email_from,
           phone, won_status, probability, date_closed, sheet_typology, sheet_sector,
           sheet_source_id, sheet_completeness, sheet_missing, sheet_email_status,
           sheet_phone_status, sheet_mql_at, sheet_qualified_at, create_uid, write_uid,
           create_date, write_date)
    SELECT 'Figured ' || n, 'opportunity', n %% 5 > 0, (%(users)s::int[])[1 + n %% 50], NULL,
           %(team)s,
           %(stage)s, n || '@example.com', '+33612',
           CASE WHEN n %% 5 = 0 THEN 'lost' WHEN n %% 5 = 1 THEN 'won' ELSE 'pending' END, 10,
           CASE WHEN n %% 5 < 2 THEN now() - n %% 400 * interval '1 day' END, 'b2b',
           (ARRAY['industry', 'retail', 'saas', NULL])[1 + n %% 4],
           (%(sources)s::int[])[1 + n %% 10],
           60, '["need"]', 'valid', 'doubtful', now() - n %% 300 * interval '1 day',
           CASE WHEN n %% 3 = 0 THEN now() - n %% 250 * interval '1 day' END, 1, 1,
           now() - n %% 400 * interval '1 day', now()
      FROM generate_series(1, %(leads)s) n;
    INSERT INTO customer_sheet_duplicate (node1, node2, partner1_id, partner2_id, kind, score,
           band, state)
    SELECT p.id, p.id + 1, p.id, p.id + 1, 'duplicate', 90, 'certain', 'new'
      FROM res_partner p JOIN res_partner n ON n.id = p.id + 1
     WHERE p.id %% 10 = 0 AND p.name LIKE 'Figured %%';
    INSERT INTO customer_sheet_consent_subject (uuid) SELECT 'figured-' || id FROM res_partner
     WHERE name LIKE 'Figured %%' AND id %% 3 = 0;
    INSERT INTO customer_sheet_consent_subject_link (subject_id, root_id, partner_id)
    SELECT id, id, split_part(uuid, '-', 2)::int FROM customer_sheet_consent_subject
     WHERE uuid LIKE 'figured-%%';
    INSERT INTO customer_sheet_consent_state (subject_id, purpose_id, channel, state, effective_at)
    SELECT s.id, p.id, 'email', CASE WHEN s.id %% 2 = 0 THEN 'given' ELSE 'refused' END, now()
      FROM customer_sheet_consent_subject s, customer_sheet_consent_purpose p
     WHERE s.uuid LIKE 'figured-%%' AND p.is_marketing;
"""
#: Openings of the dashboard.
ROUNDS = 30
NAMES = (
    "name words shown counts missing todo target_shown target_state change change_state"
    " change_year points is_own has_history failure"
)


def fill(env, contacts, leads):
    """Make records, and people who have a fiftieth of them each."""
    users = env["res.users"].create(
        [
            {
                "name": f"Figured {number}",
                "login": f"figured{number}",
                "group_ids": [(6, 0, env.ref("sales_team.group_sale_salesman").ids)],
            }
            for number in range(50)
        ]
    )
    sources = env["customer.sheet.option"].search([("kind", "=", "source")], limit=10)
    values = {
        "contacts": contacts,
        "leads": leads,
        "users": users.ids,
        "sources": sources.ids,
        "team": env["crm.team"].search([], limit=1).id,
        "stage": env["crm.stage"].search([], limit=1).id,
    }
    env.flush_all()
    # the foreign keys of a table with five rows were checked without its index, and would be on
    env.cr.execute("DISCARD PLANS")
    env.cr.execute(ROWS, values)
    env.invalidate_all()
    return {}


def night(env):
    """Freeze every figure; return the seconds, in all and of each."""
    kpis = env["customer.sheet.kpi"]
    kpis._declare()
    kpis.search([]).counted_on = False
    env["customer.sheet.kpi.value"].search([]).unlink()
    env.flush_all()
    each, start = {}, time.perf_counter()
    for kpi in kpis.search([("is_declared", "=", True)]):
        began = time.perf_counter()
        kpi._freeze_or_note(env.cr.now().date())
        if kpi.failure:
            raise ValueError(f"{kpi.code}: {kpi.failure}")
        each[kpi.code] = time.perf_counter() - began
    return {"seconds": time.perf_counter() - start, "each": each}


def dashboard(env):
    """Open the dashboard of somebody who sees all, and of a salesperson: milliseconds, queries."""
    found = {}
    rep = env["res.users"].search([("login", "=", "figured1")])
    for who, user in (("all", env.ref("base.user_admin")), ("own", rep)):
        kpis = env["customer.sheet.kpi"].with_user(user)
        times = []
        for _round in range(ROUNDS + 1):
            env.invalidate_all()
            queries, start = env.cr.sql_log_count, time.perf_counter()
            kpis.web_search_read([("is_declared", "=", True)], {n: {} for n in NAMES.split()})
            times.append(1000 * (time.perf_counter() - start))
            queries = env.cr.sql_log_count - queries
        found[who] = {"p95": quantiles(times[1:], n=20)[-1], "queries": queries}
    return found
