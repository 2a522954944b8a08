"""The search for duplicates at scale: what is measured, and the customers to measure it on."""

import random
import time
from statistics import quantiles

from odoo.fields import Command

#: Customers made and written at once.
CHUNK = 20_000
#: The share of family names of which a big database has few each.
RARE = 0.7
#: Searches of the form, and records changed at once.
SEARCHES, CHANGES = 400, 1000
#: People who type at once.
TYPISTS = 10
#: Tables that an import and the job fill.
FILLED = ("match_key", "match_profile", "match_dirty", "match_shared", "duplicate")

INSERT = """
    INSERT INTO res_partner (name, complete_name, email, email_normalized, phone, phone_sanitized,
        street, zip, city, country_id, is_company, company_registry, vat, website,
        sheet_birthdate, type, active, color, partner_share, create_uid, write_uid, create_date,
        write_date)
    SELECT r.name, r.name, r.email, lower(r.email), r.phone, r.phone, r.street, r.zip, r.city,
           c.id, r.is_company, r.registry, r.vat, r.website, r.birth, 'contact', true, 0, true,
           1, 1, now(), now()
      FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[],
                  %s::text[], %s::bool[], %s::text[], %s::text[], %s::text[], %s::date[])
           AS r(name, email, phone, street, zip, city, country, is_company, registry, vat,
                website, birth)
      LEFT JOIN res_country c ON c.code = r.country
"""
COMMERCIAL = "UPDATE res_partner SET commercial_partner_id = id WHERE commercial_partner_id IS NULL"


def fill(env, count):
    """Make so many contacts: private persons, companies and their people, some of them twice."""
    # only here: the database without the module does not have it on its path
    from odoo.addons.crm_customer_sheet.benchmarks.quality import generator

    done, seed = 0, 0
    while done < count:
        size, seed = min(CHUNK, count - done), seed + 1
        make = generator.companies if seed % 3 == 0 else generator.people
        facts = [each for _entity, each in make(size, f"bench {seed}", RARE)][:size]
        env.cr.execute(INSERT, _columns(facts))
        done += len(facts)
    env.cr.execute(COMMERCIAL)


def _columns(facts):
    phones = [(each.phones or ("",))[0] for each in facts]
    return [
        [each.person or each.firm for each in facts],
        [each.email or None for each in facts],
        [phone if phone.startswith("+") else None for phone in phones],
        *([getattr(each, name) or None for each in facts] for name in ("street", "zip", "city")),
        [each.country for each in facts],
        [each.is_company for each in facts],
        *([getattr(each, name) or None for each in facts] for name in ("registry", "vat")),
        [each.website or None for each in facts],
        [each.birth or None for each in facts],
    ]


def keys(env):
    """Give all records their keys, as the scheduled action does after the install."""
    pairs = env["customer.sheet.duplicate"]
    for host in ("res.partner", "crm.lead"):
        env["ir.config_parameter"].set_param(f"crm_customer_sheet.match_filled.{host}", "0")
    start, done = time.perf_counter(), 0
    while (cursor := pairs._filled_up_to("res.partner")) is not None:
        done += pairs._fill_batch("res.partner", cursor)
        env.cr.commit()
    seconds = time.perf_counter() - start
    env["ir.config_parameter"].set_param("crm_customer_sheet.match_filled.crm.lead", "done")
    env.cr.execute("SELECT count(*) FROM customer_sheet_match_key")
    [count] = env.cr.fetchone()
    return _figure(seconds, f"{done:,} contacts, {count:,} keys")


def rebuild(env):
    """Match everything anew."""
    start = time.perf_counter()
    env["customer.sheet.duplicate"]._rebuild()
    env.cr.commit()
    seconds = time.perf_counter() - start
    env.cr.execute(
        "SELECT count(*), count(*) FILTER (WHERE band = 'certain') FROM customer_sheet_duplicate"
    )
    found, certain = env.cr.fetchone()
    return _figure(seconds, f"{found:,} pairs, {certain:,} certain")


