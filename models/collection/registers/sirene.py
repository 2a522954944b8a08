"""INSEE Sirene 3.11: the same companies as Recherche d'entreprises, from their source.

https://portail-api.insee.fr/: needs a free key.  Knows every establishment, closed ones too.
"""

from . import france, said
from .answer import NotFound, Silent

CODE = "sirene"
URL = "https://api.insee.fr/api-sirene/3.11"
COUNTRIES = france.COUNTRIES
KNOWS = france.KNOWS
NEEDS_KEY = True
BURST = 8

#: Fields of an address, and what Recherche d'entreprises calls them.
_ADDRESS = {
    "numero_voie": "numeroVoieEtablissement",
    "indice_repetition": "indiceRepetitionEtablissement",
    "type_voie": "typeVoieEtablissement",
    "libelle_voie": "libelleVoieEtablissement",
    "complement_adresse": "complementAdresseEtablissement",
    "distribution_speciale": "distributionSpecialeEtablissement",
    "code_postal": "codePostalEtablissement",
    "libelle_commune": "libelleCommuneEtablissement",
    "cedex": "codeCedexEtablissement",
    "libelle_cedex": "libelleCedexEtablissement",
    "code_pays_etranger": "codePaysEtrangerEtablissement",
}
_UNIT = {
    "sigle": "sigleUniteLegale",
    "etat_administratif": "etatAdministratifUniteLegale",
    "nature_juridique": "categorieJuridiqueUniteLegale",
    "activite_principale": "activitePrincipaleUniteLegale",
    "tranche_effectif_salarie": "trancheEffectifsUniteLegale",
    "annee_tranche_effectif_salarie": "anneeEffectifsUniteLegale",
    "categorie_entreprise": "categorieEntreprise",
    "date_creation": "dateCreationUniteLegale",
    "date_mise_a_jour": "dateDernierTraitementUniteLegale",
    "statut_diffusion": "statutDiffusionUniteLegale",
}

number = france.number


def headers(key):
    """Return what is sent with every question."""
    return {"X-INSEE-Api-Key-Integration": key}


def search(http, text, country):
    """Return nothing: by name, Recherche d'entreprises finds the same companies better."""
    return []


def read(http, number):
    """Return what is known of a SIREN and its seat, or of the establishment with a SIRET."""
    if len(number) == 14:
        answer = _asked(http, f"/siret/{number}", "etablissement")
        unit, place = said.at(answer, "uniteLegale"), answer
    else:
        unit = _asked(http, f"/siren/{number}", "uniteLegale")
        nic = said.text(_now(unit, "periodesUniteLegale"), "nicSiegeUniteLegale")
        place = unit and nic and _asked(http, f"/siret/{number}{nic.zfill(5)}", "etablissement")
    if not unit:
        return NotFound(CODE, evidence={"number": number})
    return france.found(CODE, _result(unit, number[:9]), _place(place), number)


def _asked(http, path, name):
    """Return the object with a name that answers, ``None`` where the number is not known."""
    reply = http.get(path)
    if reply.status == 404:
        return None
    answer = said.at(reply.content(), name)
    if not isinstance(answer, dict):
        raise Silent("nonsense")
    return answer


def _now(data, periods):
    """Return the values of today: those of the period without an end, and those without any."""
    open_ones = (each for each in said.items(data, periods) if each.get("dateFin") is None)
    return {**(data if isinstance(data, dict) else {}), **next(open_ones, {})}


def _result(unit, siren):
    """Return a company as Recherche d'entreprises has it."""
    unit = _now(unit, "periodesUniteLegale")
    result = {name: unit.get(known) for name, known in _UNIT.items()}
    person = said.texts(unit, "prenomUsuelUniteLegale", "nomUniteLegale")
    closed = said.text(result, "etat_administratif") == "C"
    return {
        **result,
        "siren": siren,
        "nom_raison_sociale": unit.get("denominationUniteLegale"),
        "nom_complet": person,
        "date_fermeture": unit.get("dateDebut") if closed else None,
    }


def _place(place):
    """Return an establishment as Recherche d'entreprises has it."""
    now = _now(place, "periodesEtablissement")
    address = said.at(now, "adresseEtablissement")
    return {
        **{name: said.at(address, known) for name, known in _ADDRESS.items()},
        "siret": now.get("siret"),
        "etat_administratif": now.get("etatAdministratifEtablissement"),
        "statut_diffusion_etablissement": now.get("statutDiffusionEtablissement"),
        "nom_commercial": now.get("denominationUsuelleEtablissement"),
    }
