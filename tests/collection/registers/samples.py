"""Answers of registers about companies that do not exist, of the shape of real ones."""

SIREN, SIRET, VAT = "732829320", "73282932000074", "FR44732829320"
BCE = "0999999922"


def company(**changes):
    """Return a company as Recherche d'entreprises answers; ``siege__x`` changes its seat."""
    seat = {
        "siret": SIRET,
        "est_siege": True,
        "etat_administratif": "A",
        "statut_diffusion_etablissement": "O",
        "activite_principale": "28.15Z",
        "numero_voie": "12",
        "indice_repetition": "B",
        "type_voie": "RUE",
        "libelle_voie": "DES FORGES",
        "complement_adresse": None,
        "distribution_speciale": None,
        "code_postal": "04120",
        "libelle_commune": "CASTELLANE",
        "commune": "04039",
        "departement": "04",
        "region": "93",
        "cedex": None,
        "libelle_cedex": None,
        "code_pays_etranger": None,
        "libelle_pays_etranger": None,
        "adresse": "12 B RUE DES FORGES 04120 CASTELLANE",
        "latitude": "43.84",
        "longitude": "6.51",
        "liste_enseignes": None,
        "nom_commercial": None,
        "tranche_effectif_salarie": "12",
        "date_debut_activite": "2011-01-01",
        "date_fermeture": None,
    }
    seat |= {n.removeprefix("siege__"): v for n, v in changes.items() if n.startswith("siege__")}
    return {
        "siren": SIREN,
        "nom_complet": "ATELIERS DU VERDON (AVM)",
        "nom_raison_sociale": "ATELIERS DU VERDON",
        "sigle": "AVM",
        "nombre_etablissements": 3,
        "nombre_etablissements_ouverts": 2,
        "activite_principale": "28.15Z",
        "activite_principale_naf25": "28.15Y",
        "section_activite_principale": "C",
        "categorie_entreprise": "PME",
        "caractere_employeur": "O",
        "annee_categorie_entreprise": "2023",
        "date_creation": "1987-03-02",
        "date_fermeture": None,
        "date_mise_a_jour": "2026-11-20T03:11:09",
        "etat_administratif": "A",
        "nature_juridique": "5710",
        "tranche_effectif_salarie": "21",
        "annee_tranche_effectif_salarie": "2023",
        "statut_diffusion": "O",
        "tva": [VAT],
        "siege": seat,
        "matching_etablissements": [],
        **{name: value for name, value in changes.items() if not name.startswith("siege__")},
    }


def sole_trader(**changes):
    """Return somebody who has asked not to be told about."""
    hidden = "[NON-DIFFUSIBLE]"
    return company(
        nom_complet=hidden,
        nom_raison_sociale=hidden,
        sigle=hidden,
        nature_juridique="1000",
        statut_diffusion="P",
        tranche_effectif_salarie=None,
        tva=None,
        siege__statut_diffusion_etablissement="P",
        siege__adresse=hidden,
        siege__code_postal=hidden,
        siege__libelle_voie=hidden,
        siege__numero_voie=hidden,
        siege__libelle_commune="LYON",
        **changes,
    )


#: What that company may have proposed.
VALUES = {
    "company": "Ateliers du Verdon",
    "company_registry": SIRET,
    "vat": VAT,
    "legal_form": "fr_sas",
    "headcount": "50_99",
    "nace_code": "28.15",
    "street": "12 B Rue des Forges",
    "zip": "04120",
    "city": "Castellane",
    "country": "FR",
    "region": "fr_pac",
}

VIES = {"name": "ATELIERS MOSANS", "address": "Rue du Pont 7\n4000 Liège"}

UNIT = {
    "siren": SIREN,
    "statutDiffusionUniteLegale": "O",
    "trancheEffectifsUniteLegale": "21",
    "anneeEffectifsUniteLegale": "2023",
    "categorieEntreprise": "PME",
    "dateDernierTraitementUniteLegale": "2026-11-20T03:11:09.000",
    "periodesUniteLegale": [
        {
            "dateFin": None,
            "dateDebut": "2011-01-01",
            "etatAdministratifUniteLegale": "A",
            "denominationUniteLegale": "ATELIERS DU VERDON",
            "nomUniteLegale": None,
            "categorieJuridiqueUniteLegale": "5710",
            "activitePrincipaleUniteLegale": "28.15Z",
            "nicSiegeUniteLegale": "00074",
        },
        {
            "dateFin": "2010-12-31",
            "dateDebut": "1987-03-02",
            "denominationUniteLegale": "FORGES DU VERDON",
            "nicSiegeUniteLegale": "00017",
        },
    ],
}
PLACE = {
    "siret": SIRET,
    "statutDiffusionEtablissement": "O",
    "uniteLegale": {
        "statutDiffusionUniteLegale": "O",
        "trancheEffectifsUniteLegale": "21",
        "etatAdministratifUniteLegale": "A",
        "denominationUniteLegale": "ATELIERS DU VERDON",
        "categorieJuridiqueUniteLegale": "5710",
        "activitePrincipaleUniteLegale": "28.15Z",
        "nicSiegeUniteLegale": "00074",
    },
    "adresseEtablissement": {
        "numeroVoieEtablissement": "12",
        "indiceRepetitionEtablissement": "B",
        "typeVoieEtablissement": "RUE",
        "libelleVoieEtablissement": "DES FORGES",
        "codePostalEtablissement": "04120",
        "libelleCommuneEtablissement": "CASTELLANE",
        "codePaysEtrangerEtablissement": None,
    },
    "periodesEtablissement": [{"dateFin": None, "etatAdministratifEtablissement": "A"}],
}

BELGIAN = {
    "cbe_number": BCE,
    "cbe_number_formatted": "0999.999.922",
    "denomination": "ATELIERS MOSANS",
    "abbreviation": None,
    "commercial_name": None,
    "juridical_form": "Société à responsabilité limitée",
    "status": "active",
    "start_date": "2011-02-01",
    "address": {
        "street": "Rue du Pont",
        "street_number": "7",
        "box": None,
        "post_code": "4000",
        "city": "Liège",
        "country_code": "BE",
        "full_address": "Rue du Pont 7, 4000 Liège",
    },
    "activities": [],
    "establishments": [],
}
