"""The records to measure on: the same in both databases, as messy as real ones."""

import random

from odoo import Command

FIRST = ("Anne", "Karim", "Sofia", "Louis", "Fatou", "Jean-Marc", "Inès", "Tom", "Chloé", "Yanis")
LAST = ("Martin", "Bernard", "El Idrissi", "Dubois", "Van Damme", "Diallo", "Laurent", "Roux")
FIRMS = ("Menuiserie {}", "{} Industrie", "Groupe {}", "{} & Fils", "Cabinet {}", "{} Distribution")
CITIES = (("69003", "Lyon"), ("75011", "Paris"), ("33000", "Bordeaux"), ("44000", "Nantes"))
FUNCTIONS = ("Buyer", "CEO", "CFO", "Maintenance manager", "Shop owner")

CONTACTS = """
    INSERT INTO res_partner (name, complete_name, email, email_normalized, phone,
        phone_sanitized, street, zip, city, country_id, lang, function, website, is_company,
        type, active, color, partner_share, create_uid, write_uid, create_date, write_date)
    SELECT name, name, email, nullif(email, 'N/A'), phone, replace(phone, ' ', ''),
           n || ' rue de la Paix', '69003', 'Lyon',
           CASE WHEN n %% 4 > 0 THEN (SELECT id FROM res_country WHERE code = 'FR') END,
           CASE WHEN n %% 3 > 0 THEN 'fr_FR' END, CASE WHEN n %% 5 = 0 THEN 'Buyer' END,
           CASE WHEN n %% 6 = 0 THEN 'https://www.firm' || n || '.example' END,
           n %% 3 = 0, 'contact', true, 0, true, 1, 1, now(), now()
      FROM (SELECT n, CASE WHEN n %% 3 = 0 THEN 'Firm ' ELSE 'Person ' END || n AS name,
                   CASE WHEN n %% 10 = 0 THEN NULL WHEN n %% 25 = 1 THEN 'N/A'
                        ELSE 'contact' || n || '@example.com' END AS email,
                   CASE WHEN n %% 4 > 0
                        THEN '+33 6 ' || lpad((n %% 100000000)::text, 8, '0') END AS phone
              FROM generate_series(1, %(count)s) n) made;
    UPDATE res_partner SET commercial_partner_id = id WHERE commercial_partner_id IS NULL;
    UPDATE res_partner p SET parent_id = f.id, commercial_partner_id = f.id,
           commercial_company_name = f.name, complete_name = f.name || ', ' || p.name
      FROM res_partner f
     WHERE p.name LIKE 'Person %%' AND f.name = 'Firm ' || substr(p.name, 8)::int / 3 * 3
       AND substr(p.name, 8)::int %% 3 = 1;
"""

#: Every third one is of a contact, with what that contact is reached by.
LEADS = """
    INSERT INTO crm_lead (name, type, active, stage_id, team_id, user_id, company_id, priority,
        partner_id, contact_name, partner_name, email_from, email_normalized,
        email_domain_criterion, phone, phone_sanitized, city, country_id, expected_revenue,
        prorated_revenue, probability, automated_probability, won_status, date_open,
        date_last_stage_update, create_uid, write_uid, create_date, write_date)
    SELECT 'Maintenance contract ' || n, 'opportunity', true,
           (SELECT id FROM crm_stage ORDER BY sequence OFFSET n %% 3 LIMIT 1),
           (SELECT min(id) FROM crm_team), %(user)s, (SELECT min(id) FROM res_company),
           (n %% 3)::text, p.id, 'Person ' || n, 'Firm ' || n,
           COALESCE(p.email_normalized, own), COALESCE(p.email_normalized, own),
           '@' || split_part(COALESCE(p.email_normalized, own), '@', 2),
           COALESCE(p.phone, '+33 6 ' || lpad(n::text, 8, '0')),
           COALESCE(p.phone_sanitized, '+336' || lpad(n::text, 8, '0')), 'Lyon',
           (SELECT id FROM res_country WHERE code = 'FR'), n * 10, n, 10, 10, 'pending',
           now(), now(), 1, 1, now() - n * interval '1 minute', now()
      FROM generate_series(1, %(count)s) n
     CROSS JOIN LATERAL (SELECT 'lead' || n || '@firm' || n || '.example' AS own) o
      LEFT JOIN res_partner p ON p.name = 'Person ' || n AND n %% 3 = 1
"""

