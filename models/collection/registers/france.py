"""Recherche d'entreprises: companies of France, free and without a key.

https://recherche-entreprises.api.gouv.fr/docs/.  Directors are not asked for: no personal data.
"""

from ....tools.contact import postal_code
from ....tools.ids import company_id, vat_number
from ....tools.names.city_name import city
from ....tools.names.company_name import company
from . import codes, said
from .answer import Candidate, Found, NotFound, Silent

CODE = "france"
URL = "https://recherche-entreprises.api.gouv.fr"
PAGE = "https://annuaire-entreprises.data.gouv.fr/entreprise/"
COUNTRIES = frozenset("FR".split())
KNOWS = frozenset(("company",))
NEEDS_KEY = False
#: How many questions may come at once before :attr:`calls_per_second` counts.
BURST = 3

SHORTEST, LONGEST, MOST = 3, 100, 10


def headers(key):
    """Return what is sent with every question."""
    return {}


def number(text, country=""):
    """Return the SIREN or SIRET in a text, also that of a VAT number; ``""`` if there is none.

    >>> number("732 829 320 00074"), number("FR44732829320"), number("BE0428759497")
    ('73282932000074', '732829320', '')
    """
    verdict = company_id.check(text, "FR")
    return verdict.value if verdict.facts.get("kind") == "siret" else verdict.facts.get("siren", "")


def search(http, text, country):
    """Return the companies with this name, or this number, the best first."""
    text = number(text) or text.strip()[:LONGEST]
    if len(text) < SHORTEST:
        raise Silent("too_short")
    candidates = map(_candidate, _asked(http, text, "siege"))
    return [candidate for candidate in candidates if candidate]


def read(http, number):
    """Return what is known of a SIREN, or of the establishment with a SIRET."""
    include = "siege,tva" + (",matching_etablissements" if len(number) == 14 else "")
    for result in _asked(http, number, include):
        if said.text(result, "siren") == number[:9]:
            return found(CODE, result, _place(result, number), number)
    return NotFound(CODE, evidence={"number": number})


def _asked(http, text, include):
    # what is included has to come after ``minimal``
    reply = http.get("/search", q=text, minimal="true", include=include, per_page=MOST)
    content = reply.content()
    if not isinstance(content.get("results"), list):
        raise Silent("nonsense")
    return said.items(content, "results")


def _candidate(result):
    siren, seat = said.text(result, "siren"), said.at(result, "siege")
    if not number(siren):
        return None
    country = codes.french_country(_zip(seat)) if _zip(seat) else ""
    return Candidate(
        siren, _name(result), _town(seat, country), _state(result), country or "FR", CODE
    )


def _place(result, number):
    """Return the establishment that a number is about: with a SIREN, the seat."""
    seat = said.at(result, "siege")
    places = [seat, *said.items(result, "matching_etablissements")]
    return next((place for place in places if said.text(place, "siret") == number), seat)


def found(code, result, place, number):
    """Return what a register says of a company and one of its places.

    :param result: as Recherche d'entreprises answers
    :param number: the SIREN or SIRET that was asked for
    """
    siren, closed = said.text(result, "siren"), _state(result) == "closed"
    place_closed = said.text(place, "etat_administratif") == "F"
    masked = "P" in (
        said.text(result, "statut_diffusion"),
        said.text(place, "statut_diffusion_etablissement"),
    )
    values = {} if closed else _values(result, {} if place_closed else place, siren)
    facts = {
        "number": siren,
        "closed": closed and (said.day(result, "date_fermeture") or True),
        "place": number if len(number) == 14 else "",
        "trade_name": said.text(place, "nom_commercial"),
        "acronym": said.text(result, "sigle"),
        "address_line": said.texts(place, "complement_adresse", "distribution_speciale"),
        "created_on": said.day(result, "date_creation"),
        "size": said.text(result, "categorie_entreprise"),
        "headcount_year": said.text(result, "annee_tranche_effectif_salarie"),
        "open_places": said.text(result, "nombre_etablissements_ouverts"),
    }
    warnings = {"closed": closed, "place_closed": place_closed and not closed, "masked": masked}
    return Found(
        values,
        code,
        said.moment(result, "date_mise_a_jour"),
        PAGE + siren,
        {name: fact for name, fact in facts.items() if fact},
        tuple(code for code, holds in warnings.items() if holds),
    )


def _values(result, place, siren):
    values = {
        "company": _name(result),
        "company_registry": _siret(place, siren) or siren,
        "vat": _vat(result, siren),
        "legal_form": codes.legal_form(said.text(result, "nature_juridique")),
        "headcount": codes.headcount(said.text(result, "tranche_effectif_salarie")),
        "nace_code": codes.nace(said.text(result, "activite_principale")),
        **_address(place),
    }
    return {code: value for code, value in values.items() if value}


def _address(place):
    """Return where the place is; nothing of one abroad, whose country has a code of INSEE."""
    zip_ = _zip(place)
    if not zip_ or said.text(place, "code_pays_etranger"):
        return {}
    country = codes.french_country(zip_)
    parts = ("numero_voie", "indice_repetition", "type_voie", "libelle_voie")
    is_masked = any(said.is_masked(said.clean(said.at(place, part))) for part in parts)
    street = "" if is_masked else said.texts(place, *parts)  # half of it is another one
    return {
        "street": city(street),
        "zip": zip_,
        "city": _town(place, country),
        "country": country,
        "region": codes.region(said.text(place, "region")),
    }


def _zip(place):
    """Return the postal code; one that lost its zero has it again."""
    code = said.text(place, "code_postal") or said.text(place, "cedex")
    verdict = postal_code.check(code.zfill(5) if code.isdigit() else code, "FR")
    return verdict.value or (code if codes.french_country(code) != "FR" else "")


def _town(place, country):
    town = said.text(place, "libelle_commune") or said.text(place, "libelle_cedex")
    return city(town, country or "FR")


def _name(result):
    """Return the legal name; of somebody who trades under their own, that without its additions."""
    if said.at(result, "nom_raison_sociale") is None:
        return company(said.text(result, "nom_complet").partition(" (")[0])
    return company(said.text(result, "nom_raison_sociale"))


def _state(result):
    return {"A": "open", "C": "closed"}.get(said.text(result, "etat_administratif"), "")


def _siret(place, siren):
    found = number(said.text(place, "siret"))
    return found if found.startswith(siren) else ""


def _vat(result, siren):
    numbers = said.at(result, "tva")
    for each in numbers if isinstance(numbers, list) else ():
        verdict = vat_number.check(said.text({"vat": each}, "vat"), "FR")
        if verdict.value and verdict.facts.get("siren") == siren:
            return verdict.value
    return ""
