"""Lists and filters of ours on many records, each as the web client asks for it."""

import functools

from operations import CONTACTS, LEADS, screen

from odoo import Command
from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

OURS = "crm_customer_sheet."
#: Lists of ours, by what they are called and by their action.
LISTS = {
    "leads to correct": "crm_lead_action_quality",
    "contacts to correct": "res_partner_action_quality",
    "next actions": "crm_lead_action_next_action",
    "possible duplicates": "customer_sheet_duplicate_action",
    "routing rules, with their statistics": "customer_sheet_routing_rule_action",
    "routing traces": "customer_sheet_routing_trace_action",
    "what stands of consents": "customer_sheet_consent_state_action",
    "questions": "customer_sheet_question_action",
    "gates": "customer_sheet_gate_action",
}
FORGOTTEN = "customer_sheet_forgotten_action"
GROUPS = ("group_sheet_steward", "group_sheet_manager", "group_sheet_privacy")

#: What makes filters find something: leads of nobody, addresses that do not work, old answers,
#: stages entered unasked; the traces of a year, and many pairs.
ROWS = """
    UPDATE crm_lead SET user_id = NULL WHERE id %% 10 = 0;
    UPDATE crm_lead SET sheet_email_status = 'invalid', sheet_email_reason = 'no_at',
           sheet_status = 'doubtful' WHERE id %% 50 = 0;
    UPDATE crm_lead SET sheet_stale = '["budget"]' WHERE id %% 15 = 0;
    UPDATE crm_lead SET sheet_gate_unasked_on = now() AT TIME ZONE 'UTC' WHERE id %% 20 = 0;
    UPDATE crm_lead SET sheet_budget_max = NULL, sheet_decision_maker = NULL WHERE id %% 8 = 0;
    UPDATE crm_lead SET sheet_deadline = current_date - 3 WHERE id %% 40 = 0;
    UPDATE res_partner SET sheet_email_status = 'invalid', sheet_email_reason = 'no_at',
           sheet_status = 'doubtful' WHERE id %% 50 = 0;
    INSERT INTO customer_sheet_routing_trace (lead_id, kind, event, owner_rule_id, user_id,
           create_uid, create_date)
    SELECT l.id, 'rule', 'created', (SELECT min(id) FROM customer_sheet_routing_rule), l.user_id,
           1, now() - l.id %% 360 * interval '1 day'
      FROM crm_lead l;
    INSERT INTO %(rules)s (%(trace)s, %(rule)s)
    SELECT t.id, t.owner_rule_id FROM customer_sheet_routing_trace t
     WHERE t.owner_rule_id IS NOT NULL;
    INSERT INTO customer_sheet_duplicate (node1, node2, partner1_id, partner2_id, kind, score,
           band, state, found_on, create_date)
    SELECT p.id, n.id, p.id, n.id, 'duplicate', 80 + p.id %% 20,
           (ARRAY['certain', 'probable', 'possible'])[1 + p.id %% 3], 'new', now(), now()
      FROM res_partner p
      JOIN res_partner n ON n.id = p.id + 2 AND NOT n.is_company
     WHERE p.id %% 5 = 0 AND NOT p.is_company AND p.name LIKE 'Person %%';
"""


def fill(env):
    """Make those rows, and let the salesperson see every list."""
    field = env["customer.sheet.routing.trace"]._fields["rule_ids"]
    names = {"rules": field.relation, "trace": field.column1, "rule": field.column2}
    env.cr.execute(ROWS % names)
    user = env["res.users"].search([("login", "=", "bench")])
    user.group_ids = [Command.link(env.ref(OURS + group).id) for group in GROUPS]


def requests(env):
    """Return ``{name: (request, whether it is Odoo's plain list)}``.

    What follows a plain list is compared with it.
    """
    found = {}
    for host, action in (("contacts", CONTACTS), ("leads", LEADS)):
        known = screen(env, action)
        found[f"{host}: plain list"] = known.open_list, True
        for node in known.archs["search"].xpath("//filter[starts-with(@name, 'sheet_')]"):
            domain = Domain(safe_eval(node.get("domain") or "[]"))
            ask = functools.partial(known.open_list, domain=domain)
            if not domain.is_true():
                found[f"{host}: {node.get('name')}"] = ask, False
        for by in _groups(known):
            ask = functools.partial(known.open_groups, by=by)
            found[f"{host} by {by}"] = ask, False
    for name, action in LISTS.items():
        found[name] = screen(env, OURS + action).open_list, False
    forgotten = screen(env, OURS + FORGOTTEN)
    found["nobody forgotten"] = forgotten.open_list, False
    found["nobody forgotten, by kind"] = functools.partial(forgotten.open_groups, by="kind"), False
    found["nobody forgotten, counted"] = _forgotten_count, False
    found["fill the gaps, counted"] = _gaps, False
    return found


def _groups(known):
    """Return the fields by which filters of ours group."""
    nodes = known.archs["search"].xpath("//filter[contains(@context, 'group_by')]")
    fields = [safe_eval(node.get("context"))["group_by"] for node in nodes]
    return [by for by in dict.fromkeys(fields) if by.startswith("sheet_")]


def _forgotten_count(env):
    return env["customer.sheet.forgotten"].search_count([])


def _gaps(env):
    """What the dialog counts when it is opened."""
    dialog = env["customer.sheet.fill"].new({"host": "crm.lead", "scope": "all"})
    return dialog.count
