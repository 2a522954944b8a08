"""How many people work for a company."""

import re

from .finding import Finding

_NUMBER = r"(?P<number>\d{1,3}(?:[ .,]\d{3})|\d{1,6})"
_STAFF_RE = re.compile(
    rf"(?<![\d.,/€$£]){_NUMBER} ?(?:salarie|employe(?!r|z)|collaborat(?:eur|rice)|etp\b"
    rf"|equivalents temps"
    r"|employees|staff\b|ftes?\b|people work|team members|compagnons|agents\b|ouvriers)\w*"
)
_PEOPLE_RE = re.compile(
    rf"(?<![\d.,/€$£]){_NUMBER} (?:personnes|people|persons)\b(?P<after>[^,;.\n]{{0,14}})"
)
_BEFORE_RE = re.compile(
    r"(?:nous (?:sommes|employons)|emploie|employant|we (?:are|employ|have)|employs"
    r"|effectifs? ?(?:de|:)?"
    r"|headcount ?:?|staff of|workforce of|equipe de|team of|company of|entreprise de) ?"
    rf"(?:environ |about |around )?{_NUMBER}(?P<after>[^,;.\n]{{0,14}})"
)
#: Who is there, comes or travels is not who works there.
_GUESTS_RE = re.compile(
    r"present|attend|invit|inscri|regist|a former|to train|par jour|a day|ans\b|years"
)
_PLACES_RE = re.compile(r"^ ?(?:sur|dans|en|au|aux|on|in|at|across|$)")
_MOST = 2_000_000


def find(page):
    """Yield the numbers of people who work for the company."""
    for clause in page.clauses:
        for pattern in (_STAFF_RE, _BEFORE_RE, _PEOPLE_RE):
            for match in pattern.finditer(page.folded, *clause):
                number = int(re.sub(r"\D", "", match["number"]))
                span = (
                    match.span("number")[0],
                    match.end() - len(match.groupdict().get("after") or ""),
                )
                if _is_staff(pattern, match) and 0 < number < _MOST and not page.is_taken(*span):
                    yield Finding("headcount", number, *span)


def _is_staff(pattern, match):
    after = match.groupdict().get("after") or ""
    if pattern is _STAFF_RE:
        return True
    if _GUESTS_RE.search(after):
        return False
    if pattern is _BEFORE_RE:
        return not re.match(
            r" ?(?:[€$£%k]|000|m2|chambres|rooms|sites|usines|magasins|stores|h\b)", after
        )
    return bool(_PLACES_RE.search(after))
