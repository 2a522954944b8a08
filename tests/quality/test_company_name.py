"""A company's name gets capitals where they are certain."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.names.company_name import company
from .typed import company_names, quick

PROPOSED = {
    "MENUISERIE DUPONT ET FILS": "Menuiserie Dupont et Fils",
    "menuiserie dupont et fils": "Menuiserie Dupont et Fils",
    "CARREFOUR MAROC": "Carrefour Maroc",
    "BNP PARIBAS PERSONAL FINANCE": "BNP Paribas Personal Finance",
    "SOCIETE GENERALE": "Société Générale",
    "LES TROIS FRERES": "Les Trois Frères",
    "BOULANGERIE LE MOULIN": "Boulangerie Le Moulin",
    "CABINET D'AVOCATS MARTIN": "Cabinet d'Avocats Martin",
    "CLINIQUE SAINT-JEAN": "Clinique Saint-Jean",
    "TRANSPORTS RAPIDES DU NORD": "Transports Rapides du Nord",
    "CREDIT AGRICOLE DU MAROC": "Credit Agricole du Maroc",
    "AXA ASSURANCES MAROC": "AXA Assurances Maroc",
    "SARL GARAGE MARTIN": "SARL Garage Martin",
    "L'OREAL PARIS": "L'Oreal Paris",
    "MARTIN & DURAND": "Martin & Durand",
    "les amis de la nature asbl": "Les Amis de la Nature ASBL",
    "hôtel de l'europe": "Hôtel de l'Europe",
    "sarl atlas meca": "SARL Atlas Meca",
    "sarl atlas btp": "SARL Atlas BTP",
    "dupont sa": "Dupont SA",
    "edf énergie": "EDF Énergie",
    "müller gmbh": "Müller GmbH",
    "bouygues telecom": "Bouygues Telecom",
    "Dupont  SARL": "Dupont SARL",
}

LEFT_ALONE = (
    "CARREFOUR",
    "ATLAS MECA",
    "IKEA FRANCE",
    "LA POSTE",
    "COCA-COLA MAROC",
    "STE ATLAS TRAVAUX",
    "HOTEL DE LA GARE ROUTIERE",
    "M'DIQ TOURISME",
    "3M FRANCE",
    "GARAGE 2000 MARTIN",
    "booking.com",
    "e.leclerc",
    "rci banque",
    "iPhone Store",
    "L'Oréal",
    "مطعم أطلس",
    "ATLAS مطعم أطلس",
    "",
)


@tagged("post_install", "-at_install")
class TestCompanyName(BaseCase):
    def test_phrases_in_one_case_get_their_capitals(self):
        for typed, proposed in PROPOSED.items():
            with self.subTest(typed=typed):
                self.assertEqual(company(typed), proposed)

    def test_brands_and_unsure_names_are_left_alone(self):
        for typed in LEFT_ALONE:
            with self.subTest(typed=typed):
                self.assertEqual(company(typed), typed)

    @quick
    @given(st.one_of(company_names, company_names.map(str.upper)))
    def test_a_second_pass_changes_nothing(self, text):
        self.assertEqual(company(company(text)), company(text))
