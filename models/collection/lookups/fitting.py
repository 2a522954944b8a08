"""What of a register's answer may be proposed on a record."""

from ....tools.text import fold
from ..registers.codes import same_form

#: What is true of the seat, and not of another place of the company.
OF_THE_SEAT = ("company_registry", "street", "zip", "city", "region", "country")

#: Digits of a SIREN, which begins the SIRET of each of its places.
SIREN = 9


def fitting(sheet, values):
    """Return the values that may be proposed on a sheet.

    Its own place of the same company stands, and so does a legal form that says more than the
    register can (EURL for SARL).

    :param values: plain values by question code, as a register gives them
    """
    left_out = set()
    here = fold.letters(sheet._sheet_register_typed("registry"))
    there = fold.letters(values.get("company_registry") or "")
    if here.startswith(there):
        left_out.add("company_registry")  # the number of a place says more
    elif _are_places(here, there):
        left_out.update(OF_THE_SEAT)
    if same_form(values.get("legal_form"), sheet.sheet_legal_form_id.code):
        left_out.add("legal_form")
    names = sheet._sheet_register_names()
    return {
        names.get(code, code): value
        for code, value in values.items()
        if code not in left_out and names.get(code, code)
    }


def is_of(number, other):
    """Tell whether two numbers may be of one company: equal, or a SIREN and one of its SIRETs.

    >>> is_of("732 829 320", "73282932000074"), is_of("732829320", "404833048"), is_of("", "1")
    (True, False, True)
    """
    one, two = fold.letters(number or ""), fold.letters(other or "")
    return one.startswith(two) or two.startswith(one)


def _are_places(one, two):
    """Tell whether two SIRETs are of one company."""
    return one.isdecimal() and len(one) == len(two) > SIREN and one[:SIREN] == two[:SIREN]
