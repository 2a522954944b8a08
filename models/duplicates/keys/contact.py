"""The mailboxes and phone numbers of a record as they are compared: all that its fields hold."""

import re
import unicodedata

from ....tools.contact import email_address, phone_number
from ....tools.contact.email_filler import is_made_up

#: An address without anything to clean: the full check costs twenty times as much.
_PLAIN_ADDRESS_RE = re.compile(r"([\w.+-]+)@((?:[a-z0-9-]+\.)+[a-z]{2,})", re.ASCII)
_BETWEEN_ADDRESSES_RE = re.compile(
    r"[\s,;|/<>()]+|(?<=\.[a-z]{2})&|(?<=\.[a-z]{3})&", re.IGNORECASE
)
#: What people write for signs so that programs do not find the address, and spaces around it.
_AT_RE = re.compile(r"\s*(?:@|[(\[{]\s*at\s*[)\]}])\s*", re.IGNORECASE)
_DOT_RE = re.compile(r"\s*[(\[{]\s*(?:dot|point)\s*[)\]}]\s*", re.IGNORECASE)
#: Signs that a text program or a phone put in the place of those of the keyboard.
_TYPOGRAPHIC = str.maketrans(
    dict.fromkeys("‘’‛`´ʼ′", "'") | dict.fromkeys("“”„″", '"') | dict.fromkeys("‐‑‒–—―−﹣", "-")
)
#: As Odoo's ``phone_sanitized`` is; +33 may stand before a number from overseas.
_E164_RE = re.compile(r"\+(?!33(?:26|59|63|69))[1-9]\d{7,14}")
_BETWEEN_NUMBERS_RE = re.compile(
    r"\s*[/;|&,\n]\s*|\s+(?:ou|et|or|and|puis|[àa]|au|[-–])\s+|\s*(?<=\d)(?=\+)", re.IGNORECASE
)
_RANGE_RE = re.compile(r"\d\s*(?:[àa]|au)\s*\d{1,4}\W*$", re.IGNORECASE)
_END_RE = re.compile(r"\d{1,4}|\d\d[ .-]\d\d")
_DIGITS_RE = re.compile(r"\D+")
#: "06 00 00 00 00", "06 06 06 06 06", "06 66 66 66 66"; 01 44 44 44 44 may be somebody's.
_NOBODYS_NUMBER_RE = re.compile(r"\d*0{8,}|(\d\d)\1{4}|\d?(\d)\2{8,}")
#: Nobody has more numbers in one field, and the fewest digits of a number of its own.
_MOST_NUMBERS, _FEWEST_DIGITS = 6, 6
#: So many digits are a number of somebody, whatever the country that nobody typed.
_FEWEST_ANYWHERE, _MOST_ANYWHERE = 8, 15


def mailboxes(typed):
    """Return the addresses in a field, in small letters; those that stand for none are left out.

    >>> mailboxes("Salma <Salma@Atlas.ma>; b@atlas.ma"), mailboxes("o’neil@x–y.fr")
    (['salma@atlas.ma', 'b@atlas.ma'], ["o'neil@x-y.fr"])
    >>> mailboxes("salma @atlas.ma (perso)"), mailboxes("salma [at] atlas [dot] ma")
    (['salma@atlas.ma'], ['salma@atlas.ma'])
    >>> mailboxes("test@test.fr"), mailboxes("pas-de-mail@free.fr"), mailboxes("noreply@atlas.ma")
    ([], [], [])
    """
    text = typed.strip().translate(_TYPOGRAPHIC) if isinstance(typed, str) else ""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = _DOT_RE.sub(".", _AT_RE.sub("@", text))
    parts = _BETWEEN_ADDRESSES_RE.split(text)
    if text.count("@") == 1:  # alone, or before a comment: "jean dupont@free.fr" is not Dupont's
        parts = [text if _address(text) else parts[0]]
    found = (_address(part) for part in parts if "@" in part)
    return list(dict.fromkeys(each for each in found if each and not is_nobodys(each)))


def _address(text):
    small = text.lower()
    if _PLAIN_ADDRESS_RE.fullmatch(small) and "xn--" not in small and ".." not in small:
        return small
    return email_address.normalise(text)


def is_nobodys(address):
    """Tell of an address that was typed only to get past the field, or that nobody reads.

    >>> [is_nobodys(text) for text in ("a@a.fr", "test2@free.fr", "inconnu@inconnu.com")]
    [True, True, True]
    >>> [is_nobodys(text) for text in ("pascale@free.fr", "atlas@atlas.ma", "noemie@free.fr")]
    [False, False, False]
    """
    local, _at, domain = address.partition("@")
    return email_address.never_answers(local) or is_made_up(local, domain)


def numbers(typed, country="", fallback=""):
    """Return the phone numbers in a field, in E.164; as digits where no rule fits them.

    Those that were typed only to fill the field are left out.

    :param country: ISO 3166 code of the record's country
    :param fallback: that of the company

    >>> numbers("06 12 34 56 78 / 01 42 68 53 00", "FR"), numbers("01.42.68.53.00/01", "FR")
    (['+33612345678', '+33142685300'], ['+33142685300', '+33142685301'])
    >>> numbers("01 42 68 53 00 (9h-17h)", "FR"), numbers("02/512 34 56", "BE")
    (['+33142685300'], ['+3225123456'])
    >>> numbers("98 123 456", "FR"), numbers("06 00 00 00 00", "FR")  # of Tunis, of nobody
    (['98123456'], [])
    """
    text = typed.strip() if isinstance(typed, str) else ""
    if not text or _is_nobodys_number(text):
        return []
    if _E164_RE.fullmatch(text):
        return [text]
    verdict = phone_number.check(text, country, fallback)
    if verdict.value and verdict.reason != "several" and not _RANGE_RE.search(text):
        return [verdict.value]
    found, digits = [verdict.value] if verdict.value else [], []
    for written in _written(text):
        each = phone_number.check(written, country, fallback)
        if each.value and each.reason != "several":
            found.append(each.value)
        elif not each.value and not _is_nobodys_number(written):
            digits.append(_DIGITS_RE.sub("", written))
    return list(dict.fromkeys(found or filter(_is_anywhere, digits)))[:_MOST_NUMBERS]


def _is_nobodys_number(text):
    return bool(_NOBODYS_NUMBER_RE.fullmatch(_DIGITS_RE.sub("", text)))


def _is_anywhere(digits):
    return _FEWEST_ANYWHERE <= len(digits) <= _MOST_ANYWHERE


def _written(text):
    """Yield each number of a text as if it stood alone; "00/01" is two."""
    before = ""
    for part in _BETWEEN_NUMBERS_RE.split(text[: phone_number.LONGEST]):
        digits = _DIGITS_RE.sub("", part)
        if before and _END_RE.fullmatch(part.strip(" .-")):
            yield before[: -len(digits)] + digits
        elif len(digits) >= _FEWEST_DIGITS:
            before = "+" * part.lstrip(" (").startswith("+") + digits
            yield part
            yield from _halves(digits)


def _halves(digits):
    """Yield the numbers of ten digits that nothing but spaces parts."""
    if len(digits) in (20, 30):
        yield from (digits[start : start + 10] for start in range(0, len(digits), 10))
