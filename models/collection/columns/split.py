"""One cell that says several things: an address, revenue and headcount, a name and an e-mail."""

import re

from ....tools.names.country_name import country_code
from ....tools.text.fold import without_accents

_ZIP_CITY_RE = re.compile(
    r"(?:\b(?P<country>F|FR|B|BE|CH|L|LU|MA|D|DE)\s?-\s?)?\b(?P<zip>\d{4,5}|\d{2} \d{3})\s+"
    r"(?P<city>[^\W\d_][^,;\n\d]{1,60}?(?:\s+cedex(?:\s+\d{1,2})?|\s+\d{1,2}(?!\d))?)\s*"
    r"(?=[,;\n(]|$| - )",
    re.IGNORECASE,
)
_CAR_CODES = {"F": "FR", "B": "BE", "L": "LU", "D": "DE"}
_AROUND = " \t\r\n,;-–"

_NUMBER = r"\d+(?:[ .,'’\u00a0\u202f]\d{3})*(?:[.,]\d{1,2})?"
_MORE = r"(?:\+|(?:et|ou|and|or) (?:plus|more|over|above|\+))"
_UNIT = (
    r"(?:millions?|milliards?|milliers?|billions?|mios?|mds|md|mrd|mn|bn|k|m|b)"
    r"(?=[^a-z]|$|eur|mad|dh|chf|usd)"
)
_MONEY_RE = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<low_unit>{_UNIT})?\s*(?:€|eur|euros?|mad|dhs?|chf|\$|usd)?"
    rf"(?:\s*(?:-|–|a|to|et|and|bis)\s*(?P<high>{_NUMBER})\s*(?P<high_unit>{_UNIT})?\s*"
    rf"(?:€|eur|euros?|mad|dhs?|chf|\$|usd)?)?(?P<more>\s*{_MORE})?"
)
_TIMES = {
    **dict.fromkeys(("k", "millier", "milliers"), 1e3),
    **dict.fromkeys(("m", "mio", "mios", "mn", "million", "millions"), 1e6),
    **dict.fromkeys("md mds mrd milliard milliards billion billions bn b".split(), 1e9),
}
#: What is counted there is no money: "12 mois".
_NO_MONEY_RE = re.compile(
    r"\s*(?:mois|months?|jours?|days?|semaines?|weeks?|ans?\b|years?|heures?|hours?|k[gm]\b|m[23l]\b"
    r"|unites?|pieces?|pcs|%)"
)
_ABOVE_RE = re.compile(r"^\s*(?:>|plus de|more than|over|above|au moins|at least)")
_BELOW_RE = re.compile(r"^\s*(?:<|moins de|less than|under|below|up to|jusqu)")
_STAFF_RE = re.compile(r"salari|employ|pers|effectif|collab|staff|\bpax\b|people|etp")
_STAFF_NUMBER_RE = re.compile(r"(\d+(?:[ .,'’\u00a0\u202f]\d{3}(?!\d))*(?:\.0\b)?)\s*(k\b)?")
#: What may stand around a number of people: "environ 30 salariés", not "100 % remote".
_ABOUT_RE = re.compile(
    r"\b(?:salaries?|employe(?:e?s?)|pers(?:onnes?|ons?)?|people|effectifs?|collab\w*|staff|pax|etp|fte"
    r"|equivalents? temps plein|headcount|environ|env|about|around|approx|circa|ca|entre|between|de"
    r"|from|a|to|et|and|bis|plus|more|over|above|than|or|ou|moins|less|under|below|au|at|least|up"
    r"|jusqu'a|jusqu|emp)\b"
)
_CURRENCY_RE = re.compile(r"€|eur\b|euros?|\$|\bmad\b|\bdhs?\b|chf|\bca\b|\d\s*(?:[km]|mds?)\b")
_PARTS_RE = re.compile(r"\s*[/;|\n]\s*|\s+-\s+")
_EMAIL_RE = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")


def address(text):
    """Return the parts of an address: ``street``, ``street2``, ``zip``, ``city``, ``country``.

    The country is a code.  What has no postal code is a street.

    >>> address("12 bis rue de la Paix, 75002 Paris, France")
    {'street': '12 bis rue de la Paix', 'zip': '75002', 'city': 'Paris', 'country': 'FR'}
    >>> [*address("ZI Nord\\n4 rue des Forges\\nF-69100 Villeurbanne cedex").values()]
    ['ZI Nord', '4 rue des Forges', '69100', 'Villeurbanne cedex', 'FR']
    >>> address("69003 Lyon"), address("Le Bourg")
    ({'zip': '69003', 'city': 'Lyon'}, {'street': 'Le Bourg'})
    """
    found = {}
    head, _sign, tail = text.strip().rpartition("\n" if "\n" in text.strip() else ",")
    if not _sign:
        head, tail = "", text
    if head and (code := country_code(tail.strip(" .()"))) and not re.search(r"\d", tail):
        found["country"], text = code, head
    towns = [*_ZIP_CITY_RE.finditer(text)]
    match = towns[-1] if towns else None  # streets have numbers, too
    street = text
    if match:
        found["zip"], found["city"] = match["zip"].replace(" ", ""), match["city"].strip()
        if match["country"]:
            code = match["country"].upper()
            found.setdefault("country", _CAR_CODES.get(code, code))
        street = text[: match.start()]
        if not street.strip(_AROUND):
            street = text[match.end() :]
    lines = [line.strip(_AROUND) for line in re.split(r"[\n;]|,(?!\s*\d)", street)]
    lines = [line for line in lines if line]
    if lines:
        found["street"] = lines[0]
        if lines[1:]:
            found["street2"] = ", ".join(lines[1:])
    order = ("street", "street2", "zip", "city", "country")
    return {name: found[name] for name in order if name in found}


