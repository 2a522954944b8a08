"""INSEE Sirene, cbeapi.be and the Moroccan ICE."""

import copy

from odoo.tests import TransactionCase, tagged

from ....models.collection.registers.answer import Candidate, NotFound
from . import samples, stand_in
from .registers_common import KEY, switch_on
from .samples import BCE, SIREN, SIRET, VALUES


@tagged("post_install", "-at_install")
class TestSirene(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.units, cls.places = {}, {}
        answer = stand_in.sirene(cls.units, cls.places, KEY)
        cls.sirene, cls.server = switch_on(cls, "sirene", answer)

    def setUp(self):
        super().setUp()
        self.units[SIREN] = copy.deepcopy(samples.UNIT)
        self.places[SIRET] = copy.deepcopy(samples.PLACE)

    def test_a_company_and_its_seat(self):
        """The same company as from Recherche d'entreprises, but for what INSEE does not know."""
        values = {code: VALUES[code] for code in VALUES if code not in ("vat", "region")}
        found = self.sirene._read(SIREN)
        self.assertEqual(found.values, values)
        self.assertEqual(found.source, "sirene")
        self.assertEqual(self.sirene._read(SIRET).values, values)

    def test_closed(self):
        self.units[SIREN]["periodesUniteLegale"][0] |= {
            "etatAdministratifUniteLegale": "C",
            "dateDebut": "2025-07-01",
        }
        found = self.sirene._read(SIREN)
        self.assertEqual((found.values, found.warnings), ({}, ("closed",)))
        self.assertEqual(found.evidence["closed"], "2025-07-01")

    def test_masked(self):
        self.units[SIREN]["statutDiffusionUniteLegale"] = "P"
        self.units[SIREN]["periodesUniteLegale"][0]["denominationUniteLegale"] = "[ND]"
        self.places[SIRET]["adresseEtablissement"]["libelleVoieEtablissement"] = "[ND]"
        found = self.sirene._read(SIREN)
        self.assertEqual(found.warnings, ("masked",))
        self.assertNotIn("[ND]", str(found))
        self.assertNotIn("company", found.values)

    def test_not_known_and_not_allowed(self):
        self.units.clear()
        self.assertIsInstance(self.sirene._read(SIREN), NotFound)
        self.sirene.key = "another"
        self.assertEqual(self.sirene._read(SIREN).reason, "refused")
        self.sirene.has_key = False
        self.assertEqual(self.sirene._read(SIREN).reason, "no_key")
        self.assertEqual(self.sirene._look_up("verdon").reason, "no_key")

    def test_without_a_seat(self):
        self.places.clear()
        self.assertEqual(self.sirene._read(SIREN).values["company_registry"], SIREN)


@tagged("post_install", "-at_install")
class TestCbe(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.companies = {}
        cls.cbe, cls.server = switch_on(cls, "cbe", stand_in.cbe(cls.companies, KEY))

    def setUp(self):
        super().setUp()
        self.companies[BCE] = copy.deepcopy(samples.BELGIAN)

    def test_a_company(self):
        found = self.cbe._read("BE 0999.999.922")
        self.assertEqual(
            found.values,
            {
                "company": "Ateliers Mosans",
                "company_registry": BCE,
                "street": "Rue du Pont 7",
                "zip": "4000",
                "city": "Liège",
                "country": "BE",
            },
        )
        self.assertEqual(
            self.cbe._look_up(BCE),
            [Candidate(BCE, "Ateliers Mosans", "Liège", "open", "BE", "cbe")],
        )
        self.assertEqual(self.cbe._look_up("Ateliers"), [])

    def test_closed_and_not_known(self):
        self.companies[BCE]["status"] = "stopped"
        found = self.cbe._read(BCE)
        self.assertEqual((found.values, found.warnings), ({}, ("closed",)))
        self.companies.clear()
        self.assertIsInstance(self.cbe._read(BCE), NotFound)


@tagged("post_install", "-at_install")
class TestMorocco(TransactionCase):
    def test_nobody_is_asked(self):
        register, server = switch_on(self, "morocco", None)
        register.sudo().base_url = False
        ice = "001561191000066"
        found = register._read(ice)
        self.assertEqual(found.values, {"company_registry": ice})
        self.assertEqual((found.url, found.warnings), ("https://www.ice.gov.ma", ("by_hand",)))
        self.assertTrue(register._warning_words("by_hand"))
        self.assertEqual(register._read("001561191000065").reason, "not_a_number")
        self.assertEqual(register._look_up("Atlas"), [])
        self.assertFalse(server.requests)
