"""VIES: whether a VAT number of the European Union is valid, and whose it is where states say so.

https://ec.europa.eu/taxation_customs/vies/.  No answer is not a "no": a tax office that does not
answer, too many questions and all that is new end in :class:`Silent`.
"""

import re

from ....tools.contact import postal_code
from ....tools.ids import company_id, vat_number
from ....tools.ids.stdnum_data import module
from ....tools.names.city_name import city
from ....tools.names.company_name import company
from ....tools.text.clean_text import clean, clean_lines
from . import said
from .answer import Candidate, Found, NotFound, Silent

CODE = "vies"
URL = "https://ec.europa.eu/taxation_customs/vies/rest-api"
PAGE = "https://ec.europa.eu/taxation_customs/vies/#/vat-validation"
#: What numbers begin with; the rest of them is sent without.
PREFIXES = frozenset(name.upper() for name in module("eu.vat").MEMBER_STATES) - {"GR"} | {
    "EL",
    "XI",
}
#: By prefix, the country where it is another one.
_HOMES = {"EL": "GR", "XI": "GB"}
#: Monaco has French numbers.
COUNTRIES = frozenset(_HOMES.get(prefix, prefix) for prefix in PREFIXES) | {"MC"}
KNOWS = frozenset(("company", "vat"))
NEEDS_KEY = False
BURST = 2

#: Countries whose addresses end with postal code and town.
_READABLE = frozenset("BE FR LU".split())
_GREEK_RE = re.compile(r"^\s*GR(?=[\s\d])", re.IGNORECASE)
_LAST_LINE_RE = re.compile(r"(?P<zip>(?:[A-Z]-? ?)?\d{4,5}) +(?P<city>\D.*)")

#: Errors that are no silence of a tax office.
_ERRORS = {
    "INVALID_INPUT": "not_understood",
    "INVALID_REQUESTER_INFO": "requester",
    "IP_BLOCKED": "refused",
}


def headers(key):
    """Return what is sent with every question."""
    return {}


def number(text, country=""):
    """Return the VAT number in a text, with its prefix; ``""`` if there is none of the Union.

    >>> number("0428.759.497", "BE"), number("GR094259216"), number("CHE-107.787.577 TVA")
    ('BE0428759497', 'EL094259216', '')
    """
    text = _GREEK_RE.sub("EL", text)
    value = vat_number.check(text, country).value
    if value[:2] not in PREFIXES:
        facts = company_id.check(text, country).facts
        value = f"{facts['country']}{facts['bce']}" if "bce" in facts else ""
    return value


def search(http, text, country):
    """Return the company with this VAT number: names cannot be searched for."""
    found = read(http, wanted) if (wanted := number(text, country)) else None
    if not isinstance(found, Found):
        return []
    values = found.values
    name, town = values.get("company", ""), values.get("city", "")
    return [Candidate(wanted, name, town, country=_home(wanted), source=CODE)]


def read(http, number, requester=""):
    """Return whether a VAT number is valid, and what its state says of the company.

    :param requester: the VAT number of whoever asks, for a consultation number
    """
    body = {"countryCode": number[:2], "vatNumber": number[2:]}
    if requester:
        body |= {"requesterMemberStateCode": requester[:2], "requesterNumber": requester[2:]}
    answer = _answer(http.post("/check-vat-number", body), body)
    facts = {
        "number": number,
        "consultation": said.text(answer, "requestIdentifier"),
        "name": said.text(answer, "name"),
        "address": _lines(answer),
    }
    evidence = {name: fact for name, fact in facts.items() if fact}
    as_of = said.moment(answer, "requestDate")
    if not answer["valid"]:
        return NotFound(CODE, as_of, evidence)
    return Found(_values(answer, number), CODE, as_of, PAGE, evidence)


def _answer(reply, body):
    """Return the answer to a question.

    :raise Silent: there is none, whatever else is said
    """
    errors = said.at(reply.data, "errorWrappers")
    if errors or said.at(reply.data, "actionSucceed") not in (None, True):
        first = next(iter(said.items(reply.data, "errorWrappers")), {})
        raise Silent(_ERRORS.get(said.text(first, "error"), "no_verdict"))
    answer = reply.content()
    if not isinstance(answer.get("valid"), bool):
        raise Silent("nonsense")
    for name in ("countryCode", "vatNumber"):
        if said.text(answer, name) not in ("", body[name]):
            raise Silent("nonsense")  # of another number
    return answer


def _values(answer, number):
    values = {"vat": number, "company": company(said.text(answer, "name"))}
    values |= _address(_lines(answer), _home(number))
    return {code: value for code, value in values.items() if value}


def _lines(answer):
    """Return the address, line by line; ``""`` where the state does not say it."""
    lines = clean_lines(said.at(answer, "address"))[: said.LONGEST]
    return "" if lines in said.UNSAID or said.is_masked(lines) else lines


def _address(lines, country):
    """Return what an address of several lines says, of countries where that is certain.

    >>> _address("Rue du Pont 7\\n4000 Liège", "BE")
    {'street': 'Rue du Pont 7', 'zip': '4000', 'city': 'Liège', 'country': 'BE'}
    >>> _address("Rue du Pont 7, 4000 Liège", "BE")
    {}
    """
    *first, last = [clean(line) for line in lines.split("\n") if line.strip()] or [""]
    match = _LAST_LINE_RE.fullmatch(last)
    if not first or not match or country not in _READABLE:
        return {}
    zip_ = postal_code.check(match["zip"], country).value
    if not zip_:
        return {}
    town = city(match["city"], country)
    return {"street": city(", ".join(first)), "zip": zip_, "city": town, "country": country}


def _home(number):
    return _HOMES.get(number[:2], number[:2])
