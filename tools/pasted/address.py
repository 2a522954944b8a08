"""Where a customer is: street, postal code and town."""

import re

from ..names.city_name import city
from .finding import Finding

_TYPES = (
    r"rue|avenue|av\.?|ave|boulevard|bd|blvd|place|pl\.|chemin|chem\.|ch\.|route|rte|impasse"
    r"|allees?|quai|cours"
    r"|square|passage|faubourg|esplanade|ruelle|sentier|voie|villa|lotissement|chaussee|promenade"
    r"|montee|hameau"
    r"|residence|rond-point|parc|zone|z\.?i\.?|z\.?a\.?c?\.?|lieu-dit|lieudit|drailles?"
)
_STREET_RES = (
    # 14 rue des Martyrs; 3 bis avenue Jean Jaurès; ZI des Paluds, 12 rue des Frères Lumière
    re.compile(
        rf"(?:(?:zi|za|zac|zone|parc|batiment|bat\.?|immeuble|residence) [^,;|\n]{{2,40}}, ?)?"
        rf"(?<!\d)\d{{1,4}}(?: ?(?:bis|ter|quater"
        rf"|[a-d])\b)?(?:-\d{{1,4}})?,? ?(?:{_TYPES})(?= )[^,;|\n]{{2,60}}"
    ),
    # Rue du Pont 7; Avenue Léopold-Robert 24; Chaussée de Namur 112 bte 3
    re.compile(
        rf"\b(?:{_TYPES}) [^,;|\d\n]{{2,50}},? \d{{1,4}}[a-d]?(?: ?(?:bte|boite"
        rf"|/) ?\w{{1,4}})?\b(?= ?(?:$|[,(–-]|[a-z]{{0,2}}-?\d{{4}}))"
    ),
    # Lieu-dit Le Bourg; ZI Nord
    re.compile(
        r"^(?:lieu-dit|lieudit|z\.?i\.?|z\.?a\.?c?\.?|zone (?:industrielle|artisanale"
        r"|d'activites?)) [^,;|\d\n]{2,50}"
    ),
    # 14 Harbour Road; 2200 Industrial Parkway
    re.compile(
        r"(?<!\d)\d{1,5}[a-z]? (?:[a-z][\w'.-]{0,20} ){1,4}?(?:street|st|road|rd|lane|ln|avenue"
        r"|ave|parkway|pkwy|drive|dr"
        r"|way|boulevard|blvd|court|ct|square|close|terrace|highway|hwy|park|row|gardens"
        r"|crescent)\b\.?"
    ),
    # Unit 4, Riverside Business Park
    re.compile(
        r"\b(?:(?:unit|suite|block"
        r"|floor) \w{1,4},? )?(?:[a-z][\w'-]{1,20} ){1,3}?(?:business park|industrial estate"
        r"|trading estate|retail park|business centre|science park|technology park)\b"
    ),
    # Leopoldstraße 12; Kerkstraat 5
    re.compile(
        r"\b[\w-]{2,30}(?:straße|strasse|str\.|straat|laan|weg|platz|plein|gasse"
        r"|allee) \d{1,4}[a-z]?\b"
    ),
)
_LABEL_RE = re.compile(r"^(?:adresse|address|siege(?: social)?|head office) ?: ?")
_CODE_TOWN_RE = re.compile(
    r"(?<![\w+.])(?P<zip>(?:(?:CH|B|L|F|FR|BE|LU|D"
    r"|A)[- ])?\d{4,5}) (?P<city>[A-ZÀ-Þ][\w'’. -]{1,44}?)"
    r"(?= ?(?:$|[,;|()\n]| [-–—/•] | CEDEX| Cedex| cedex))"
)
_US_RE = re.compile(r"(?P<city>[A-Z][\w'. -]{1,30}), [A-Z]{2} (?P<zip>\d{5}(?:-\d{4})?)\b")
_GB_RE = re.compile(
    r"(?:(?P<city>[A-Z][\w'-]{1,20}(?: [A-Z][\w'-]{1,20}){0,2}),? )?(?P<zip>[A-Z]{1,2}\d[A-Z\d]?"
    r" \d[A-Z]{2})\b"
)
_TOWN_CODE_RE = re.compile(
    r"(?P<city>[A-ZÀ-Þ][\w'’-]{1,30}(?:[ -][A-ZÀ-Þ][\w'’-]{1,30}){0,2}) \((?P<zip>\d{4,5})\)"
)
_AFTER_RE = re.compile(
    r" ?(?:,|-|–|—) ?(?P<city>[A-ZÀ-Þ][\w'’-]{1,30}(?:[ -][A-ZÀ-Þ][\w'’-]{1,30}){0,3})(?= ?(?:$|,))"
)
_COUNTRY_RE = re.compile(
    r"(?P<city>[A-ZÀ-Þ][\w'’-]{1,30}(?:[ -][A-ZÀ-Þ][\w'’-]{1,30}){0,3}), [A-Z][\w -]{3,30}$"
)
_WITH_FIVE = frozenset("FR MA DE US ES IT GP MQ GF RE YT MC PM".split())
_WITH_LETTERS = frozenset("GB GG JE IM".split())
_WITH_FOUR = frozenset("BE CH LU AT NL DK NO".split())


