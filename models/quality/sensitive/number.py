"""Find social-security, payment-card and bank-account numbers in a note.

Only numbers whose check digits agree, or of a layout that nothing else has, so that order,
phone, SIRET or bar-code numbers do not fire.  Left out, because too many other numbers pass:
the Moroccan CIN and the British NINO (no check digit), the Spanish DNI, the Dutch BSN and
the German IdNr (one number in 10 to 23 passes), the one of Luxembourg (as long as a bar
code), and a NIR without its key.
"""

import re
from typing import NamedTuple

from stdnum import luhn
from stdnum.be import bis, nn
from stdnum.ch import ssn as ahv
from stdnum.fr import nir
from stdnum.it import codicefiscale
from stdnum.us import ssn

from .text import without_links

KINDS = ("nir", "national_id", "card", "iban")


class NumberHit(NamedTuple):
    """``text[start:end]`` is a number; ``masked`` recalls it to its author, no more."""

    kind: str
    start: int
    end: int
    masked: str


_SPACE = " \u00a0\u202f"
_GAP = rf"[{_SPACE}.\-/]?"
_MONTH, _DAY = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
_LAYOUTS = {
    # Sex, year, month (20 and more where it is unknown), department, town, rank, key.  First
    # digits other than 1 and 2 are provisional, rare, and those of telephone sets (IMEI).
    "nir": rf"[12]{_GAP}\d\d{_GAP}(?:{_MONTH}|20|3\d|4[0-2]|[5-9]\d){_GAP}(?:\d\d|2[AB])"
    rf"{_GAP}\d{{3}}{_GAP}\d{{3}}[{_SPACE}.\-/]{{0,3}}\d\d",
    "be_dotted": r"\d\d\.\d\d\.\d\d-\d{3}\.\d\d",
    "be": rf"\d\d(?P<be_gap>[{_SPACE}]?){_MONTH}(?P=be_gap){_DAY}(?P=be_gap)"
    r"\d{3}(?P=be_gap)\d\d",
    "ch": r"756\.\d{4}\.\d{4}\.\d\d",
    "it": r"[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]",
    "us": r"\d{3}-\d\d-\d{4}",
    # Visa, Mastercard, Discover, UnionPay, JCB, Maestro and Bancontact, of 16 digits.  Those
    # of 13 digits look like bar codes, and of 14 like a SIRET unless written as Diners' are.
    "card": r"(?:4\d{3}|5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720|6011|64[4-9]\d"
    r"|65\d\d|62\d\d|352[89]|35[3-8]\d|50[0-3]\d|5[6-8]\d\d|6304|67[05-7]\d)"
    rf"(?P<gap>[{_SPACE}\-]?)\d{{4}}(?P=gap)\d{{4}}(?P=gap)\d{{4}}(?!(?P=gap)\d{{4}})",
    "amex": rf"3[47]\d\d(?P<amex_gap>[{_SPACE}\-]?)\d{{6}}(?P=amex_gap)\d{{5}}",
    "diners": rf"3(?:0[0-5]|[689]\d)\d(?P<diners_gap>[{_SPACE}\-])\d{{6}}(?P=diners_gap)\d{{4}}",
}
_CHECKS = {
    "nir": nir.is_valid,
    "be_dotted": lambda number: nn.is_valid(number) or bis.is_valid(number),
    "be": nn.is_valid,
    "ch": ahv.is_valid,
    "it": codicefiscale.is_valid,
    "us": ssn.is_valid,
}
_CARDS = ("card", "amex", "diners")

#: Neither in the middle of a word, nor of a longer number or an international phone number.
_NUMBER_RE = re.compile(
    rf"(?<![\w+])(?<![\d+][{_SPACE}.\-/])(?:"
    + "|".join(f"(?P<{layout}>{pattern})" for layout, pattern in _LAYOUTS.items())
    + r")(?!\w)",
    re.ASCII | re.IGNORECASE,
)

#: What every one of them has: most notes need no closer look.
_DIGITS_RE = re.compile(r"\d(?:\D{0,3}\d){6}", re.ASCII)
#: One unspaced number of 16 digits in 10 passes Luhn's check: what stands before it decides.
_REFERENCE_RE = re.compile(
    r"(?:commande|cde|facture|avoir|devis|dossier|contrat|colis|suivi|livraison|bl|r[ée]f|ticket"
    r"|r[ée]f[ée]rence|order|po|invoice|quote|case|tracking|shipment|imei|article|sku|serial"
    r"|s[ée]rie|num[ée]ro de (?:commande|facture|suivi|dossier))"
    r"[\s:.#°-]*(?:(?:n|no|num[ée]ro|number)?[\s:.#°-]*)$",
    re.IGNORECASE,
)
_IBAN_START_RE = re.compile(rf"\b[A-Z]{{2}}[{_SPACE}]?\d\d[{_SPACE}\-.]?[A-Z0-9]{{4}}", re.I)


def find(text):
    """Return the :class:`NumberHit` of ``text``, in order; they do not overlap.

    >>> for hit in find("NIR 2 95 10 99 126 111 93, carte 4111 1111 1111 1111 12/28"):
    ...     print(hit)
    NumberHit(kind='nir', start=4, end=25, masked='2 95 •• •• ••• ••• ••')
    NumberHit(kind='card', start=33, end=52, masked='•••• •••• •••• 1111')
    >>> find("SIRET 732 829 320 00074, tel 06 12 34 56 78, commande 4500123456789012")
    []
    """
    if not (text and _DIGITS_RE.search(text)):
        return []
    text = without_links(text)
    hits = list(_ibans(text))
    taken = [(hit.start, hit.end) for hit in hits]
    for match in _NUMBER_RE.finditer(text):
        free = all(match.end() <= start or end <= match.start() for start, end in taken)
        if free and (hit := _checked(text, match)):
            hits.append(hit)
    return sorted(hits, key=lambda hit: hit.start)


def _checked(text, match):
    layout, number = match.lastgroup, _compact(match[0])
    if layout not in _CARDS:
        if not _CHECKS[layout](number):
            return None
        kind = "nir" if layout == "nir" else "national_id"
        shown = _masked_nir(number) if kind == "nir" else _masked(match[0])
        return NumberHit(kind, *match.span(), shown)
    named = number == match[0] and _REFERENCE_RE.search(
        text, max(0, match.start() - 30), match.start()
    )
    if named or not luhn.is_valid(number):
        return None
    return NumberHit("card", *match.span(), f"•••• •••• •••• {number[-4:]}")


def _ibans(text):
    if not _IBAN_START_RE.search(text):
        return
    # reads the registry of banks: only when needed
    from ....tools.ids.bank_account import find_ibans

    for start, end in find_ibans(text):
        number = _compact(text[start:end])
        yield NumberHit("iban", start, end, f"{number[:4]} •••• … {number[-2:]}")


def _compact(number):
    return re.sub("[^0-9A-Z]", "", number.upper())


def _masked(number):
    """Return ``number`` as it was typed with all but its first two signs hidden."""
    return number[:2] + re.sub("[0-9A-Za-z]", "•", number[2:])


def _masked_nir(number):
    return f"{number[0]} {number[1:3]} •• •• ••• ••• ••"