def changes(env):
    """Match the records that changed."""
    env.cr.execute(
        "INSERT INTO customer_sheet_match_dirty (node) SELECT node FROM"
        " customer_sheet_match_profile TABLESAMPLE SYSTEM (20) LIMIT %s",
        [CHANGES],
    )
    start = time.perf_counter()
    done = env["customer.sheet.duplicate"]._match_dirty()
    env.cr.commit()
    return _figure(time.perf_counter() - start, f"{done:,} contacts")


def find(env):
    """Search what is being typed, as the form does."""
    times = []
    for values in _some(env):
        env.invalidate_all()
        exclude = {"model": "res.partner", "id": False}
        start = time.perf_counter()
        env["customer.sheet.match.key"].find(values, None, exclude)
        times.append(1000 * (time.perf_counter() - start))
    cuts = quantiles(times, n=100)
    told = f"p50 {cuts[49]:.1f} ms, p95 {cuts[94]:.1f} ms, p99 {cuts[98]:.1f} ms"
    return {**_figure(sum(times) / 1000, told), "p50": cuts[49], "p95": cuts[94]}


def _some(env):
    """Return the values of some customers, as forms have them."""
    env.cr.execute(
        "SELECT id FROM res_partner TABLESAMPLE SYSTEM (10) WHERE partner_share LIMIT 5000"
    )
    ids = random.Random(1).sample([row[0] for row in env.cr.fetchall()], SEARCHES)
    names = ["name", "email", "phone", "zip", "city", "street", "is_company", "company_registry"]
    return env["res.partner"].browse(ids).read([*names, "country_id"], load=None)


def learn(env):
    """Learn what the findings are worth, as the button of the rules does."""
    start = time.perf_counter()
    learning = env["customer.sheet.match.learning"]._learn()
    env.cr.commit()
    told = f"{learning.pair_count:,} pairs of {learning.record_count:,} contacts"
    return _figure(time.perf_counter() - start, told)


def typists(env):
    """Make ten salespeople, whose passwords are their logins; return what they will type."""
    groups = [
        Command.link(env.ref(f"sales_team.group_sale_salesman{more}").id)
        for more in ("", "_all_leads")
    ]
    logins = [f"typist_{number}" for number in range(TYPISTS)]
    for login in logins:
        user = {"name": login, "login": login, "password": login, "group_ids": groups}
        env["res.users"].with_context(no_reset_password=True).create(user)
    return {"logins": logins, "customers": _some(env)}


def cold(env, count):
    """Match so many contacts right after their import, then again with statistics of all."""
    for table in ("res_partner", *(f"customer_sheet_{name}" for name in FILLED)):
        env.cr.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = false)")
    env.cr.execute("SELECT max(id) FROM res_partner")
    [last] = env.cr.fetchone()
    _match_all(env, [last])  # what a process does once does not count
    fill(env, count)
    env.cr.execute("SELECT id FROM res_partner WHERE id > %s", [last])
    ids = [record_id for (record_id,) in env.cr.fetchall()]
    for start in range(0, len(ids), CHUNK):
        env["res.partner"]._sheet_match_store(ids[start : start + CHUNK], mark=False)
    env.cr.commit()
    seconds = _match_all(env, ids)
    env.cr.execute("SELECT count(*) FROM customer_sheet_duplicate")
    [found] = env.cr.fetchone()
    env.cr.execute("DELETE FROM customer_sheet_duplicate")
    env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()
    warm = _match_all(env, ids)
    return {**_figure(seconds, f"{count:,} contacts, {found:,} pairs"), "warm": warm}


def _match_all(env, ids):
    """Return the seconds that the job takes for these contacts."""
    env.cr.execute("INSERT INTO customer_sheet_match_dirty (node) SELECT unnest(%s::int[])", [ids])
    env.cr.commit()
    start = time.perf_counter()
    while env["customer.sheet.duplicate"]._match_dirty():
        env.cr.commit()
    return time.perf_counter() - start


def _figure(seconds, told):
    return {"seconds": seconds, "told": told}


STEPS = {
    "keys": keys,
    "rebuild": rebuild,
    "rebuild again": rebuild,
    "changes": changes,
    "find": find,
    "learn": learn,
}
