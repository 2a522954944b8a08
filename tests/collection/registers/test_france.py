"""Recherche d'entreprises, as it answers."""

from datetime import datetime

from odoo.tests import tagged

from ....models.collection.registers.answer import Candidate, NotFound, Unavailable
from . import samples
from .registers_common import RegisterCase
from .samples import SIREN, SIRET, VALUES


@tagged("post_install", "-at_install")
class TestFrance(RegisterCase):
    def told(self, number=SIREN, **changes):
        """Return what is read of the company, with these changes."""
        self.companies[:] = [samples.company(**changes)]
        return self.french._read(number)

    def test_a_company(self):
        found = self.told()
        self.assertEqual(found.values, VALUES)
        self.assertEqual(found.source, "france")
        self.assertEqual(found.as_of, datetime(2026, 11, 20, 3, 11, 9))
        self.assertEqual(found.url, f"https://annuaire-entreprises.data.gouv.fr/entreprise/{SIREN}")
        self.assertEqual(found.warnings, ())
        self.assertEqual(
            found.evidence,
            {
                "number": SIREN,
                "acronym": "AVM",
                "created_on": "1987-03-02",
                "size": "PME",
                "headcount_year": "2023",
                "open_places": "2",
            },
        )

    def test_it_asks_for_no_director(self):
        self.told()
        [request] = self.server.requests
        self.assertEqual(
            request.query,
            (("q", SIREN), ("minimal", "true"), ("include", "siege,tva"), ("per_page", "10")),
        )
        self.assertEqual(
            request.headers["User-Agent"], f"Customer sheet of {self.env.company.name}"
        )

    def test_numbers_as_people_type_them(self):
        for typed in ("732 829 320", "FR 44 732829320", "RCS Digne B 732 829 320", SIRET):
            with self.subTest(typed):
                self.assertEqual(self.french._read(typed).values, VALUES)
        self.server.requests.clear()
        for typed in ("", None, "732 829 321", "BE0428759497", "Atlas", "1" * 5000):
            with self.subTest(typed):
                answer = self.french._read(typed)
                self.assertEqual(answer, Unavailable("not_a_number", None, "france"))
        self.assertFalse(self.server.requests)

    def test_a_number_that_nobody_has(self):
        self.companies.clear()
        self.assertEqual(self.french._read(SIREN), NotFound("france", evidence={"number": SIREN}))
        self.assertTrue(self.french._words(self.french._read(SIREN)))

    def test_another_company_is_not_taken_for_it(self):
        self.server.answer, former = (
            lambda request: (200, {"results": [samples.company(siren="356000000")]}),
            self.server.answer,
        )
        self.addCleanup(setattr, self.server, "answer", former)
        self.assertIsInstance(self.french._read(SIREN), NotFound)

    # -- what may not be proposed --------------------------------------------------

    def test_a_closed_company_proposes_nothing(self):
        found = self.told(etat_administratif="C", date_fermeture="2025-06-30")
        self.assertEqual(found.values, {})
        self.assertEqual(found.warnings, ("closed",))
        self.assertEqual(found.evidence["closed"], "2025-06-30")
        self.assertIs(self.told(etat_administratif="C").evidence["closed"], True)

    def test_a_closed_seat_proposes_no_address(self):
        found = self.told(siege__etat_administratif="F")
        self.assertEqual(found.warnings, ("place_closed",))
        self.assertFalse({"street", "zip", "city", "region"} & found.values.keys())
        self.assertEqual(found.values["company_registry"], SIREN)
        self.assertEqual(found.values["company"], VALUES["company"])

    def test_what_is_masked_is_never_proposed(self):
        self.companies[:] = [samples.sole_trader()]
        found = self.french._read(SIREN)
        self.assertEqual(found.warnings, ("masked",))
        self.assertEqual(
            found.values,
            {"company_registry": SIRET, "legal_form": "fr_ei", "nace_code": "28.15"},
        )
        self.assertNotIn("NON-DIFFUSIBLE", str(found))
        self.assertEqual([each.name for each in self.french._look_up(SIREN)], [""])

    def test_half_of_a_street_is_none(self):
        for part in ("numero_voie", "type_voie", "libelle_voie"):
            with self.subTest(part):
                found = self.told(**{f"siege__{part}": "[NON-DIFFUSIBLE]"})
                self.assertNotIn("street", found.values)
                self.assertEqual(found.values["city"], "Castellane")

    def test_no_list_of_results_is_no_no(self):
        self.server.raw = b'{"results": null, "total_results": null}'
        self.assertEqual(self.french._read(SIREN).reason, "nonsense")

    def test_a_seat_abroad_proposes_no_address(self):
        found = self.told(
            siege__code_postal=None,
            siege__libelle_commune=None,
            siege__code_pays_etranger="99109",
            siege__libelle_pays_etranger="ALLEMAGNE",
            siege__region=None,
        )
        self.assertFalse({"street", "zip", "city", "country", "region"} & found.values.keys())
        self.assertEqual(found.values["company"], VALUES["company"])

    # -- what is told otherwise ----------------------------------------------------

    def test_what_is_missing_is_left_out(self):
        for name in ("tranche_effectif_salarie", "nature_juridique", "tva", "activite_principale"):
            for change in ({name: None}, {name: []}, {name: "?"}):
                with self.subTest(**change):
                    self.assertLess(len(self.told(**change).values), len(VALUES))
        self.companies[0].pop("siege")
        self.assertEqual(self.french._read(SIREN).values["company_registry"], SIREN)
        self.companies[0].pop("date_mise_a_jour")
        self.assertIsNone(self.french._read(SIREN).as_of)

    def test_fields_that_nobody_knows_yet(self):
        found = self.told(new={"x": [1]}, activite_principale_naf25=None, siege__new=1)
        self.assertEqual(found.values, VALUES)

    def test_a_zip_as_a_number_has_its_zero_again(self):
        found = self.told(siege__code_postal=4120, siege__region=93)
        self.assertEqual((found.values["zip"], found.values["region"]), ("04120", "fr_pac"))

    def test_the_bands_of_insee(self):
        for band, ours in {"NN": "0", "03": "1_9", "31": "100_249", "53": "5000_more"}.items():
            with self.subTest(band):
                found = self.told(tranche_effectif_salarie=band)
                self.assertEqual(found.values["headcount"], ours)
        self.assertNotIn("headcount", self.told(tranche_effectif_salarie="77").values)

    def test_the_name_of_somebody_who_trades_under_their_own(self):
        found = self.told(nom_raison_sociale=None, nom_complet="JEANNE LAVIGNE (FORGE DU LAC)")
        self.assertEqual(found.values["company"].casefold(), "jeanne lavigne")

    def test_overseas_has_countries_of_its_own(self):
        found = self.told(siege__code_postal="97400", siege__libelle_commune="SAINT-DENIS")
        self.assertEqual(found.values["country"], "RE")
        self.assertEqual(found.values["city"], "Saint-Denis")

    def test_vat_numbers_of_others_are_not_taken(self):
        self.assertNotIn("vat", self.told(tva=["FR83404833048", 5, None]).values)
        self.assertEqual(self.told(tva=["FR83404833048", samples.VAT]).values["vat"], samples.VAT)

    def test_the_establishment_that_was_asked_for(self):
        place = {
            **samples.company()["siege"],
            "siret": "73282932000090",
            "est_siege": False,
            "code_postal": "69003",
            "libelle_commune": "LYON",
        }
        found = self.told("73282932000090", matching_etablissements=[place])
        self.assertEqual(found.values["company_registry"], "73282932000090")
        self.assertEqual((found.values["zip"], found.values["city"]), ("69003", "Lyon"))
        self.assertEqual(found.evidence["place"], "73282932000090")

    # -- by name -------------------------------------------------------------------

    def test_by_name(self):
        self.companies.append(
            samples.company(siren="356000000", etat_administratif="C", siege__code_postal="97100")
        )
        self.assertEqual(
            self.french._look_up("ateliers du verdon", "FR"),
            [
                Candidate(SIREN, "Ateliers du Verdon", "Castellane", "open", "FR", "france"),
                Candidate(
                    "356000000", "Ateliers du Verdon", "Castellane", "closed", "GP", "france"
                ),
            ],
        )

    def test_of_many_the_first(self):
        self.companies[:] = [samples.company() for _each in range(25)]
        self.assertEqual(len(self.french._look_up("verdon")), 10)

    def test_none_and_too_few_letters(self):
        self.assertEqual(self.french._look_up("nobody at all"), [])
        self.server.requests.clear()
        self.assertEqual(self.french._look_up(" a "), Unavailable("too_short", None, "france"))
        self.assertFalse(self.server.requests)
        self.assertEqual(self.french._look_up("x" * 5000), [])

    # -- when it goes wrong ------------------------------------------------------------

    def test_no_answer_is_a_sentence(self):
        for status, raw, reason in [
            (500, b'{"erreur": "Erreur"}', "failing"),
            (502, b"<html>", "failing"),
            (400, b'{"erreur": "Filtre"}', "not_understood"),
            (429, b"", "asked_to_wait"),
            (200, b'{"total_results": 0}', "nonsense"),
        ]:
            self.server.status, self.server.raw = status, raw
            for answer in (self.french._read(SIREN), self.french._look_up("verdon")):
                with self.subTest(status=status):
                    self.assertEqual(answer.reason, reason)
                    self.assertTrue(self.french._words(answer))
