"""Who is giving leads to people: the rules, Odoo's lead assignment, or a person."""

from contextlib import contextmanager
from contextvars import ContextVar

#: What is giving leads away just now: the rules, or Odoo's lead assignment; else a person.
#: Not a context key, which any RPC call can set.
_GIVER = ContextVar("crm_customer_sheet_giver", default="")


@contextmanager
def giving(giver):
    """Let changes of owner count as those of ``giver``, not of the person logged in."""
    token = _GIVER.set(giver)
    try:
        yield
    finally:
        _GIVER.reset(token)


def giver():
    """Return who is giving leads away just now: ``rule``, ``stock``, or "" for a person."""
    return _GIVER.get()
