"""What is measured. Each operation prepares its arguments and returns the work to time.

The preparation does not count and has a transaction of its own, as a request would:
the work starts with empty caches of records, but warm caches of the server.
"""

import functools

from web_client import Screen

import data

LEADS = "crm.crm_lead_action_pipeline"
CONTACTS = "contacts.action_contacts"

_screens = {}


def screen(env, action):
    """The screen of an action, loaded once as a browser would."""
    if action not in _screens:
        _screens[action] = Screen(env, action)
    return _screens[action]


def create_leads(env, seed, size):
    """Create a batch of leads."""
    values = data.lead_values(env, size, seed)
    return lambda env: env["crm.lead"].create(values)


def create_contacts(env, seed, size):
    """Create a batch of contacts."""
    values = data.contact_values(env, size, seed)
    return lambda env: env["res.partner"].create(values)


def write_stage(env, seed, size):
    """Move many leads to another stage at once."""
    stages = env["crm.stage"].search([("is_won", "=", False)], order="sequence")
    ids = env["crm.lead"].search([("stage_id", "=", stages[0].id)], limit=size, order="id").ids
    return lambda env: env["crm.lead"].browse(ids).write({"stage_id": stages[1].id})


def load_views(action, env, seed, size):
    """Ask for an action's views, as the browser does once."""
    known = screen(env, action)
    return known.load


def open_list(action, env, seed, size):
    """Open a list."""
    return screen(env, action).open_list


def open_kanban(action, env, seed, size):
    """Open a kanban view with its columns."""
    return screen(env, action).open_kanban


def open_form(action, env, seed, size):
    """Open one record's form."""
    known = screen(env, action)
    record_id = _record(env, known, seed)
    return lambda env: known.open_form(env, record_id)


def save_form(action, env, seed, size):
    """Save another phone number in one record's form."""
    known = screen(env, action)
    record_id = _record(env, known, seed)
    values = {"phone": f"+33 6 98 76 5{seed % 10} {seed % 90 + 10}"}
    return lambda env: known.save(env, record_id, values)


def _record(env, known, seed):
    return env[known.model].search(known.domain, order="id desc", offset=7 * seed, limit=1).id


OPERATIONS = {
    "create_leads": create_leads,
    "create_contacts": create_contacts,
    "write_stage": write_stage,
    "lead_views": functools.partial(load_views, LEADS),
    "lead_list": functools.partial(open_list, LEADS),
    "lead_kanban": functools.partial(open_kanban, LEADS),
    "lead_form": functools.partial(open_form, LEADS),
    "lead_save": functools.partial(save_form, LEADS),
    "contact_views": functools.partial(load_views, CONTACTS),
    "contact_list": functools.partial(open_list, CONTACTS),
    "contact_form": functools.partial(open_form, CONTACTS),
    "contact_save": functools.partial(save_form, CONTACTS),
}
