"""Countries that share one national numbering plan: a number of it belongs to one of them.

Within the French plan ``0692 11 22 33`` is of Réunion wherever it is dialled, so that
``+33 692 11 22 33`` is ``+262 692 11 22 33``, its one E.164 form.  Which territory has which
numbers is what phonenumbers knows of it, not a list kept here.
"""

import re
from functools import cache

import phonenumbers

#: They dial each other in national form although their country codes differ
#: (plan national de numérotation, ARCEP decision 2018-0881).
FRENCH_PLAN = ("FR", "RE", "GP", "MQ", "GF", "YT", "BL", "MF", "PM")

#: By region that lends its code to the others: the form of the shared numbers, without trunk
#: zero in France; of the Italian plan San Marino has 0549.
_PLANS = {
    "FR": (re.compile(r"0?([1-9]\d{8})"), FRENCH_PLAN[1:]),
    "IT": (re.compile(r"(0549\d{6})"), ("SM",)),
}
#: The number of digits of a shared number.
_SIZES = (("FR", 9), ("IT", 10))
_MAIN = {
    phonenumbers.country_code_for_region(region): main
    for main, (_form, others) in _PLANS.items()
    for region in (main, *others)
}


def at_home(parsed):
    """Return a parsed number with the country code of the territory that has it.

    What no territory of the plan has, and what several have, stays as it is.

    >>> def e164(text):
    ...     return phonenumbers.format_number(at_home(phonenumbers.parse(text)), 0)
    >>> e164("+33692112233"), e164("+262612345678"), e164("+33508412345"), e164("+33142685300")
    ('+262692112233', '+33612345678', '+508412345', '+33142685300')
    """
    main = _MAIN.get(parsed.country_code)
    number = main and _shared_number(phonenumbers.national_significant_number(parsed), main)
    if not number:
        return parsed
    homes = owners(number, main) if _others(main).match(number) else ()
    if not homes and not phonenumbers.is_valid_number(parsed):
        homes = owners(number, main, (main,)) or _by_beginning(number, main)
    return phonenumbers.parse(next(iter(homes))) if len(homes) == 1 else parsed


def owners(number, main, regions=()):
    """Return the E.164 forms that a shared number has in the territories beside ``main``."""
    found = set()
    for region in regions or _PLANS[main][1]:
        code = str(phonenumbers.country_code_for_region(region))
        # Saint-Pierre-et-Miquelon writes its six digits without the 508 before them
        for own in {number, number.removeprefix(code)}:
            if _ranges(region).fullmatch(own):
                found.add(f"+{code}{own}")
    return found


def _by_beginning(number, main):
    """Return the E.164 forms of a number in no range in use, by who has others like it."""
    return {f"+{code}{number}" for code in _codes_of_beginning(number[:3], main)}


@cache
def _codes_of_beginning(beginning, main):
    regions = (main, *_PLANS[main][1])
    return {
        phonenumbers.country_code_for_region(region)
        for region in regions
        if any(_ranges(region).fullmatch(f"{beginning}{at:02}2233") for at in range(100))
    }


def former_form(e164):
    """Return the E.164 form with the code of the plan's main country, ``""`` if it has none.

    phonenumbers holds some numbers valid in both, so that they were once kept like this.

    >>> former_form("+596596612233"), former_form("+508412345"), former_form("+33142685300")
    ('+33596612233', '+33508412345', '')
    """
    for main, (form, regions) in _PLANS.items():
        for region in regions:
            code = f"+{phonenumbers.country_code_for_region(region)}"
            number = e164.removeprefix(code)
            if number != e164:
                number = number if form.fullmatch(number) else f"{code[1:]}{number}"
                return f"+{phonenumbers.country_code_for_region(main)}{number}"
    return ""


def is_overseas(digits):
    """Tell whether digits, with code or without, may be of a territory that shares a plan.

    >>> is_overseas("+33692112233"), is_overseas("0692112233"), is_overseas("+33612345678")
    (True, True, False)
    """
    shared = (_others(main).match(digits, len(digits) - size) for main, size in _SIZES)
    code = re.match(r"(?:\+|00)(\d{3})", digits)
    return any(shared) or bool(code and int(code[1]) in _MAIN)


def _shared_number(digits, main):
    match = _PLANS[main][0].fullmatch(digits)
    return match[1] if match else ""


@cache
def _others(main):
    """Return the pattern of all numbers of a plan that others than ``main`` may have."""
    patterns = []
    for region in _PLANS[main][1]:
        code = phonenumbers.country_code_for_region(region)
        patterns.append(f"(?:{code})?(?:{_ranges(region).pattern})")
    return re.compile(f"(?:{'|'.join(patterns)})$")


@cache
def _ranges(region):
    """Return the pattern of the subscribers of a region; services (08) belong to everybody."""
    plan = phonenumbers.PhoneMetadata.metadata_for_region(region)
    kinds = (plan.fixed_line, plan.mobile, plan.voip)
    patterns = [kind.national_number_pattern for kind in kinds if kind]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns if pattern))
