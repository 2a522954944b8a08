"""Numbers as programs write them: a float's decimals, a formula, scientific notation.

Spreadsheets and data programs take identifiers for quantities: ``1561191000066.0``,
``="0612345678"``, ``'01000``, ``7.3282932000074E+13``.  What nobody typed is taken off here,
once for every kind of number; digits that a program has thrown away are never guessed.
"""

import re
import unicodedata
from functools import lru_cache

from .fold import ascii_sign

#: Nothing longer is looked at: it is a text, not a number.
LONGEST = 300

_FORMULA_RE = re.compile(r"""=\s*(?:T|TEXT|TEXTE)?\s*\(?\s*"?([^"()]*)"?\s*\)?\Z""", re.IGNORECASE)
# Quotes around a number, or around what a program then added to; "732'829'320" keeps its own.
_QUOTES_RE = re.compile(r"""["`“”]|\A\s*'+|'+(?=\s*\Z|[.,]0)""")
# Digits, and groups of them where one sign parts them, then decimals that are all zero.
_DECIMALS_RE = re.compile(
    r"(?P<whole>\d+(?:(?P<sep>[ '.,_])\d+(?:(?P=sep)\d+)*)?)(?P<point>[.,])(?P<zeros>0+)"
    r"(?![.,]?\w|[ '_.,-]+\d)"
)
_TWICE_RE = re.compile(r"(\d{5,}[.,]0+)(?:[.,]0+)+(?![.,]?\d)")
_SCIENTIFIC_RE = re.compile(
    r"(?<![\w.,])(?P<first>\d)(?:[.,](?P<rest>\d+))?\s?"
    r"(?:(?P<e>E)\s?|[x×*]\s?10\s?\^\s?)(?P<sign>[+-])?\s?(?P<power>\d{1,3})(?![\w]|[.,]\d)",
    re.IGNORECASE,
)
_PUNCTUATION = {"٫": ".", "٬": ",", "’": "'", "‘": "'", "ʼ": "'", "−": "-"}
_THOUSANDS_RE = re.compile(r"\d{1,4}(?:.\d{3})+")
# "612345678.5", "1000.5": a quantity, whose last digit is of no identifier.
_FRACTION_RE = re.compile(r"[+-]?\d{4,}[.,](?!0+$)\d{1,2}")
#: Fewer digits in a row, with a word beside them, are no identifier that a float has spoilt.
_FEWEST = 5
#: So many are a whole number, not the beginning of a phone number.
_LONG = 9
#: So many zeros may be the end of one; more are those of a program.
_GROUP = (3, 4)


def plain(value):
    """Return ``(text, cut)``: what was meant by a typed text or by a number itself.

    Digits of any script become 0 to 9, unseen signs go.  ``cut`` tells that a program has
    dropped digits: the number cannot be known, and must not be read from what is left.

    >>> plain("1561191000066.0"), plain(732829320.0), plain('="0612345678"')
    (('1561191000066', False), ('732829320', False), ('0612345678', False))
    >>> plain("SIREN 732,829,320.00"), plain("7.3282932000074E+13"), plain("3,56E+13")
    (('SIREN 732,829,320', False), ('73282932000074', False), ('3,56E+13', True))
    >>> plain("01.42.68.53.00"), plain("12.000"), plain("0428.759.497")
    (('01.42.68.53.00', False), ('12.000', False), ('0428.759.497', False))
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return "", False
    text = str(value)
    if len(text) > LONGEST:
        return text, False
    text, cut = _plain(text)
    is_fraction = isinstance(value, float) and not value.is_integer()
    return text, cut or is_fraction or bool(_FRACTION_RE.fullmatch(text))


def to_store(value):
    """Return the text to keep of a value: what a program added is gone, the rest is as typed.

    >>> to_store(612345678.0), to_store("3.56E+13"), to_store("Tél. 01\\u00a042")
    ('612345678', '3.56E+13', 'Tél. 01\\xa042')
    """
    text, _cut = plain(value)
    typed = str(value)
    return text if text and text != _in_ascii(typed) else typed


@lru_cache(maxsize=4096)
def _plain(text):
    if not any(map(str.isdecimal, text)):
        return text, False
    text = _in_ascii(text)
    if formula := _FORMULA_RE.match(text):
        text = formula[1]
    text = _QUOTES_RE.sub("", text).strip()
    text, cut = _spelt_out(_TWICE_RE.sub(r"\1", text))
    return _DECIMALS_RE.sub(lambda match: _whole(match, text), text), cut


def _in_ascii(text):
    return (text if text.isascii() else "".join(map(_sign, text))).strip()


@lru_cache(maxsize=1024)
def _sign(sign):
    """Return a sign as ASCII has it where it is a digit or a sign within numbers."""
    if unicodedata.category(sign) == "Zs":
        return " "
    return _PUNCTUATION.get(sign) or ascii_sign(sign)


def _whole(match, text):
    """Return the number without its decimals, or as it is where they may be digits of it.

    "514.555.0000", "0121 250.0000" and "01 42 68 53.00" are phone numbers.
    """
    whole, sep, zeros = match["whole"], match["sep"], len(match["zeros"])
    if not sep:
        return whole if _is_float(whole, zeros, match[0] == text.lstrip("+-")) else match[0]
    digits = whole.replace(sep, "")
    is_long = len(digits) >= _LONG
    if sep == match["point"]:  # "01.42.68.53.00", "20.123.456.0"
        by_thousands = _THOUSANDS_RE.fullmatch(whole) and whole.count(sep) * 3 < len(whole)
        is_quantity = by_thousands and (zeros == 1 or (is_long and zeros != 3))
        return whole if is_quantity else match[0]
    if zeros in _GROUP:
        return whole if is_long else match[0]
    is_complete = len(digits) == 10 and digits[0] == "0"
    by_twos = zeros == 2 and len(whole.rpartition(sep)[2]) == 2 and not is_complete
    return match[0] if by_twos else whole


def _is_float(whole, zeros, alone):
    """Tell whether zeros after a point are decimals of digits that nothing parts."""
    if len(whole) < _FEWEST:
        return alone and not (zeros == 3 and len(whole) <= 3 and whole[0] != "0")
    begun = _FEWEST < len(whole) < _LONG  # "514555.0000", "0610000.000"
    return not (begun and (zeros in _GROUP or (zeros == 2 and whole[0] == "0")))


def _spelt_out(text):
    """Return ``text`` with the numbers in scientific notation written out, and if any was cut."""
    cut = False

    def digits(match):
        nonlocal cut
        written = match["rest"] or ""
        power = int(match["power"])
        is_number = written or match["sign"] or not match["e"]
        if not is_number:  # "2E3" may be a code
            return match[0]
        if match["sign"] == "-" or len(written) < power:
            cut = True
            return match[0]
        rest = written.rstrip("0").ljust(power, "0")
        if len(rest) > power:  # a fraction
            return match[0]
        return match["first"] + rest

    return _SCIENTIFIC_RE.sub(digits, text), cut
