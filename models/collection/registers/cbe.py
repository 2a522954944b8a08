"""cbeapi.be: companies of Belgium, from a private service with a free key of one's own.

It copies the Crossroads Bank for Enterprises; where VIES is enough, that is the official one.
"""

from ....tools.contact import postal_code
from ....tools.ids import company_id
from ....tools.names.city_name import city
from ....tools.names.company_name import company
from . import said
from .answer import Candidate, Found, NotFound, Silent

CODE = "cbe"
URL = "https://cbeapi.be"
PAGE = "https://kbopub.economie.fgov.be/kbopub/zoeknummerform.html?nummer="
COUNTRIES = frozenset("BE".split())
KNOWS = frozenset(("company",))
NEEDS_KEY = True
BURST = 3

_ENDED = frozenset("inactive stopped ceased closed".split())


def headers(key):
    """Return what is sent with every question."""
    return {"Authorization": f"Bearer {key}"}


def number(text, country=""):
    """Return the enterprise number in a text, also that of a VAT number; ``""`` if there is none.

    >>> number("BE 0428.759.497"), number("732829320")
    ('0428759497', '')
    """
    return company_id.check(text, "BE").facts.get("bce", "")


def search(http, text, country):
    """Return the company with this number: names cannot be searched for."""
    found = read(http, wanted) if (wanted := number(text)) else None
    if not isinstance(found, Found):
        return []
    values, closed = found.values, "closed" in found.warnings
    name, town = found.evidence.get("name", ""), values.get("city", "")
    return [Candidate(wanted, name, town, "closed" if closed else "open", "BE", CODE)]


def read(http, number):
    """Return what is known of an enterprise number."""
    reply = http.get(f"/api/v1/company/{number}", lang="fr")
    if reply.status == 404:
        return NotFound(CODE, evidence={"number": number})
    data = said.at(reply.content(), "data")
    if said.text(data, "cbe_number") != number:
        raise Silent("nonsense")
    closed = said.text(data, "status").lower() in _ENDED
    facts = {
        "number": number,
        "closed": closed,
        "name": company(said.text(data, "denomination")),
        "trade_name": said.text(data, "commercial_name"),
        "acronym": said.text(data, "abbreviation"),
        "form": said.text(data, "juridical_form"),
        "created_on": said.day(data, "start_date"),
    }
    return Found(
        {} if closed else _values(data, number),
        CODE,
        None,
        PAGE + number,
        {name: fact for name, fact in facts.items() if fact},
        ("closed",) if closed else (),
    )


def _values(data, number):
    values = {"company": company(said.text(data, "denomination")), "company_registry": number}
    values |= _address(said.at(data, "address"))
    return {code: value for code, value in values.items() if value}


def _address(address):
    country = said.text(address, "country_code").upper() or "BE"
    zip_ = postal_code.check(said.text(address, "post_code"), country).value
    if not zip_ or country not in COUNTRIES:
        return {}
    box = said.text(address, "box")
    street = said.texts(address, "street", "street_number") + (f" bte {box}" if box else "")
    town = city(said.text(address, "city"), country)
    return {"street": city(street), "zip": zip_, "city": town, "country": country}
