"""Numbers, dates and web addresses as visitors type them in a form."""

import math
import re
from datetime import date
from urllib.parse import urlsplit

from ....tools.pasted.periods import MONTHS
from ....tools.text.fold import letters

#: What stands around an amount: a currency, and whether it is with taxes.
_CURRENCY = (
    r"(?:[^\w\s.,+-]{1,3}|(?-i:(?![KM]DH)[A-Z]{3})|euros?|eur|dollars?|usd|dirhams?|dhs?|mad|francs?|chf"
    r"|pounds?|gbp|ht|ttc)"
)
_AROUND_RE = re.compile(rf"^{_CURRENCY}\s*|\s*{_CURRENCY}$", re.IGNORECASE)
_GAPS_RE = re.compile(r"(?<=\d)[\s'’](?=\d)")
_TIMES = {
    **dict.fromkeys("k mille thousand".split(), 1_000),
    **dict.fromkeys("m mio mios million millions".split(), 1_000_000),
    **dict.fromkeys("md mds bn milliard milliards billion billions".split(), 1_000_000_000),
}
_TIMES_RE = re.compile(rf"(?<=\d)\s*({'|'.join(_TIMES)})(?:\s+d['e]?)?$", re.IGNORECASE)
_NUMBER_RE = re.compile(r"[+-]?(?:\d+(?:[.,]\d+)*|[.,]\d+)")
_GROUPS_RE = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_MONTH = r"(?P<month>[^\W\d_]{3,12})\.?"
#: "1er mars 2027", "4-Mar-2027", "Thursday, March 4th, 2027"
_NAMED_RES = [
    re.compile(rf"(?:[^\W\d_]+\.?,?\s+)?{named}[\s,./-]+(?P<year>\d{{4}})", re.IGNORECASE)
    for named in (
        rf"(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?[\s./-]+(?:of\s+)?{_MONTH}",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?",
    )
]
_DATE_RE = re.compile(r"(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{1,4})")


def number(text):
    """Return the number that a text is, ``None`` if it is none.

    A lone sign before three digits parts thousands, unless the number begins with a zero.

    >>> [number(text) for text in ("15 000 €", "15k", "1.500,50", "1,500", "0.500", "EUR -3")]
    [15000.0, 15000.0, 1500.5, 1500.0, 0.5, -3.0]
    >>> [number(text) for text in ("12 mille", "1,5 million d'euros", "2 Md€", "12 KEUR HT")]
    [12000.0, 1500000.0, 2000000000.0, 12000.0]
    >>> [number(text) for text in ("", "12 or 13", "1.2.3", "NaN", "1e9", "12 mois", "3 kg")]
    [None, None, None, None, None, None, None]
    """
    text = _GAPS_RE.sub("", _AROUND_RE.sub("", _AROUND_RE.sub("", text.strip())).strip())
    unit = _TIMES_RE.search(text)
    times = _TIMES[unit[1].lower()] if unit else 1
    text = text[: unit.start()] if unit else text
    if not text.isascii() or not _NUMBER_RE.fullmatch(text):
        return None
    sign = -1.0 if text[0] == "-" else 1.0
    value = _plain(text.lstrip("+-"))
    return None if value is None else sign * value * times


def _plain(text):
    """Return the value of digits, points and commas."""
    signs = [each for each in text if each in ".,"]
    if len(set(signs)) == 2:  # the last one parts the decimals
        whole, _point, decimals = text.rpartition(signs[-1])
        if signs.count(signs[-1]) > 1 or not _GROUPS_RE.fullmatch(whole):
            return None
        return float(f"{_digits(whole)}.{decimals}")
    if signs and _GROUPS_RE.fullmatch(text):
        return float(_digits(text))
    return float(text.replace(",", ".")) if len(signs) < 2 else None


def _digits(text):
    return text.replace(".", "").replace(",", "")


def finite(value):
    """Return a number that is one, ``None`` for infinity and what is not a number.

    >>> finite(3), finite(float("nan")), finite(10**400)
    (3.0, None, None)
    """
    try:
        value = float(value)
    except OverflowError:
        return None
    return value if math.isfinite(value) else None


def day(text, month_first=False):
    """Return the date that a text is, ``None`` if it is none.

    :param month_first: whether "3/4/2027" is 4 March, as in the United States; where only one
        reading is a date it is that one

    >>> day("2027-03-04"), day("4/3/2027"), day("3/4/2027", month_first=True)
    (datetime.date(2027, 3, 4), datetime.date(2027, 3, 4), datetime.date(2027, 3, 4))
    >>> day("3/25/2027"), day("1er février 2027"), day("March 4th, 2027"), day("4-Mar-2027")
    (datetime.date(2027, 3, 25), datetime.date(2027, 2, 1), datetime.date(2027, 3, 4), \
datetime.date(2027, 3, 4))
    >>> day("2027-02-30"), day("4 Mai 2O27"), day("March 2027")
    (None, None, None)
    """
    match = _DATE_RE.fullmatch(text.strip())
    if not match:
        named = next(filter(None, (each.fullmatch(text.strip()) for each in _NAMED_RES)), None)
        month = MONTHS.get(letters(named["month"])) if named else None
        return _date(named["year"], month, named["day"]) if month else None
    first, second, third = match.groups()
    if len(first) == 4:
        return _date(first, second, third)
    if len(third) != 4:
        return None
    readings = [(third, second, first), (third, first, second)]
    found = (_date(*parts) for parts in (reversed(readings) if month_first else readings))
    return next(filter(None, found), None)


def _date(*parts):
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def is_web_address(text):
    """Tell whether a text can be the address of a page on the web, with or without "https://".

    >>> [is_web_address(text) for text in ("acme.fr", "https://acme.fr/x", "javascript:alert(1)")]
    [True, True, False]
    >>> [is_web_address(text) for text in ("http://", "no point", "a@b.fr", "http://[")]
    [False, False, False, False]
    """
    if any(each.isspace() for each in text):
        return False
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in host.strip(".") and "@" not in parts.netloc
