"""What a cell holds, as plain as JSON: nothing, a text, a number, yes or no; dates as ISO text."""

import datetime
import math
import re

#: Floats are exact up to there.
_EXACT = 2**53
#: What a database cannot keep or what nobody typed: NUL, byte order marks, lone surrogates.
_UNSTORABLE_RE = re.compile("[\0\ufeff\ud800-\udfff]")
_LITERAL_RE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_CONDITION_RE = re.compile(r"\[[^\]]*\]")
_MASK_RE = re.compile(r'"([^"]*)"|\\(.)|([^"\\])')
#: A number format that shows a currency: "[$€-40C]", "\"DH\"", "$#,##0".
_CURRENCY_RE = re.compile(
    r'\[\$([^\]-]+)[^\]]*\]|"\s*(DHS?|EUR|USD|MAD|CHF|GBP|CAD|TND|DZD|XOF|XAF|AED)\s*"|([€$£¥₹₺])',
    re.IGNORECASE,
)
#: More than a title says: what comes after is left out.
LONGEST = 32_767


def plain(value):
    """Return what a cell holds; whole numbers without decimals.

    >>> [plain(each) for each in (612345678.0, 1.5, " ", "Ada", True, None, float("nan"))]
    [612345678, 1.5, None, 'Ada', True, None, None]
    >>> plain(datetime.datetime(2025, 2, 28)), plain(datetime.datetime(2025, 2, 28, 10))
    ('2025-02-28', '2025-02-28T10:00:00')
    """
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return int(value) if value.is_integer() and abs(value) < _EXACT else value
    if isinstance(value, datetime.datetime):
        value = value.replace(microsecond=0, tzinfo=None)
        is_day = value.time() == datetime.time()
        return value.date().isoformat() if is_day else value.isoformat()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return str(value)
    return value


def _text(value):
    if not value or value.isspace():
        return None
    if _UNSTORABLE_RE.search(value):
        value = _UNSTORABLE_RE.sub("", value)
    return value[:LONGEST] or None


def cut(cells):
    """Return cells without the empty ones at the end.

    >>> cut(["a", None, "b", None, None]), cut([None])
    (['a', None, 'b'], [])
    """
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return cells[:end]


def shows_zeros(code):
    """Tell whether a number format of Excel shows zeros that the number has not.

    >>> [shows_zeros(each) for each in ("0000000000", '0#" "##" "##" "##" "##', "00000")]
    [True, True, True]
    >>> [shows_zeros(each) for each in ("General", "0", "0.00", "#,##0", "0%", "00:00")]
    [False, False, False, False, False, False]
    """
    bare = _LITERAL_RE.sub("", code.partition(";")[0]).replace(" ", "")
    return len(bare) > 2 and bare[0] == "0" and not bare.strip("0#-.()/") and "." not in bare


def currency(code):
    """Return the currency that a number format of Excel shows, as it shows it.

    >>> [currency(each) for each in ("#,##0.00 [$€-40C]", '#,##0 "DH"', "$#,##0", "[$$-409]#,##0")]
    ['€', 'DH', '$', '$']
    >>> [currency(each) for each in ("#,##0.00", '0 "kg"', "[$-40C]d mmm yyyy", "0%")]
    ['', '', '', '']
    """
    found = _CURRENCY_RE.search(code.replace("[$-", "[-"))
    return next(filter(None, found.groups()), "").strip() if found else ""


def is_telling(code):
    """Tell whether a number format says more than the number does."""
    return shows_zeros(code) or bool(currency(code))


def dressed(value, code):
    """Return a value with what its number format says beside it.

    >>> dressed(75001, "00000"), dressed(1000, "00000"), dressed(12.5, '#,##0 "DH"')
    ('75001', '01000', '12.5 DH')
    >>> dressed(12.5, "0.00"), dressed("Ada", "$0"), dressed(None, "$0")
    (12.5, 'Ada', None)
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    if sign := currency(code):
        return f"{round(value, 2)} {sign}"
    return shown(value, code) if shows_zeros(code) else value


def shown(number, code):
    """Return a whole number as such a format shows it.

    >>> shown(612345678, "0000000000"), shown(612345678, '0#" "##" "##" "##" "##')
    ('0612345678', '06 12 34 56 78')
    >>> shown(-5, "000"), shown(1.5, "000"), shown(75001, "00000")
    (-5, 1.5, '75001')
    """
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        return number
    code = _CONDITION_RE.sub("", code.partition(";")[0])
    marks = ["".join(part) for part in _MASK_RE.findall(code)]
    digits, signs = list(str(number)), []
    places = [n for n, mark in enumerate(marks) if mark in ("0", "#")]
    for n in range(len(marks) - 1, -1, -1):
        if n not in places:
            signs.append(marks[n])
        elif digits:
            signs.append(digits.pop())
        elif marks[n] == "0" or "0" in (marks[each] for each in places if each < n):
            signs.append("0")
        if places and n == places[0]:
            signs.extend(reversed(digits))
            digits = []
    return "".join(reversed(signs)).strip()
