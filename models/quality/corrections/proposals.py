"""Better ways to write what somebody typed: proposals only, never applied by themselves."""

import re

from ....tools.contact import postal_code
from ....tools.names import city_name, company_name, legal_form, proper_name
from ....tools.text import clean_text
from ....tools.verdict import INVALID, VALID

#: Signs that only separate the digits of an identifier.
SEPARATORS = re.compile(r"[\s.,'\-/\u00a0\u202f]")


def proposals(facts, found):
    """Yield ``(code, {role: better value})``, what could be written better in one record.

    A role is a name of :class:`checks.CheckFacts`, or ``legal_form`` with the code of an option.

    :param found: what :func:`checks.verdicts` returned for these facts
    """
    yield from _names(facts)
    yield from _places(facts)
    for role, better in _contact_points(facts, found):
        if better and better != getattr(facts, role):
            yield role, {role: better}
    yield from _registry_of_vat(facts, found)


def only_separators_differ(typed, canonical):
    """Tell whether an identifier can be stored in its canonical form without losing anything.

    >>> only_separators_differ("732 829 320", "732829320")
    True
    >>> only_separators_differ("RCS Paris 732 829 320", "732829320")
    False
    """
    return SEPARATORS.sub("", typed).upper() == canonical


def _names(facts):
    if facts.company_name:
        name, form = legal_form.split_legal_form(facts.company_name, facts.country)
        better = company_name.company(clean_text.clean(name if form else facts.company_name))
        if form and not facts.legal_form:
            yield "legal_form", {"company_name": better, "legal_form": form}
        elif not form and better != facts.company_name:
            yield "company_name", {"company_name": better}
    if facts.person_name:
        better = proper_name.person(clean_text.clean(facts.person_name))
        if better != facts.person_name:
            yield "person_name", {"person_name": better}


def _places(facts):
    if facts.city:
        better = city_name.city(facts.city, facts.country)
        if better != facts.city:
            yield "city", {"city": better}
    if facts.zip:
        better = postal_code.check(facts.zip, facts.country).value
        if better and better != facts.zip:
            yield "zip", {"zip": better}


def _contact_points(facts, found):
    if email := found.get("email"):
        yield "email", email.facts.get("suggestion") or (email.status != INVALID and email.shown)
    for role in ("phone", "phone2"):
        phone = found.get(role)
        if phone and phone.status == VALID and not _is_well_written(getattr(facts, role), phone):
            yield role, phone.shown
    for role in ("registry", "vat"):
        number = found.get(role)
        if number and number.status == VALID and number.value:
            if not only_separators_differ(getattr(facts, role), number.value):
                yield role, number.value


def _is_well_written(typed, phone):
    return typed in (phone.shown, phone.facts.get("national"))


def _registry_of_vat(facts, found):
    """A French VAT number holds the SIREN (CGI, art. 286 ter; key of the number)."""
    vat = found.get("vat")
    siren = vat and vat.status == VALID and vat.facts.get("siren")
    if siren and not facts.registry:
        yield "registry_of_vat", {"registry": siren}
