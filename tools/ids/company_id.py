"""Company identifiers: SIRET and SIREN, ICE, BCE, IDE and those of other countries."""

import re
from functools import cache

from ..text import filler, written_number
from ..verdict import DOUBTFUL, INVALID, UNCHECKED, VALID, Verdict
from . import other_register
from .stdnum_data import KINDS, LONGEST, Kind, module, readings, tidy, validate

REASONS = (
    "no_rule",  # no identifier of this country is known here
    "pending",  # the company is being registered ("en cours")
    "filler",  # typed only to get past the field
    "not_an_id",  # no number at all, or one that cannot be an identifier of this country
    "wrong_length",  # digits are missing or too many; fact ``expected``
    "wrong_check_digit",  # a digit was mistyped; fact ``kind``
    "other_country",  # an identifier of another country than that of the company
    "other_register",  # the number of another register (D-U-N-S, FINESS); fact ``register``
    "digits_cut",  # a spreadsheet threw digits away ("3.56E+13")
    "lost_zero",  # right with a zero before it, which spreadsheets drop
)

#: Countries all of whose company identifiers are known here: what does not fit is wrong
#: there, and only doubtful elsewhere.
_COMPLETE = frozenset("FR BE CH MA ES PT DK FI HR NO SE".split())
#: Countries that share the identifiers of another, and other codes in use.
_HOMES = {
    **dict.fromkeys("GP MQ GF RE YT PM BL MF".split(), "FR"),
    **{"EL": "GR", "UK": "GB", "XI": "GB", "AX": "FI"},
}
#: What VAT numbers begin with where it is not the code of the country.
_PREFIXES = {"GR": "EL", "MC": "FR"}
_NAMED_RE = re.compile(r"[A-Z]{2,3}(?=\d)")
#: No program has dropped the zeros of a number that a letter touches ("B64717838").
_NO_LETTER = re.compile(r"\d")
#: Countries whose identifiers are looked for when one does not fit the company's country.
_NEIGHBOURS = ("FR", "BE", "MA")
#: Where the VAT number contains the company number by law: the fact, and where it stands.
_IN_VAT = {
    "FR": ("siren", slice(4, None)),  # after FR and a key of two signs
    "BE": ("bce", slice(2, None)),  # Code de droit économique, article III.17
    "CH": ("number", slice(0, 12)),  # LIDE, RS 431.03
    "NO": ("number", slice(2, 11)),
    "SE": ("number", slice(2, 12)),
    **dict.fromkeys("DK ES FI HR PL PT RO".split(), ("number", slice(2, None))),
}


def home(country):
    """Return the country whose identifiers a company of ``country`` has.

    >>> home("re"), home("BE"), home(False)
    ('FR', 'BE', '')
    """
    code = str(country or "").strip().upper()
    return _HOMES.get(code, code) if re.fullmatch("[A-Z]{2}", code) else ""


def kinds_of(country):
    """Return the codes of the kinds of identifier of ``country``, the most usual first.

    >>> kinds_of("FR"), kinds_of("XX")
    (('siret', 'siren', 'rna'), ())
    """
    return tuple(dict.fromkeys(kind.code for kind in _kinds(home(country))))


def example(country):
    """Return a valid identifier of ``country`` as people write it, ``""`` if none is known.

    >>> example("FR"), example("BE"), example("XX")
    ('732 829 320 00074', '0428.759.497', '')
    """
    for kind in _kinds(home(country)):
        for sample in kind.samples():
            tidied = tidy(sample)
            _kind, value, _problem = _find((kind,), tidied, readings(tidied))
            if value:
                return kind.shown(value)
    return ""


def in_vat(country, number):
    """Return the company number in a canonical VAT number, as a fact; ``{}`` if there is none.

    >>> in_vat("FR", "FR44732829320"), in_vat("FR", "FR53000004605"), in_vat("DE", "DE136695976")
    ({'siren': '732829320'}, {}, {})
    """
    name, part = _IN_VAT.get(country, ("", slice(0)))
    monegasque = country == "FR" and number[part].startswith("000")
    return {name: number[part]} if name and not monegasque else {}


def check(text, country):
    """Return the Verdict on a company identifier.

    Words around it and separators do no harm.

    :param text: what was typed
    :param country: ISO 3166 code of the company's country
    :return: facts: ``kind`` and ``country`` of the identifier; ``siren``, ``bce`` or, in
        other countries where the law gives both one number, ``number``: the part it has
        in common with the VAT number; ``expected``: the possible numbers of digits

    >>> verdict = check("RCS Paris B 732 829 320", "FR")
    >>> verdict.status, verdict.value, verdict.shown, verdict.facts["kind"]
    ('valid', '732829320', '732 829 320', 'siren')
    >>> check("732 829 320 0007", "FR").facts["expected"]
    (14, 9)
    """
    (text, cut), own = written_number.plain(text), home(country)
    kinds = _kinds(own)
    if filler.is_blank(text) or not kinds:
        return Verdict(UNCHECKED, "" if kinds else "no_rule")
    if len(text) > LONGEST or cut:
        return Verdict(INVALID, "digits_cut" if cut else "not_an_id")
    tidied, register = other_register.without(tidy(text), own, kinds_of(own))
    numbers = readings(tidied, _touching(own))
    if register and not numbers:
        return _nearby(own, readings(tidy(text)), register) or Verdict(
            INVALID, "other_register", facts={"register": register, "country": own}
        )
    abroad = _named_abroad(own, numbers)
    kind, value, problem = _find((*kinds, *_vat_kind(own)), tidied, numbers)
    if value and not abroad:
        return _found(own, kind, value)
    if filler.fold_filler(text).startswith(("encours", "enattente", "enformation")):
        return Verdict(UNCHECKED, "pending")
    if filler.is_filler(text) and not (problem and _is_varied(numbers[0])):
        return Verdict(INVALID, "filler")
    if problem and not abroad:
        return Verdict(INVALID, problem, facts={"kind": kind.code, "country": own})
    return (
        abroad
        or _of_person(own, numbers)
        or _zeros_lost(own, kinds, readings(tidied, _NO_LETTER))
        or _nearby(own, numbers)
        or _unfit(own, kinds, numbers, readings(tidied))
    )


