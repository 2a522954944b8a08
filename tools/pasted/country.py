"""In which country a customer is, as far as the text says."""

import re

from phonenumbers import region_code_for_country_code

from ..names.country_name import country_code
from .finding import Finding

_POSTAL_RE = re.compile(r"(?<![\w-])(?P<sign>CH|B|L|F|FR|BE|LU|D|A|NL|MA|ES|E)-(?=\d{4,5}\b)")
_SIGNS = {"B": "BE", "L": "LU", "F": "FR", "D": "DE", "A": "AT", "E": "ES"}
_ENDING_RE = re.compile(r"(?:@|www\.|https?://)[\w.-]{1,80}\.(?P<end>[a-z]{2})\b(?!\.[a-z])")
_ENDINGS = {"uk": "GB"}
#: Endings that are countries only by name.
_NOBODYS = frozenset("co io me tv ai eu cc ws fm gg ly to re pm".split())
_CODE_RE = re.compile(r"(?<!\d)(?:\+|00)(?P<code>[1-9]\d{0,2})")
_PIECE_RE = re.compile(r"[^\W\d_][^\W\d_ .'-]*(?:[ .'-]{1,2}[^\W\d_ .'-]+){0,4}")


def find(page):
    """Yield the country that the text names."""
    for line in page.lines:
        if (match := _POSTAL_RE.search(page.text, *line)) and page.home:
            yield Finding("country", _SIGNS.get(match["sign"], match["sign"]), *match.span("sign"))
    for _number, part in page.parts:
        for piece in _PIECE_RE.finditer(page.text, *part):
            alone = _is_between(page.text, part, piece)
            if alone and (code := country_code(piece[0])):
                yield Finding("country", code, *piece.span())


def hint(page):
    """Return the country by which numbers are read: that of addresses and phones, or home."""
    for finding in find(page):
        return finding.value
    for line in (*page.senders, *page.lines):
        for match in _ENDING_RE.finditer(page.folded, *line):
            if match["end"] not in _NOBODYS:
                return _ENDINGS.get(match["end"], match["end"].upper())
    for line in page.lines:
        for match in _CODE_RE.finditer(page.folded, *line):
            for size in (1, 2, 3):
                region = region_code_for_country_code(int(match["code"][:size]))
                if region not in ("ZZ", "001"):
                    return region
    return page.home


def _is_between(text, part, piece):
    """Tell whether a piece is a whole part, or what its last comma or a bracket parts off."""
    before = text[part.start : piece.start()].rstrip()[-1:]
    after = text[piece.end() : part.end].lstrip()[:1]
    if not before and not after:
        return len(piece[0]) > 3
    return (before == "," and not after) or (before == "(" and after == ")")