def money(text):
    """Return ``(low, high)`` of an amount or of a range, ``None`` for none.

    ``high`` is ``None`` for one amount, infinite for one that is only a lower limit.

    >>> money("1,2 M€"), money("450 k€"), money("2500000"), money("2-5 M€")
    ((1200000.0, None), (450000.0, None), (2500000.0, None), (2000000.0, 5000000.0))
    >>> money("> 10 M€"), money("moins de 100 k€"), money("1,5 milliard"), money("5 MEUR")
    ((10000000.0, inf), (1.0, 100000.0), (1500000000.0, None), (5000000.0, None))
    """
    folded = without_accents(str(text).casefold())
    match = _MONEY_RE.search(folded)
    if not match or _NO_MONEY_RE.match(folded, match.end()):
        return None
    low, high = _amount(match["low"]), match["high"] and _amount(match["high"])
    unit, high_unit = match["low_unit"], match["high_unit"]
    times = _TIMES.get(unit or (high_unit if match["high"] else ""), 1)
    low *= times
    if high:
        return low, high * _TIMES.get(high_unit, 1)
    if match["more"] or _ABOVE_RE.match(folded):
        return low, float("inf")
    return (1.0, low) if _BELOW_RE.match(folded) else (low, None)


def headcount(text):
    """Return ``(low, high)`` of a number of people or of a range, ``None`` for none.

    >>> headcount("45"), headcount("11-50"), headcount("250+"), headcount("12 salariés")
    ((45.0, None), (11.0, 51.0), (250.0, inf), (12.0, None))
    >>> headcount("1 200"), headcount("10k"), headcount("beaucoup"), headcount("100 % remote")
    ((1200.0, None), (10000.0, None), None, None)
    """
    folded = without_accents(str(text).casefold())
    numbers = _STAFF_NUMBER_RE.findall(folded)
    rest = _ABOUT_RE.sub("", _STAFF_NUMBER_RE.sub("", folded))
    if not numbers or len(numbers) > 2 or re.search(r"[^\W\d_]|%", rest):
        return None
    values = [
        float(re.sub(r"\D", "", re.sub(r"\.0$", "", number))) * (1000 if unit else 1)
        for number, unit in numbers
    ]
    if len(values) == 2:
        return (values[0], values[1] + 1) if values[0] < values[1] else None
    if re.search(rf"\d\s*{_MORE}", folded) or _ABOVE_RE.match(folded):
        return values[0], float("inf")
    return (1.0, values[0]) if _BELOW_RE.match(folded) else (values[0], None)


def _amount(digits):
    """Return the value of digits: groups of three are thousands, unless a unit follows."""
    digits = re.sub(r"[ '’\u00a0\u202f]", "", digits)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits):
        return float(re.sub(r"\D", "", digits))
    return float(re.sub(r"[.,](?=\d{3})", "", digits).replace(",", "."))


def size(text, headcount_first=False):
    """Return ``(revenue, headcount)``, the texts of a cell that has both, each may be empty.

    >>> size("1,2 M€ / 45"), size("45 salariés - CA 450 k€"), size("2-5 M€ / 11-50")
    (('1,2 M€', '45'), ('CA 450 k€', '45 salariés'), ('2-5 M€', '11-50'))
    >>> size("45 / 2000000", headcount_first=True), size("12 pers."), size("3 M€")
    (('2000000', '45'), ('', '12 pers.'), ('3 M€', ''))
    """
    revenue = staff = ""
    left = []
    for part in filter(None, _PARTS_RE.split(text)):
        folded = without_accents(part.casefold())
        if not staff and _STAFF_RE.search(folded):
            staff = part
        elif not revenue and _CURRENCY_RE.search(folded):
            revenue = part
        else:
            left.append(part)
    places = ["staff", "revenue"] if headcount_first else ["revenue", "staff"]
    for place in places:
        if place == "staff" and not staff and left:
            staff = left.pop(0)
        if place == "revenue" and not revenue and left:
            revenue = left.pop(0)
    return revenue, staff


def name_email(text):
    """Return ``(name, e-mail)`` of a cell that has both, each may be empty.

    >>> name_email("Jean Dupont <jean@dupont.fr>"), name_email("jean@dupont.fr")
    (('Jean Dupont', 'jean@dupont.fr'), ('', 'jean@dupont.fr'))
    """
    match = _EMAIL_RE.search(text)
    if not match:
        return text.strip(), ""
    rest = text[: match.start()] + text[match.end() :]
    return " ".join(re.sub(r"[<>()\[\]\"]|mailto:", " ", rest).split()).strip(" ,;-"), match[0]
