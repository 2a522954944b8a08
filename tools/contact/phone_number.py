"""Phone numbers as people write them, read and formatted by phonenumbers.

The rules are the national numbering plans as Google's libphonenumber keeps them, after
recommendation ITU-T E.164.  A number that Odoo's ``phone_validation`` can read has the same
E.164 form here, so that it equals ``phone_sanitized``.
"""

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType, ValidationResult

from ..text import written_number
from ..verdict import DOUBTFUL, INVALID, UNCHECKED, VALID, Verdict
from .phone_plan import FRENCH_PLAN, at_home, is_overseas
from .phone_text import clean, is_beside_another, is_mixed, split

INVALID_REASONS = (
    "not_a_number",  # no digit, or letters among the digits
    "too_short",  # digits are missing, or the area code is
    "too_long",  # too many digits for the country, or for any (15, E.164)
    "short_number",  # a service or emergency number (15, 112, 3631): nobody's own
    "no_such_number",  # right length, but no number of that country begins like this
    "bad_country_code",  # in international form, with the code of no country
    "digits_cut",  # a spreadsheet threw digits away ("3.36E+10")
)
DOUBTFUL_REASONS = (
    "no_country",  # in national form, and the country is not known
    "several",  # more than one number; the first was checked
    "other_country",  # wrong in the record's country, right in another, though without "+"
    "premium",  # premium rate or shared cost: the caller pays more
    "possible_only",  # in no range known to be in use; numbering plans grow
)
REASONS = INVALID_REASONS + DOUBTFUL_REASONS

#: Nothing longer is read; phonenumbers has the same limit.
LONGEST = 250

#: With no more digits a text that is not one number does not hold one beside others.
FEWEST_OF_SEVERAL = 10

_TYPES = {
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE: "fixed",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed_or_mobile",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "shared_cost",
    PhoneNumberType.TOLL_FREE: "toll_free",
    PhoneNumberType.VOIP: "voip",
    PhoneNumberType.PAGER: "pager",
    PhoneNumberType.UAN: "uan",
    PhoneNumberType.PERSONAL_NUMBER: "personal",
    PhoneNumberType.VOICEMAIL: "voicemail",
}
_LENGTH_FAULTS = {
    ValidationResult.TOO_SHORT: "too_short",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "too_short",
    ValidationResult.TOO_LONG: "too_long",
    ValidationResult.INVALID_LENGTH: "too_short",  # fewer than the longest numbers have
    ValidationResult.INVALID_COUNTRY_CODE: "bad_country_code",
}

_NOT_DIALLED_RE = re.compile(r"[^0-9+]+")
_ABROAD_RE = re.compile(r"\+?00(?=[1-9])")
_ZERO_RE = re.compile(r"\(\s*0\s*\)")
# digits that nothing parts from a number, which stands here as "|"
_GLUED_RE = re.compile(r"\d[\s.-]*\||\|[\s.-]*\d")


def check(number, country="", fallback=""):
    """Tell whether a text is a phone number, and how to dial it.

    A number written with ``+`` or ``00`` is as good in any country.

    :param number: what somebody typed, with label, extension or comment
    :param country: ISO 3166 alpha-2 code of the record's country
    :param fallback: that of the company, tried where the record's is unknown or does not fit
    :return: a verdict whose value is the E.164 form (without extension) and shown the
        international one (with it).  Facts, where there is a value: ``national`` and
        ``international`` form, ``type``, ``region`` (ISO country of the number, ``""`` where
        it is of none) and ``extension``

    >>> verdict = check("Tél : 01.42.68.53.00 poste 12", "FR")
    >>> verdict.status, verdict.value, verdict.shown
    ('valid', '+33142685300', '+33 1 42 68 53 00 ext. 12')
    >>> verdict.facts["national"], verdict.facts["type"], verdict.facts["extension"]
    ('01 42 68 53 00', 'fixed', '12')
    >>> [check(text, "FR").reason for text in ("3631", "06 12", "+999 123 456", "0892 70 12 39")]
    ['short_number', 'too_short', 'bad_country_code', 'premium']
    """
    text, cut = written_number.plain(number)
    if not text.strip():
        return Verdict(UNCHECKED)
    if len(text) > LONGEST or cut:
        return Verdict(INVALID, "digits_cut" if cut else "too_long")
    return _checked(clean(text), _region(country), _region(fallback))


