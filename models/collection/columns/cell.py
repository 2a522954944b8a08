"""A cell of a file as text, and what several things may stand in it."""

import re

from ....tools.text.filler import is_blank, is_filler

_YEAR_RE = re.compile(r"(\d{1,2})\s*([-/. ])\s*(\d{1,2})\s*\2\s*(\d{2})")
_PHONES_RE = re.compile(r"[;|\n/]|\b(?:ou|or|et|and)\b")
_EMAILS_RE = re.compile(r"[\s;,/|]+")
#: A phone number has that many.
FEWEST_DIGITS = 8


def says_nothing(text):
    """Tell whether a text is blank, or a filler without digits: "12345" is a number.

    >>> says_nothing("n/a"), says_nothing("?"), says_nothing("12345"), says_nothing("Ada")
    (True, True, False, False)
    """
    return is_blank(text) or (is_filler(text) and not any(map(str.isdigit, text)))


def cell_text(cell):
    """Return a cell as text, whole numbers without decimals.

    >>> cell_text(12.0), cell_text(7.5), cell_text("a"), cell_text(None), cell_text(True)
    ('12', '7.5', 'a', '', 'true')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return str(int(cell))
    return str(cell)


def phones(cell):
    """Return the phone numbers in a cell.

    >>> phones("01 42 68 53 00 / 06 12 34 56 78"), phones("04 65 71 00 01/02"), phones(4)
    (['01 42 68 53 00', '06 12 34 56 78'], ['04 65 71 00 01/02'], [4])
    """
    if not isinstance(cell, str):
        return [cell]
    parts = [part.strip() for part in _PHONES_RE.split(cell) if part.strip()]
    whole = all(sum(map(str.isdigit, part)) >= FEWEST_DIGITS for part in parts)
    return parts if whole and parts else [cell]


def with_century(text, year):
    """Return a date with four digits of its year: "12/5/24" is of this century, "12/5/70" is not.

    >>> with_century("12/5/24", 2026), with_century("12.05.70", 2026), with_century("x", 2026)
    ('12/5/2024', '12.05.1970', 'x')
    """
    match = _YEAR_RE.fullmatch(text.strip())
    if not match:
        return text
    first, sign, second, short = match.groups()
    century = year // 100 - (int(short) > year % 100 + 20)
    return f"{first}{sign}{second}{sign}{century}{short}"


def emails(text):
    """Return what stands in a text around the signs that part e-mail addresses.

    >>> emails("a@x.fr; b@x.fr"), emails("ada")
    (['a@x.fr', 'b@x.fr'], [])
    """
    return [each for each in _EMAILS_RE.split(text) if "@" in each]
