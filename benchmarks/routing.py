"""What an import of leads costs, with and without rules that give each of them to somebody."""

import gc
import time

from odoo.fields import Command

import data

#: Leads in one go of an import: what Odoo's import screen sends at once.
BATCH = 2000


def measure(env, count):
    """Import leads twice, and roll back: seconds, queries, and what the rules add to them."""
    rules = _rules(env)
    # whatever Odoo remembers from a first time
    _imported(env, 100, "warm")
    rules.is_on = False
    plain = _imported(env, count, "plain")
    rules.is_on = True
    routed = _imported(env, count, "routed")
    leads = env["crm.lead"].search([("name", "like", " routed-")])
    if not leads or leads.filtered(lambda lead: not lead.user_id):
        raise ValueError("A lead has no owner.")
    return {
        "seconds": routed["seconds"],
        "routed": len(leads),
        "more": routed["seconds"] - plain["seconds"],
        "queries": routed["queries"],
        "more_queries": routed["queries"] - plain["queries"],
    }


def _rules(env):
    salesman = env.ref("sales_team.group_sale_salesman")
    people = env["res.users"].create(
        [
            {"name": f"Rep {n}", "login": f"rep{n}", "group_ids": [Command.set(salesman.ids)]}
            for n in range(10)
        ]
    )
    team = env["crm.team"].create({"name": "Routed", "member_ids": people.ids})
    call = env.ref("mail.mail_activity_data_call")
    basis = {"is_on": True, "team_id": team.id}
    return env["customer.sheet.routing.rule"].create(
        [
            {"name": "Big", "budget_from": 20_000, "strategy": "turn", "priority": "2", **basis},
            {
                **{"name": "Near", "trigger": "deadline", "deadline_days": 30, "is_on": True},
                **{"priority": "2", "activity_type_id": call.id},
            },
            {"name": "Lyon", "domain": "[('city', '=', 'Lyon')]", "strategy": "load", **basis},
            {"name": "Rest", "trigger": "nobody", "strategy": "load", **basis},
        ]
    )


def _imported(env, count, mark):
    """Import in the way of Odoo's import screen, without an owner."""
    gc.collect()
    env.flush_all()
    env.invalidate_all()
    queries, start = env.cr.sql_log_count, time.perf_counter()
    leads = env["crm.lead"].with_context(import_file=True, tracking_disable=True)
    for first in range(0, count, BATCH):
        values = data.lead_values(env, min(BATCH, count - first), f"{mark}-{first}")
        names = [*values[0], "sheet_budget_max", "user_id/.id", "country_id/.id"]
        names.remove("country_id")
        rows = [_row(lead, names, number) for number, lead in enumerate(values)]
        messages = leads.load(names, rows)["messages"]
        if messages:
            raise ValueError(messages[0])
    env.cr.flush()
    return {
        "seconds": time.perf_counter() - start,
        "queries": env.cr.sql_log_count - queries,
    }


def _row(lead, names, number):
    given = {
        **lead,
        "country_id/.id": lead["country_id"],
        "sheet_budget_max": number % 4 * 10_000,
        "user_id/.id": "",
    }
    return [str(given[name] or "") for name in names]