@lru_cache(maxsize=10_000)  # whoever stores a number checks it several times
def _checked(text, country, fallback):
    first = None
    for reading in _readings(text, country, fallback):
        if not reading[1]:
            return _verdict(*reading)
        first = first or reading
    return _verdict(*first) if first else Verdict(INVALID, "not_a_number")


def to_dial(number, country=""):
    """Return what a formatter that knows nothing of programs and shared plans should read.

    >>> to_dial("612345678.0", "FR"), to_dial("+33 692 11 22 33"), to_dial("3.36E+10", "FR")
    ('612345678', '+262692112233', '')
    """
    text, cut = written_number.plain(number)
    if cut:
        return ""
    if is_overseas(_NOT_DIALLED_RE.sub("", split(clean(text[:LONGEST]))[0])):
        verdict = check(text, country)
        if verdict.status == VALID:
            return verdict.value
    return written_number.to_store(number)


def example(country):
    """Return a mobile number of a country as people there write it, ``""`` for no country.

    >>> example("FR"), example("??")
    ('06 12 34 56 78', '')
    """
    return _example(_region(country), PhoneNumberFormat.NATIONAL)


def example_international(country):
    """Return the number of :func:`example` as people abroad write it.

    >>> example_international("FR"), example_international("")
    ('+33 6 12 34 56 78', '')
    """
    return _example(_region(country), PhoneNumberFormat.INTERNATIONAL)


def format_as_typed(text, country=""):
    """Return the beginning of a number spaced as in a country; what follows it is left out.

    >>> format_as_typed("014268", "FR"), format_as_typed("+3247", "FR"), format_as_typed("x", "FR")
    ('01 42 68', '+32 47', '')
    """
    text = text[:LONGEST] if isinstance(text, str) else ""
    formatter = phonenumbers.AsYouTypeFormatter(_region(country) or "ZZ")
    shown = ""
    for sign in _NOT_DIALLED_RE.sub("", split(clean(text))[0]):
        shown = formatter.input_digit(sign)
    return shown


@lru_cache(maxsize=512)
def _example(region, number_format):
    number = phonenumbers.example_number_for_type(region, PhoneNumberType.MOBILE)
    number = number or phonenumbers.example_number(region)
    return phonenumbers.format_number(number, number_format) if number else ""


def _region(country):
    """Return the code of a country that has a numbering plan, ``""`` for anything else."""
    code = country.upper() if isinstance(country, str) else ""
    return code if code in phonenumbers.SUPPORTED_REGIONS else ""


def _verdict(parsed, fault, doubt, extension):
    if fault and fault != "possible_only":
        return Verdict(DOUBTFUL if fault in DOUBTFUL_REASONS else INVALID, fault)
    region = phonenumbers.region_code_for_number(parsed)
    kind = _TYPES.get(phonenumbers.number_type(parsed), "unknown")
    reason = fault or doubt or ("premium" if kind in ("premium", "shared_cost") else "")
    international = phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    return Verdict(
        DOUBTFUL if reason else VALID,
        reason,
        value=phonenumbers.format_number(parsed, PhoneNumberFormat.E164),
        shown=f"{international} ext. {extension}" if extension else international,
        facts={
            "national": phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL),
            "international": international,
            "type": kind,
            # "001" stands for numbers of no country, as +800
            "region": region if region and region.isalpha() else "",
            "extension": extension,
        },
    )


def _readings(text, country, fallback):
    """Yield ``(number, fault, doubt, extension)`` for each way to read a text."""
    head, extension, rest = split(text)
    for digits, region, doubt in _candidates(head, country, fallback) if head else ():
        parsed, fault = _read(digits, region)
        if fault == "too_short" and is_mixed(head[-2:] + rest):
            fault = "not_a_number"
        yield parsed, fault, "several" if is_beside_another("", rest) else doubt, extension
    if len(_NOT_DIALLED_RE.sub("", text)) <= FEWEST_OF_SEVERAL:
        return
    for region, doubt in _regions(country, fallback):
        if found := _find(text, region):
            number, before, rest = found
            doubt = "several" if is_beside_another(before, rest) else doubt
            yield *_read(number, ""), doubt, ""


