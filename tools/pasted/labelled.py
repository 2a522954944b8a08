"""Lines that say themselves what they hold: "Nom : Garnier", "Company: Halden Systems"."""

import re

from ..names.proper_name import person
from .finding import Finding

_LABELS = {
    "name": "nom et prenom|prenom et nom|nom complet|full name|name|contact|interlocuteur"
    "|interlocutrice"
    "|nom du contact|contact name",
    "last_name": "nom|nom de famille|last name|surname|family name",
    "first_name": "prenom|first name|given name",
    "company": "societe|entreprise|raison sociale|company|company name|organisation|organization"
    "|nom de la societe"
    "|client|etablissement|business name|employer",
    "function": "fonction|poste|job title|position|role|title|function|job",
    "city": "ville|city|town|localite|commune",
    "zip": "code postal|cp|zip|zip code|postcode|postal code",
}
_LINE_RE = re.compile(
    r"(?:"
    + "|".join(f"(?P<{code}>{words})" for code, words in _LABELS.items())
    + r") ?(?:\*|\(.{1,20}\))? ?: ?(?=\S)"
)
_CODE_CITY_RE = re.compile(r"(?P<zip>\d{4,5}) (?=\D)")
_LONGEST = 80


def find(page):
    """Yield what labelled lines say; a first and a last name become the name, too."""
    found = {}
    for line in page.lines:
        match = _LINE_RE.match(page.folded, *line)
        start = match.end() if match else 0
        if match and 0 < line.end - start <= _LONGEST and not page.is_taken(start, line.end):
            found.setdefault(match.lastgroup, (start, line.end))
    if "city" in found and (match := _CODE_CITY_RE.match(page.text, *found["city"])):
        found.setdefault("zip", match.span("zip"))
        found["city"] = (match.end(), found["city"][1])
    for code, span in found.items():
        page.take(*span)
        yield Finding(code, _value(code, page.said(span)), *span)
    if "name" not in found and {"first_name", "last_name"} <= found.keys():
        names = [page.said(found[code]) for code in ("first_name", "last_name")]
        yield Finding("name", person(" ".join(names)), *found["last_name"])


def _value(code, said):
    return person(said) if code in ("name", "first_name", "last_name") else said
