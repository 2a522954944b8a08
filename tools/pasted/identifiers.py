"""Numbers of registers and of VAT that name the company, with the label that says what they are."""

import re

from ..ids import company_id, vat_number
from ..verdict import VALID
from .finding import Finding

#: Labels, folded: whose number follows, and the country of the register.
_REGISTERS = (
    (r"siret|siren|rcs(?: [a-z-]{2,30}){0,3}?(?: [ab])?", "FR"),
    (r"bce|kbo|numero d'entreprise|n° d'entreprise|ondernemingsnummer", "BE"),
    (r"ice", "MA"),
    (r"ide|uid", "CH"),
)
_LABELLED = [
    (
        country,
        re.compile(rf"\b(?:{label})\b[ :.°#n-]{{0,6}}(?P<number>(?:che-?)?\d[\d .-]{{7,20}}\d)"),
    )
    for label, country in _REGISTERS
]
#: What stands after the label of a VAT number.
_VAT_RE = re.compile(
    r"\b(?:n[°o]\.? ?)?(?:tva|vat|btw|mwst|ust-?id|iva)(?: ?(?:intracommunautaire|intracom|intra"
    r"|number"
    r"|reg|registration|nr|no|num|numero|n°|id))?[ :.°#-]{0,4}"
    r"(?P<number>[a-z]{2,3}[ -]?[a-z0-9]{0,4}[\d .-]{6,18}\d)"
)
#: One that names its country needs no label.
_BARE_VAT_RE = re.compile(
    r"(?<![\w-])(?P<number>fr ?\d{2} ?\d{3} ?\d{3} ?\d{3}|be ?0\d{3}[. ]?\d{3}[. ]?\d{3})(?!\w)"
)


def find(page):
    """Yield the best company number of the text, a SIRET before its SIREN, and the VAT number."""
    numbers = list(_registry(page))
    yield from sorted(numbers, key=lambda each: -len(each.value))[:1]
    yield from list(_vat(page))[:1]


def _registry(page):
    for line in page.lines:
        for country, pattern in _LABELLED:
            for match in pattern.finditer(page.folded, *line):
                span = match.span("number")
                verdict = company_id.check(page.said(span), country)
                if verdict.status == VALID:
                    page.take(*match.span())
                    yield Finding("company_registry", verdict.value, *span)


def _vat(page):
    for pattern in (_VAT_RE, _BARE_VAT_RE):
        for line in page.lines:
            for match in pattern.finditer(page.folded, *line):
                span = match.span("number")
                written = page.said(span)
                verdict = vat_number.check(written, written[:2].upper())
                if verdict.status == VALID:
                    page.take(*match.span())
                    yield Finding("vat", verdict.value, *span)
