"""How a person is called, as an erasure keeps it while it works: three words for each spelling.

What is theirs alone (*strong*) is cut out by itself; what others bear, too, somebody decides.
"""

from ....tools.contact import email_address
from ...sheet.fields import HOSTS
from ..scan import patterns
from ..scan.letters import words

_BORNE = {
    "email": {"res.partner": "email_normalized", "crm.lead": "email_normalized"},
    "phone": {"res.partner": "phone_sanitized", "crm.lead": "phone_sanitized"},
    "number": {"res.partner": "vat"},
}


def judged(env, spellings, own):
    """Return ``[[kind, text, strong]]`` of the spellings of a person.

    :param own: ``{model: ids}`` of their records: whoever else bears a spelling shares it
    """
    return [[each.kind, each.text, _is_strong(env, each, own)] for each in spellings]


def _is_strong(env, spelling, own):
    kind, text = spelling
    if kind in ("word", "glued", "initial") or (kind == "name" and len(words(text)) < 2):
        return False
    if kind == "email" and email_address.is_role(text.partition("@")[0]):
        return False
    return not any(_others(env, host, kind, text, own.get(host, ())) for host in HOSTS)


def _others(env, host, kind, text, ids):
    """Return whether somebody else bears a spelling."""
    records = env[host].sudo().with_context(active_test=False)
    if kind == "name":
        return bool({*env["customer.sheet.person"]._called(records, text)._ids} - {*ids})
    column = _BORNE[kind].get(host)
    domain = [(column, "=", text), ("id", "not in", [*ids])]
    return bool(column and records.search_count(domain, limit=1))


def expressions(spellings, *, strong=None):
    """Return the expressions of kept spellings: of all, or of those that are theirs alone."""
    return patterns.of(
        (kind, text) for kind, text, is_strong in spellings if strong is None or is_strong == strong
    )


def regex(spellings, *, strong=None):
    """Return one compiled expression of kept spellings, None where there is none."""
    found = expressions(spellings, strong=strong)
    return patterns.regex(*found) if found else None
