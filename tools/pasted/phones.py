"""Phone numbers, as phonenumbers finds them in running text."""

import re

from phonenumbers import Leniency, PhoneNumberMatcher

from ..contact import phone_number
from ..ids.bank_account import find_ibans
from ..verdict import DOUBTFUL, VALID
from .finding import Finding

#: Labels of numbers on which nobody answers, and of digits that are no phone number, folded.
_NOT_DIALLED_RE = re.compile(
    r"(?:\bfax|telecopie|\btvq|\bf) ?[:.]? ?$"
    r"|\b(?:commande|facture|devis|dossier|contrat|reference|ref|client|invoice|order|\bpo|\bbl"
    r"|iban|siret|siren|ice|rcs|\brc|\bif|bce|tva|vat|patente|cnss|ape|naf|numero de serie"
    r"|serial|compte|account|ticket|case|no|n°|n)[ :.#°-]*(?:no|n°|number|num)?[ :.#-]*$"
)
#: Signs before digits that are part of something longer ("FA-0612345678").
_GLUED = "-/_#"
#: So many signs before a number are looked at for its label.
_LABEL = 22
#: Attempts of the library at digits that make no number.
_TRIES = 400


def find(page):
    """Yield the phone numbers, in E.164 form, in the order of the text."""
    for start, end in find_ibans(page.text):
        page.take(start, end)
    seen = set()
    for match in PhoneNumberMatcher(page.text, page.country or None, Leniency.VALID, _TRIES):
        span = (match.start, match.end)
        if page.is_taken(*span) or not page.line_of(match.start) or _is_other(page, match.start):
            continue
        verdict = phone_number.check(match.raw_string, page.country)
        if verdict.status in (VALID, DOUBTFUL) and verdict.value not in seen:
            seen.add(verdict.value)
            page.take(*span)
            yield Finding("phone", verdict.value, *span)


def _is_other(page, start):
    before = page.folded[max(0, start - _LABEL) : start].rpartition("\n")[2]
    glued = before[-1:] in _GLUED and before[-2:-1].isalnum()
    if _NOT_DIALLED_RE.search(before):
        page.take(start, start + 1)
        return True
    return glued
