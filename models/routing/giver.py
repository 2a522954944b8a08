"""Who is giving leads to people: the rules, Odoo's lead assignment, or a person."""

from ..sheet.actor import nearest

#: How the trace names who gives leads away.
GIVERS = {"rule": "rule", "assignment": "stock"}


def giver():
    """Return who is giving leads away just now: ``rule``, ``stock``, or "" for a person."""
    return GIVERS.get(nearest(GIVERS), "")