#: Two leads of three have a next action; every seventh of these is overdue.
ACTIVITIES = """
    INSERT INTO mail_activity (res_model, res_model_id, res_id, res_name, activity_type_id,
        summary, date_deadline, user_id, user_tz, active, create_uid, write_uid, create_date,
        write_date)
    SELECT 'crm.lead', (SELECT id FROM ir_model WHERE model = 'crm.lead'), l.id, l.name,
           (SELECT min(id) FROM mail_activity_type WHERE category = 'phonecall'),
           'Call about the offer', current_date + (l.id %% 20 - 3), %(user)s, 'Europe/Paris',
           true, %(user)s, %(user)s, now(), now()
      FROM crm_lead l
     WHERE l.id %% 3 > 0
"""


def fill(env, contacts, leads):
    """Make a salesperson who sees all leads, and records written past the ORM."""
    user = env["res.users"].create(
        {
            "name": "Salesperson",
            "login": "bench",
            "password": "bench",
            "tz": "Europe/Paris",
            "group_ids": [
                Command.link(env.ref("sales_team.group_sale_salesman_all_leads").id),
                Command.link(env.ref("base.group_partner_manager").id),
            ],
        }
    )
    env["crm.team.member"].create(
        {"user_id": user.id, "crm_team_id": env["crm.team"].search([], limit=1).id}
    )
    env.flush_all()
    env.cr.execute(CONTACTS, {"count": contacts})
    env.cr.execute(LEADS, {"count": leads, "user": user.id})
    env.cr.execute(ACTIVITIES, {"user": user.id})


def lead_values(env, count, seed):
    """Values of new leads, as a form or an import gives them."""
    chance = random.Random(seed)
    country = env.ref("base.fr").id
    return [_lead(chance, country, f"{seed}-{number}") for number in range(count)]


def contact_values(env, count, seed):
    """Values of new contacts: companies, and persons without one."""
    chance = random.Random(seed)
    country = env.ref("base.fr").id
    return [_contact(chance, country, f"{seed}-{number}") for number in range(count)]


def _lead(chance, country, mark):
    zip_code, city = chance.choice(CITIES)
    return {
        "name": f"Maintenance contract {mark}",
        "type": chance.choice(("lead", "opportunity")),
        "contact_name": f"{chance.choice(FIRST)} {chance.choice(LAST)}",
        "partner_name": chance.choice(FIRMS).format(chance.choice(LAST)),
        "email_from": chance.choice((f"lead.{mark}@example.com", "test@test.fr", False)),
        "phone": chance.choice(("+33 6 12 34 56 78", "04 78 12 34 56", "0000", False)),
        "function": chance.choice(FUNCTIONS),
        "zip": zip_code,
        "city": city,
        "country_id": country,
        "expected_revenue": chance.choice((0, 1500, 25000)),
        "description": chance.choice((False, "<p>Wants a yearly contract.</p>", "<p>xxx</p>")),
    }


def _contact(chance, country, mark):
    zip_code, city = chance.choice(CITIES)
    company = chance.random() < 0.4
    person = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    return {
        "name": chance.choice(FIRMS).format(mark) if company else f"{person} {mark}",
        "is_company": company,
        "email": chance.choice((f"contact.{mark}@example.com", "N/A", False)),
        "phone": chance.choice(("+33 6 12 34 56 78", "04 78 12 34 56", False)),
        "street": "12 rue de la Paix",
        "zip": zip_code,
        "city": city,
        "country_id": country,
        "lang": "fr_FR",
        "function": False if company else chance.choice(FUNCTIONS),
        "website": "https://www.example.com" if company else False,
        "vat": False,
    }
