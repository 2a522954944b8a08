"""The sheets of the records to measure on, filled as a good salesperson leaves them.

Most in sets, past the ORM; only consents are recorded as the application does, since their
events are chained.
"""

from odoo.tools import SQL

#: So many of the last contacts and of the last leads have said what they agree to: forms and
#: saves are measured on these.
TOLD = 1000

#: Lists of values of which one is chosen, and of which two are.
ONE = (
    *("sheet_source_id", "sheet_segment_id", "sheet_first_contact_place_id", "sheet_civility_id"),
    *("sheet_legal_form_id", "sheet_headcount_id", "sheet_revenue_id", "sheet_region_id"),
)
SEVERAL = (
    *("sheet_standard_ids", "sheet_process_ids", "sheet_equipment_ids"),
    *("sheet_safety_constraint_ids", "sheet_constraint_ids", "sheet_integration_ids"),
)

#: What is noted of contacts and leads, in SQL; ``r`` is the record.
BOTH = {
    "sheet_typology": "'b2b'",
    "sheet_sector": "'industry'",
    "sheet_first_contact_date": "current_date - r.id % 300",
    "sheet_department": "'Maintenance'",
    "sheet_phone2": "'+33 4 72 40 ' || lpad((r.id % 10000)::text, 4, '0')",
    "sheet_phone2_status": "'valid'",
    "sheet_preferred_channel": "'phone'",
    "sheet_reachable_hours": "'9:00-12:00'",
    "sheet_linkedin": "'https://www.linkedin.com/in/person-' || r.id",
    "sheet_nace_code": "'25.62'",
    "sheet_site_headcount": "20 + r.id % 200",
    "sheet_site_count": "1 + r.id % 4",
    "sheet_takt": "'40 parts an hour'",
    "sheet_power": "'400 V, 80 kW'",
    "sheet_email_status": "CASE WHEN r.email_normalized IS NOT NULL THEN 'unchecked' END",
    "sheet_email_reason": "CASE WHEN r.email_normalized IS NOT NULL THEN 'reserved' END",
    "sheet_phone_status": "CASE WHEN r.phone_sanitized IS NOT NULL THEN 'valid' END",
    "sheet_status": "'unchecked'",
    "sheet_checked_on": "now() AT TIME ZONE 'UTC'",
}
CONTACT = {
    "sheet_maturity": "'prospect'",
    "sheet_potential_amount": "1000 * (10 + r.id % 90)",
    "sheet_potential_share": "r.id % 60",
}
LEAD = {
    "sheet_company_registry": "'732829320'",
    "sheet_registry_status": "'valid'",
    "sheet_vat": "'FR44732829320'",
    "sheet_vat_status": "'valid'",
    "sheet_tz": "'Europe/Paris'",
    "sheet_need": "'A yearly contract for the maintenance of ' || (2 + r.id % 9) || ' machines'",
    "sheet_use_case": "'Preventive visits, and a hotline on working days.'",
    "sheet_stake": "'Two days of standstill a month.'",
    "sheet_criticality": "'high'",
    "sheet_deadline": "current_date + 10 + r.id % 200",
    "sheet_budget_min": "1000 * (1 + r.id % 20)",
    "sheet_budget_max": "1000 * (5 + r.id % 60)",
    "sheet_constraint_note": "'Work at night only.'",
    "sheet_decision_maker": "'Anne Martin'",
    "sheet_metrics": "'Hours of standstill a month.'",
    "sheet_pain": "'The present supplier comes too late.'",
    "sheet_champion": "'Karim Bernard'",
    "sheet_economic_buyer": "'Sofia Dubois'",
    "sheet_decision_criteria": "'Time to repair, then price.'",
    "sheet_decision_process": "'Three offers, decided by the board.'",
}

