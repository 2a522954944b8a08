"""Signed tickets: what a public page knew when it was made.  Nothing is stored.

A visitor has no session and no cookie.  The ticket says which version of the form they fill in,
under which uuid, and since when; a draft's token opens what they have filled in so far.
"""

import time
import uuid
from datetime import timedelta
from typing import NamedTuple

from odoo.tools import hash_sign, verify_hash_signed

TICKET = "crm_customer_sheet.form.ticket"
DRAFT = "crm_customer_sheet.form.draft"

#: A ticket is shown again, and nothing typed is lost, when it is older (seconds).
OLDEST = 24 * 3600


class Ticket(NamedTuple):
    """Who fills in what: ids of form and version, the uuid of what they send, since when."""

    form_id: int
    version_id: int
    uuid: str
    since: int = 0

    @property
    def age(self):
        """The seconds since the visitor opened the page."""
        return time.time() - self.since


def new(version):
    """Return the ticket of a visitor who begins to fill in a version of a form."""
    return Ticket(version.form_id.id, version.id, str(uuid.uuid4()), int(time.time()))


def renewed(ticket):
    """Return a ticket as the next page carries it: one that is too old counts from now on."""
    return ticket._replace(since=0) if ticket.age > OLDEST else ticket


def sign(env, ticket):
    """Return the token that a page carries, from now on if the ticket says not since when."""
    return hash_sign(env, TICKET, [*ticket[:3], ticket.since or int(time.time())])


def opened(env, token):
    """Return the :class:`Ticket` of a page, or None: forged, cut off or of something else."""
    values = _verified(env, TICKET, token)
    return Ticket(*values) if values and len(values) == 4 else None


def sign_draft(env, ticket, days):
    """Return the token that opens a draft for some days; it is the authority to read it."""
    return hash_sign(env, DRAFT, list(ticket[:3]), expiration=timedelta(days=days))


def opened_draft(env, token):
    """Return the :class:`Ticket` behind the token of a draft, or None: also if it has expired."""
    values = _verified(env, DRAFT, token)
    return Ticket(*values) if values and len(values) == 3 else None


def _verified(env, scope, token):
    try:
        return verify_hash_signed(env, scope, token) if token else None
    except ValueError:  # what stock raises on anything that is no token
        return None