def _kinds(country):
    """Return the kinds of ``country`` that the installed version of stdnum can check."""
    kinds = KINDS.get(country, ())
    return tuple(kind for kind in kinds if not kind.module or module(kind.module))


@cache
def _touching(country):
    """Return the pattern of the letters that may touch an identifier of ``country``."""
    return other_register.touching(country, _PREFIXES.get(country, country), kinds_of(country))


def _find(kinds, tidied, numbers):
    """Return ``(kind, canonical form, "")`` of the identifier, or what comes nearest to one."""
    near = (None, "", "")
    for kind in kinds:
        for number in (tidied,) if kind.whole else numbers:
            value, problem = kind.canonical(number)
            if value:
                return kind, value, ""
            if problem == "check_digit" and not near[0]:
                near = (kind, "", "wrong_check_digit")
    return near


@cache
def _vat_kind(country):
    """Return the VAT number as a kind of identifier where a prefix tells it from others."""
    prefix = _PREFIXES.get(country, country)
    european = country == "MC" or country.lower() in module("eu.vat").MEMBER_STATES
    return (Kind("vat", "eu.vat", prefix + r"\w{2,14}"),) if european else ()


def _found(country, kind, value, status=VALID, reason=""):
    digits = {char for char in value if char.isdigit()}
    same = digits == {"0"} or (kind.module and len(digits) == 1 < len(value) - 4)
    if same or (not kind.module and filler.is_filler(value)):
        return Verdict(INVALID, "filler")
    if kind.code == "siret" and value.endswith("00000"):
        return Verdict(INVALID, "digits_cut")  # 7.32829E+13 written out; they count from 00001
    facts = {"kind": kind.code, "country": country}
    if kind.code in ("siret", "siren"):
        facts["siren"] = value[:9]
    elif kind.code == "vat":
        facts.update(in_vat(country, value))
    elif country in _IN_VAT and kind is KINDS[country][0]:
        facts[_IN_VAT[country][0]] = value
    return Verdict(status, reason, value, kind.shown(value), facts)


def _is_varied(number):
    """Tell a mistyped number from keys hit at random; many ICE have seven zeros in a row."""
    return len(set(number)) > 2 and number not in filler.KEYBOARD


def _named_abroad(own, numbers):
    """Return the Verdict on an identifier that names another country, ``None`` if none does."""
    for number in numbers:
        match = _NAMED_RE.match(number)
        prefix, country = number[:2], home(match[0][:2]) if match else ""
        if country and prefix != _PREFIXES.get(own, own):
            for kind in (*_kinds(country), *_vat_kind(country)):
                value, _problem = kind.canonical(number)
                if value.startswith(prefix):
                    return _found(country, kind, value, DOUBTFUL, "other_country")
    return None


def _of_person(own, numbers):
    """Return the Verdict on a French social security number, ``None`` if it is none."""
    found = any(len(number) == 15 and validate("fr.nir", number)[0] for number in numbers)
    facts = {"register": "NIR", "country": own}
    return Verdict(INVALID, "other_register", facts=facts) if found else None


def _nearby(own, numbers, register=""):
    """Return the Verdict on an identifier of a country nearby, ``None`` if it is none.

    :param register: what the text says the number is
    """
    for country in _NEIGHBOURS:
        named = not register or other_register.is_of(register, kinds_of(country))
        for kind in _kinds(country) if country != own and named else ():
            for number in numbers:
                value, _problem = kind.canonical(number)
                if value and len(number) in kind.digits:
                    return _found(country, kind, value, DOUBTFUL, "other_country")
    return None


def _zeros_lost(own, kinds, numbers):
    """Return the Verdict on an identifier that needs a zero or two before it, ``None`` if none."""
    for kind in kinds:
        size = kind.digits[0] if kind.module and len(kind.digits) == 1 else 0
        for number in numbers:
            is_short = number.isdigit() and number[0] != "0" and 0 < size - len(number) < 3
            if is_short and size > 7:
                value, _problem = kind.canonical(number.zfill(size))
                if value and not filler.is_filler(number):
                    return _found(own, kind, value, DOUBTFUL, "lost_zero")
    return None


def _unfit(country, kinds, numbers, all_numbers):
    expected = tuple(dict.fromkeys(count for kind in kinds for count in kind.lengths()))
    longest = max((len(number) for number in all_numbers if number.isdigit()), default=0)
    status = INVALID if country in _COMPLETE or not longest else DOUBTFUL
    if longest in expected and not any(map(str.isdigit, numbers)):
        return Verdict(status, "other_register")  # "GB732829320"
    if not longest or longest in expected:
        return Verdict(status, "not_an_id")
    return Verdict(status, "wrong_length", facts={"expected": expected, "country": country})