def find(page):
    """Yield the address, line by line: its street first."""
    streets = list(_streets(page))
    for _line, span in streets[:1]:
        page.take(*span)
        yield Finding("street", page.said(span), *span)
    towns = list(_towns(page))
    if not towns and streets:
        towns = list(_town_after(page, *streets[0]))
    for match in towns[:1]:
        yield from _town(page, match)


def _streets(page):
    for number, line in enumerate(page.lines):
        label = _LABEL_RE.match(page.folded[line.start : line.end])
        start = line.start + (label.end() if label else 0)
        if line.end - start > 160:
            continue
        for pattern in _STREET_RES:
            match = pattern.search(page.folded[start : line.end])
            if match:
                yield number, _cut(page, start + match.start(), start + match.end())
                break


def _cut(page, start, end):
    """Return the span of a street without the postal code and the town that follow it."""
    said = page.text[start:end]
    for pattern in (_CODE_TOWN_RE, _GB_RE):
        match = pattern.search(said)
        if match and match.start():
            said = said[: match.start()]
    said = re.split(r" [-–—|•] ", said)[0]
    return start, start + len(said.rstrip(" ,;-–—("))


def _towns(page):
    for line in page.lines:
        said = page.text[line.start : line.end]
        if len(said) > 160 and not _TOWN_CODE_RE.search(said):
            continue
        for pattern in (_US_RE, _GB_RE, _CODE_TOWN_RE, _TOWN_CODE_RE):
            if pattern is _US_RE and page.country != "US":
                continue
            for match in pattern.finditer(page.text, *line):
                if _fits(page, match):
                    yield match


def _fits(page, match):
    """Tell whether a postal code has the length of those of the country."""
    code = match["zip"]
    if not code[-1].isdigit():
        return page.country in _WITH_LETTERS or not page.country
    if not code[0].isdigit():
        return True
    if page.country in _WITH_FIVE or match.re is _US_RE:
        return len(code) >= 5
    return page.country in _WITH_FOUR and len(code) == 4


def _town_after(page, number, span):
    """Yield the town behind a street without a postal code, or before its country."""
    line = page.lines[number]
    if match := _AFTER_RE.match(page.text, span[1], line.end):
        yield match


def _town(page, match):
    if match.groupdict().get("zip"):
        code = match["zip"]
        digits = code if code[-1].isalpha() or "-" in code[2:] else re.sub(r"^\D+", "", code)
        yield Finding("zip", digits, *match.span("zip"))
        page.take(*match.span("zip"))
    if match["city"]:
        yield Finding("city", city(match["city"].strip(), page.country), *match.span("city"))
        page.take(*match.span("city"))


def find_city_before_country(page):
    """Yield the town in "Cork, Ireland" where no postal code tells it."""
    from .country import find as countries

    named = [finding for finding in countries(page) if finding.end - finding.start > 2]
    for line in page.lines:
        for finding in named:
            if line.start < finding.start < line.end:
                match = _COUNTRY_RE.search(page.text, line.start, finding.end)
                if match and match.end() == finding.end and not page.is_taken(*match.span("city")):
                    yield Finding("city", city(match["city"], finding.value), *match.span("city"))
