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


class Missing(Exception):
    """What is to be measured is not there, without the module or in an older version of it."""


def screen(env, action, **context):
    """The screen of an action, loaded once as a browser would."""
    key = (action, *sorted(context.items()))
    if key not in _screens:
        _screens[key] = Screen(env, action, **context)
    return _screens[key]


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


def glance(action, env, seed, size):
    """Ask for what a form shows after its paint; without the module, open the form itself."""
    known = screen(env, action)
    record_id = _record(env, known, seed)
    if not hasattr(env[known.model], "sheet_reference"):
        return lambda env: known.open_form(env, record_id)
    if not hasattr(env[known.model], "sheet_glance"):
        raise Missing
    return lambda env: known.glance(env, record_id)


def open_page(action, env, seed, size):
    """Open the sheet's tab in a form; without the module, open the form itself."""
    whole, known = screen(env, action), screen(env, action, sheet_page_view_ref="page")
    record_id = _record(env, known, seed)
    is_ours = hasattr(env[known.model], "sheet_reference")
    if is_ours and known.specifications["form"] == whole.specifications["form"]:
        raise Missing
    return lambda env: known.open_form(env, record_id)


def save_form(action, typed, env, seed, size):
    """Save what was typed in one record's form."""
    known = screen(env, action)
    record_id = _record(env, known, seed)
    values = _typed(typed, seed)
    return lambda env: known.save(env, record_id, values)


def type_in_form(action, typed, env, seed, size):
    """Type something in one record's form: what follows from it is asked for at once."""
    known = screen(env, action)
    record_id = _record(env, known, seed)
    values = _typed(typed, seed)
    return lambda env: known.onchange(env, record_id, values)


def _typed(name, seed):
    if name == "phone":
        return {name: f"+33 6 98 76 5{seed % 10} {seed % 90 + 10}"}
    return {name: f"other.{seed}@firm{seed}.example"}


def _record(env, known, seed):
    return env[known.model].search(known.domain, order="id desc", offset=7 * seed, limit=1).id


def _forms(name, action, email):
    """The operations on a model's forms."""
    return {
        f"{name}_views": functools.partial(load_views, action),
        f"{name}_form": functools.partial(open_form, action),
        f"{name}_glance": functools.partial(glance, action),
        f"{name}_page": functools.partial(open_page, action),
        f"{name}_onchange": functools.partial(type_in_form, action, email),
        f"{name}_save": functools.partial(save_form, action, "phone"),
        f"{name}_save_email": functools.partial(save_form, action, email),
        f"{name}_list": functools.partial(open_list, action),
    }


OPERATIONS = {
    "create_leads": create_leads,
    "create_some_leads": create_leads,
    "create_contacts": create_contacts,
    "write_stage": write_stage,
    **_forms("lead", LEADS, "email_from"),
    "lead_kanban": functools.partial(open_kanban, LEADS),
    **_forms("contact", CONTACTS, "email"),
}