def _regions(country, fallback):
    """Yield the countries to read a number in, with what to doubt of the result."""
    yield country or fallback, ""
    if country and fallback and fallback != country:
        yield fallback, "other_country"


def _candidates(head, country, fallback):
    """Yield ``(digits, country, doubt)`` for each way to read a number, the likeliest first."""
    digits = _NOT_DIALLED_RE.sub("", head)
    if abroad := _ABROAD_RE.match(digits):
        yield "+" + digits[abroad.end() :], "", ""
    for region, doubt in _regions(country, fallback):
        yield digits, region, doubt
        if region in FRENCH_PLAN and len(digits) == 10 and digits.startswith("0"):
            yield from ((digits, other, doubt) for other in FRENCH_PLAN if other != region)
        if digits[0] not in "+0" and _read(digits, region)[1] == "too_long":
            code = str(phonenumbers.country_code_for_region(region))
            yield "+" + digits, "", "" if digits.startswith(code) else "other_country"
    if _ZERO_RE.search(head):
        # many write it even where the number has no such zero at home
        yield from _candidates(_ZERO_RE.sub("", head), country, fallback)


@lru_cache(maxsize=4096)
def _read(digits, region):
    """Return the number that some digits are in a country, and its fault, ``""`` for none."""
    try:
        parsed = phonenumbers.parse(digits, region or None)
        # twice, as Odoo does: by their format it brings old Brazilian numbers up to date
        shown = phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
        parsed = at_home(phonenumbers.parse(shown, region or None))
    except NumberParseException as error:
        return None, _parse_fault(error.error_type, digits)
    if phonenumbers.number_type(parsed) != PhoneNumberType.UNKNOWN:
        return parsed, ""
    return parsed, _fault(parsed, "" if digits.startswith("+") else region)


def _parse_fault(kind, digits):
    size = len(digits.lstrip("+"))
    if kind == NumberParseException.INVALID_COUNTRY_CODE and 4 <= size <= 15:
        return "bad_country_code" if digits.startswith("+") else "no_country"
    if kind == NumberParseException.NOT_A_NUMBER and size >= 4:
        return "not_a_number"
    return "too_long" if size > 15 else "too_short"


def _fault(parsed, region):
    """Return what is wrong with a number outside the ranges in use."""
    fault = _LENGTH_FAULTS.get(phonenumbers.is_possible_number_with_reason(_bare(parsed)))
    if fault == "too_short" and region:
        is_short = phonenumbers.is_valid_short_number_for_region(parsed, region)
        return "short_number" if is_short else fault
    if fault:
        return fault
    code = parsed.country_code
    main_region = phonenumbers.region_code_for_country_code(code)
    plan = phonenumbers.PhoneMetadata.metadata_for_region_or_calling_code(code, main_region)
    begins_well = re.fullmatch(
        plan.general_desc.national_number_pattern, phonenumbers.national_significant_number(parsed)
    )
    return "possible_only" if begins_well else "no_such_number"


def _bare(parsed):
    """Return a number without the zero to dial before it, which counts as a digit else."""
    region = phonenumbers.region_code_for_country_code(parsed.country_code)
    one_zero = parsed.italian_leading_zero and parsed.number_of_leading_zeros in (None, 1)
    if not one_zero or phonenumbers.ndd_prefix_for_region(region, True) != "0":
        return parsed
    return phonenumbers.PhoneNumber(parsed.country_code, parsed.national_number)


def _find(text, region):
    """Return the first number in a longer text and what surrounds it, ``None`` for none."""
    regions = FRENCH_PLAN if region in FRENCH_PLAN else (region,)
    found = filter(None, (_find_in(text, each) for each in regions))
    return min(found, key=lambda found: len(found[1]), default=None)


def _find_in(text, region):
    matches = list(phonenumbers.PhoneNumberMatcher(text, region or None))
    around = text
    for match in reversed(matches):
        around = f"{around[: match.start]}|{around[match.end :]}"
    if not matches or _GLUED_RE.search(around):
        return None
    number = phonenumbers.format_number(matches[0].number, PhoneNumberFormat.E164)
    return number, text[: matches[0].start], text[matches[0].end :]
