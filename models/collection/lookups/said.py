"""What a register has said, as it goes from the request that asks to the one that writes.

The first writes nothing and the second asks nobody: between both, the browser holds a token that
only we can have made.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from odoo import fields
from odoo.tools import hash_sign, verify_hash_signed

SAID = "crm_customer_sheet.register.said"

#: For so long a token can be taken.
LIFE = timedelta(hours=1)


class Said(NamedTuple):
    """What a register has said of one number.

    :ivar what: ``company`` or ``vat``
    :ivar by: the name of the register
    :ivar known: whether it knows the number
    :ivar values: plain values by question code
    :ivar asked_on: when, as Odoo writes moments
    :ivar as_of: of which moment that is true, ``""`` where it does not say
    :ivar page: where people read the same
    :ivar closed: the day on which the company ended, ``True`` if that is not known
    :ivar consultation: the number that proves a check
    :ivar warnings: codes of ``registers.answer.WARNINGS``
    """

    what: str
    by: str
    number: str
    known: bool
    values: dict
    asked_on: str
    as_of: str = ""
    page: str = ""
    closed: str | bool = False
    consultation: str = ""
    warnings: list = ()

    @property
    def said_on(self):
        """The moment of which it is true, as far as that is known."""
        return fields.Datetime.to_datetime(self.as_of or self.asked_on)

    @property
    def evidence(self):
        """Where it can be looked up."""
        return self.page or " ".join(filter(None, (self.by, self.consultation)))


def said(what, by, number, answer):
    """Return the :class:`Said` of an answer of a register, found or not.

    :param answer: a ``Found`` or ``NotFound``
    """
    told = answer.evidence
    return Said(
        what,
        by,
        str(told.get("number") or number),
        hasattr(answer, "values"),
        getattr(answer, "values", {}),
        fields.Datetime.to_string(fields.Datetime.now()),
        fields.Datetime.to_string(answer.as_of) if isinstance(answer.as_of, datetime) else "",
        getattr(answer, "url", ""),
        told.get("closed") or False,
        told.get("consultation") or "",
        list(getattr(answer, "warnings", ())),
    )


def sign(env, said_):
    """Return the token of what a register has said."""
    return hash_sign(env(su=True), SAID, list(said_), expiration=LIFE)


def opened(env, token):
    """Return the :class:`Said` of a token, ``None`` of one that is too old or not ours."""
    try:
        values = verify_hash_signed(env(su=True), SAID, token)
    except ValueError:  # what stock raises on anything that is no token
        return None
    return Said(*values) if values else None
