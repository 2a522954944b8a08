"""What a record's contact points and company ids are worth: plain functions over plain facts.

The same functions judge the record being edited and, row by row, a whole database: there is
one definition of "valid".
"""

from dataclasses import replace
from typing import NamedTuple

from ....tools.contact import email_address, phone_number
from ....tools.ids import company_id, vat_number
from ....tools.verdict import DOUBTFUL, INVALID, UNCHECKED, VALID

#: What is checked, in the order of a sheet.
KINDS = ("email", "phone", "phone2", "registry", "vat")
#: Why a value of each kind may not be simply valid.
REASONS = {
    "email": {*email_address.REASONS, "bounced"},
    "phone": {*phone_number.REASONS},
    "phone2": {*phone_number.REASONS},
    "registry": {*company_id.REASONS, *vat_number.CLASHES},
    "vat": {*vat_number.REASONS, "not_registered"},
}
#: Facts that are numbers, or written with digits: programs take them for quantities.
NUMBERS = ("phone", "phone2", "registry", "vat", "zip")


class CheckFacts(NamedTuple):
    """What the checks and the proposals need to know of one record.

    ``country`` is the ISO-3166 code of the record's country, ``fallback`` that of its company,
    ``bounces`` the number of messages that came back and ``legal_form`` whether it is known.
    """

    email: str = ""
    phone: str = ""
    phone2: str = ""
    registry: str = ""
    vat: str = ""
    country: str = ""
    fallback: str = ""
    bounces: int = 0
    company_name: str = ""
    person_name: str = ""
    legal_form: bool = False
    city: str = ""
    zip: str = ""


def verdicts(facts, domains, said=None):
    """Return ``{kind: Verdict}`` for the kinds that have a value.

    :param domains: ``{domain: facts}`` as :func:`email_address.combine` takes them
    :param said: what registers said, ``{kind: {"number", "known"}}``
    """
    found = {kind: verdict(kind, facts, domains) for kind in KINDS if _has_value(facts, kind)}
    if _is_refuted(found.get("vat"), (said or {}).get("vat")):
        found["vat"] = replace(found["vat"], status=DOUBTFUL, reason="not_registered")
    clash = _disagreement(found)
    for kind in ("registry", "vat") if clash else ():
        found[kind] = replace(found[kind], status=DOUBTFUL, reason=clash)
    return found


def verdict(kind, facts, domains):
    """Return the :class:`Verdict` on one value, by itself."""
    if kind == "email":
        return _email(facts, domains)
    if kind in ("phone", "phone2"):
        return phone_number.check(getattr(facts, kind), facts.country, facts.fallback)
    check = {"registry": company_id.check, "vat": vat_number.check}[kind]
    return check(getattr(facts, kind), facts.country or facts.fallback)


def email_domain(address):
    """Return the domain of an address in ASCII, or ``""``."""
    return email_address.check(address).facts.get("domain", "")


def overall(found, is_verified):
    """Return the status of the whole sheet.

    What a person verified stays so until a check finds that something cannot work.
    """
    states = {each.status for each in found.values()}
    if is_verified and INVALID not in states:
        return "verified"
    return DOUBTFUL if states & {DOUBTFUL, INVALID} else UNCHECKED


def _is_refuted(verdict, said):
    """Tell whether a register knows no such number, which is right in itself."""
    is_of_it = verdict and verdict.status == VALID and said and said["number"] == verdict.value
    return bool(is_of_it) and not said["known"]


def _has_value(facts, kind):
    return bool((getattr(facts, kind) or "").strip())


def _email(facts, domains):
    checked = email_address.check(facts.email)
    checked = email_address.combine(checked, domains.get(checked.facts.get("domain")))
    if facts.bounces and checked.status != INVALID:
        return replace(checked, status=INVALID, reason="bounced")
    return checked


def _disagreement(found):
    pair = [found.get("registry"), found.get("vat")]
    if all(each and each.status == VALID for each in pair):
        return vat_number.agree(*pair)
    return ""