STAKEHOLDERS = """
    INSERT INTO customer_sheet_stakeholder (lead_id, sequence, name, function, role, note)
    SELECT l.id, n, (ARRAY['Anne Martin', 'Karim Bernard'])[n], (ARRAY['CEO', 'Buyer'])[n],
           (ARRAY['decision_maker', 'champion'])[n], 'Met at the plant'
      FROM crm_lead l, generate_series(1, 2) n
"""

#: The lead's budget, decision maker and need are confirmed; one answer is not known yet.
ANSWERS = """
    INSERT INTO customer_sheet_answer (lead_id, question_id, state, origin, date, author_id,
        evidence, confirmed_on, reason, reask_date)
    SELECT l.id, q.id, 'confirmed', 'first', now() AT TIME ZONE 'UTC', l.user_id,
           'Said on the phone by the buyer, and written in the minutes of the visit.',
           current_date - l.id % 30, NULL, NULL::date
      FROM crm_lead l, customer_sheet_question q
     WHERE q.code IN ('budget', 'decision_maker', 'need')
     UNION ALL
    SELECT l.id, q.id, 'unknown', 'first', now() AT TIME ZONE 'UTC', l.user_id, NULL, NULL,
           'They will tell at the next visit.', current_date + l.id % 60 - 5
      FROM crm_lead l, customer_sheet_question q
     WHERE q.code = 'product'
"""

DECISIONS = [
    {"purpose": "prospecting", "channel": "email", "state": "given"},
    {"purpose": "prospecting", "channel": "phone", "state": "given"},
]


def fill(env):
    """Fill the sheets of all contacts and leads."""
    for host, noted in (("res.partner", BOTH | CONTACT), ("crm.lead", BOTH | LEAD)):
        _write(env[host], noted)
        _link(env[host])
    env.cr.execute(STAKEHOLDERS)
    env.cr.execute(ANSWERS)
    env.invalidate_all()
    for host in ("res.partner", "crm.lead"):
        records = env[host].search([], order="id desc", limit=TOLD)
        records._sheet_consent_record(DECISIONS, method="phone", label="May we call you?")


def _write(records, noted):
    """Write ``{column: SQL}`` on all records, and one value of each list."""
    chosen = [
        SQL("%s = %s", SQL.identifier(name), _option(records._fields[name].sheet_kind, 0))
        for name in ONE
    ]
    # a column that another version of the module does not have is left out
    given = [
        SQL("%s = %s", SQL.identifier(name), SQL(value.replace("%", "%%")))
        for name, value in noted.items()
        if name in records._fields
    ]
    table = SQL.identifier(records._table)
    values = SQL(", ").join([*given, *chosen])
    records.env.cr.execute(SQL("UPDATE %s r SET %s FROM %s", table, values, _lists()))


def _link(records):
    """Choose two values of each list of several."""
    for name in SEVERAL:
        field = records._fields.get(name)
        if field:
            records.env.cr.execute(
                SQL(
                    "INSERT INTO %s (%s, %s) SELECT r.id, %s FROM %s r, %s"
                    " UNION SELECT r.id, %s FROM %s r, %s",
                    *map(SQL.identifier, (field.relation, field.column1, field.column2)),
                    *(_option(field.sheet_kind, 0), SQL.identifier(records._table), _lists()),
                    *(_option(field.sheet_kind, 1), SQL.identifier(records._table), _lists()),
                )
            )


def _lists():
    """Return the ids of each list as one row of arrays by kind."""
    return SQL(
        "(SELECT jsonb_object_agg(kind, ids) AS of FROM (SELECT kind, jsonb_agg(id) AS ids"
        " FROM customer_sheet_option WHERE active GROUP BY kind) k) lists"
    )


def _option(kind, after):
    """Return the SQL of a value of a list, another one from record to record."""
    return SQL(
        "(lists.of->%(kind)s->>((r.id + %(after)s)"
        " %% jsonb_array_length(lists.of->%(kind)s))::int)::int",
        kind=kind,
        after=after,
    )
