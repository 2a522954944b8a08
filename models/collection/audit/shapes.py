"""The shape of a cell: an e-mail address, nine digits, a date with the day first...

``d9`` are nine digits, ``z10`` ten of which the first is zero, ``float`` digits and ``.0``; ``dm``
a date with the day first, ``md`` with the month first, ``day`` one that can be read both ways.
"""

import re
from datetime import date

_EMAIL_RE = re.compile(r"[^@\s,;/]+@[^@\s,;/]+\.[^@\s,;/]+")
_URL_RE = re.compile(
    r"(?:https?://|www\.)\S+|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,10}(?:/\S*)?", re.I
)
_DATE_RE = re.compile(r"(\d{1,4})[/.\- ](\d{1,2})[/.\- ](\d{2,4})(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?")
_SCIENTIFIC_RE = re.compile(r"[+-]?\d(?:[.,]\d+)?[eE]\+?\d{1,2}")
_FLOAT_RE = re.compile(r"(\d{4,})[.,]0+")
_DIGITS_RE = re.compile(r"\d+")
_AMOUNT_RE = re.compile(
    r"-?[\d\s.,’'\u202f\xa0]+\s*(?:€|eur|k€|m€|mad|dh|dhs|\$|usd|£|gbp|chf|k|%)?", re.I
)
_PHONE_RE = re.compile(r"(?:\+|\(|0)[\d\s.()/-]{7,24}\d")
_PHONES_RE = re.compile(r"\d{6}\s*[/;,|\n]\s*[+(]?\d{6}|\d\d\s*[/;,|\n]\s*(?:\+|0)\d")
_VAT_RE = re.compile(
    r"(?:FR|BE|LU|CHE|DE|ES|IT|NL|PT|GB|MA)[ .-]?[0-9A-Z]{2}[ .-]?[\d .-]{6,14}", re.I
)
_PADDING_RE = re.compile(r"[\s.\-()/\xa0\u202f]+")
#: Yes and no, in small letters.
WAYS_TO_SAY_YES = frozenset("oui non yes no vrai faux true false x o n y 0 1".split())
_LUHN = str.maketrans("0123456789", "0246813579")


def shape_of(text):
    """Return the shape of a text.

    >>> [shape_of(each) for each in ("a@b.fr", "a@b.fr; c@d.fr", "www.atlas.fr", "2025-02-28")]
    ['email', 'emails', 'url', 'iso']
    >>> [shape_of(each) for each in ("28/02/2025", "02/28/2025", "01/02/2025", "29/02/2025")]
    ['dm', 'md', 'day', 'bad_date']
    >>> [shape_of(each) for each in ("06 12 34 56 78", "612345678", "+33612345678", "01000")]
    ['z10', 'd9', 'plus', 'z5']
    >>> [shape_of(each) for each in ("7,32829E+13", "612345678.0", "1 234,50 €", "oui", "Atlas")]
    ['scientific', 'float', 'decimal', 'yes', 'text']
    >>> shape_of("06 12 34 56 78 / 04 72 00 00 01")
    'phones'
    """
    if "@" in text:
        return "email" if _EMAIL_RE.fullmatch(text) else "emails" if text.count("@") > 1 else "text"
    if text[:1].isdigit() or text[:1] in "+(-=\"'":
        if shape := _numeric_shape(text.strip("='\"")):
            return shape
    if text.lower() in WAYS_TO_SAY_YES:
        return "yes"
    if "." in text and _URL_RE.fullmatch(text):
        return "url"
    if _VAT_RE.fullmatch(text):
        return "vat"
    return "text"


def _numeric_shape(text):
    if text in ("0", "1"):
        return "yes"
    if found := _DATE_RE.fullmatch(text):
        if shape := _date_shape(*found.groups()):
            return shape
    if _SCIENTIFIC_RE.fullmatch(text):
        return "scientific"
    if _FLOAT_RE.fullmatch(text):
        return "float"
    if _PHONES_RE.search(text):
        return "phones"
    if text.startswith("+") and _PHONE_RE.fullmatch(text):
        return "plus"
    digits = bare(text)
    if _DIGITS_RE.fullmatch(digits):
        return f"{'z' if digits[0] == '0' and len(digits) > 1 else 'd'}{len(digits)}"
    if _AMOUNT_RE.fullmatch(text):
        return "decimal"
    return "phone" if _PHONE_RE.fullmatch(text) else ""


def _date_shape(first, second, third):
    if len(first) == 4:
        return "iso" if _is_day(first, second, third) else "bad_date"
    if len(first) > 2 or len(third) == 3:
        return ""
    year = third if len(third) == 4 else f"20{third}"
    if int(first) > 12 >= int(second):
        return "dm" if _is_day(year, second, first) else "bad_date"
    if int(second) > 12 >= int(first):
        return "md" if _is_day(year, first, second) else "bad_date"
    return "day" if _is_day(year, second, first) else "" if len(third) < 4 else "bad_date"


def _is_day(year, month, day):
    try:
        return bool(date(int(year), int(month), int(day)))
    except ValueError:
        return False


def bare(text):
    """Return a text without what people put between digits."""
    return _PADDING_RE.sub("", text)


def digits_of_float(text):
    """Return the digits to which a program has added ".0"."""
    return _FLOAT_RE.match(text.strip("='\""))[1]


def is_future(text):
    """Tell whether this is a day to come.

    >>> is_future("2999-01-01"), is_future("31/12/2999"), is_future("01/01/1980"), is_future("?")
    (True, True, False, False)
    """
    found = _DATE_RE.fullmatch(text)
    if not found:
        return False
    today = date.today()
    if len(found[1]) == 4:
        return text[:10] > today.isoformat()
    return int(found[3]) > today.year


def number_shapes(number):
    """Return the shapes of a number that a spreadsheet holds as one."""
    if number in (0, 1):
        return ("yes",)
    digits = str(abs(number))
    if len(digits) > 11 and digits.endswith("00000"):
        return ("rounded",)
    return (f"d{len(digits)}", "luhn") if has_luhn(digits) else (f"d{len(digits)}",)


def has_luhn(digits):
    """Tell whether nine digits end with the check digit of a SIREN."""
    if len(digits) != 9 or not digits.isdecimal() or not digits.isascii():
        return False
    return not sum(map(int, digits[::2] + digits[1::2].translate(_LUHN))) % 10
