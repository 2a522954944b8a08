"""The legal form in a company's name is found, unless it may be a word of the name."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from odoo.tests import BaseCase, tagged

from ...tools.names import legal_form
from ...tools.names.legal_form import CODES, split_legal_form
from ...tools.text.clean_text import clean
from .typed import company_names, quick

LEGAL_FORMS = {
    # Morocco
    ("SARL ATLAS MECA", "MA"): ("ATLAS MECA", "ma_sarl"),
    ("ATLAS MECA SARL AU", "MA"): ("ATLAS MECA", "ma_sarl_au"),
    ("Atlas Meca S.A.R.L. A.U.", "MA"): ("Atlas Meca", "ma_sarl_au"),
    ("ATLAS MECA SARLAU", "MA"): ("ATLAS MECA", "ma_sarl_au"),
    ("Atlas S. A. R. L.", "MA"): ("Atlas", "ma_sarl"),
    ("Maison Fès SARL d'associé unique", "MA"): ("Maison Fès", "ma_sarl_au"),
    ("أطلس SARL", "MA"): ("أطلس", "ma_sarl"),
    ("Karim Alaoui auto-entrepreneur", "MA"): ("Karim Alaoui", "ma_self_employed"),
    ("Coopérative Tighanimine", "MA"): ("Coopérative Tighanimine", "ma_cooperative"),
    ("Association des Amis de Fès", "MA"): ("Association des Amis de Fès", "ma_association"),
    ("Commune de Salé", "MA"): ("Commune de Salé", "ma_local_authority"),
    # France
    ("Dupont SAS", "FR"): ("Dupont", "fr_sas"),
    ("dupont sas", "fr"): ("dupont", "fr_sas"),
    ("Dupont, S.A.S.U.", "FR"): ("Dupont", "fr_sasu"),
    ("DUPONT (SARL)", "FR"): ("DUPONT", "fr_sarl"),
    ("DUPONT - EURL", "FR"): ("DUPONT", "fr_eurl"),
    ("S.A. DUPONT", "FR"): ("DUPONT", "fr_sa"),
    ("SAS DUPONT", "FR"): ("DUPONT", "fr_sas"),
    ("SCI LES LILAS", "FR"): ("LES LILAS", "fr_sci"),
    ("SCI du Moulin", "FR"): ("SCI du Moulin", "fr_sci"),
    ("GAEC DE LA VALLEE", "FR"): ("GAEC DE LA VALLEE", "fr_gaec"),
    ("SARL AU BON PAIN", "FR"): ("AU BON PAIN", "fr_sarl"),
    ("Alma SCOP SA", "FR"): ("Alma", "fr_scop"),
    ("Jean Dupont EI", "FR"): ("Jean Dupont", "fr_ei"),
    ("SAS INSTITUTE SAS", "FR"): ("SAS INSTITUTE", "fr_sas"),
    ("Mairie de Lyon", "FR"): ("Mairie de Lyon", "fr_local_authority"),
    # Belgium, Switzerland, Luxembourg
    ("Delhaize SA", "BE"): ("Delhaize", "be_sa"),
    ("Delhaize sa", "BE"): ("Delhaize", "be_sa"),
    ("Colruyt NV", "BE"): ("Colruyt", "be_sa"),
    ("SPRL Dupont", "BE"): ("Dupont", "be_srl"),
    ("Dupont srl", "BE"): ("Dupont", "be_srl"),
    ("Jansens BV", "BE"): ("Jansens", "be_srl"),
    ("Kinderdorp vzw", "BE"): ("Kinderdorp", "be_asbl"),
    ("ASBL Les Amis", "BE"): ("Les Amis", "be_asbl"),
    ("Dupont SCS", "BE"): ("Dupont", "be_scomm"),
    ("Fondation Roi Baudouin", "BE"): ("Fondation Roi Baudouin", "be_foundation"),
    ("Müller GmbH", "CH"): ("Müller", "ch_sarl"),
    ("Müller AG", "CH"): ("Müller", "ch_sa"),
    ("Rochat Sàrl", "CH"): ("Rochat", "ch_sarl"),
    ("Dupont S.à r.l.", "LU"): ("Dupont", "lu_sarl"),
    ("Dupont SARL-S", "LU"): ("Dupont", "lu_sarl_s"),
    ("Les Amis A.S.B.L.", "LU"): ("Les Amis", "lu_asbl"),
    # no country: only where one form alone has this spelling
    ("Atlas SARL AU", ""): ("Atlas", "ma_sarl_au"),
    ("Dupont SPRL", ""): ("Dupont", "be_srl"),
    ("Dupont EURL", ""): ("Dupont", "fr_eurl"),
    # a form, but none of the list for this country
    ("Dupont SARL", ""): ("Dupont", ""),
    ("Kouassi SARL", "CI"): ("Kouassi", ""),
    ("Rossi S.r.l.", "IT"): ("Rossi", ""),
    ("Rossi SRL", ""): ("Rossi", ""),
    ("Müller GmbH", "DE"): ("Müller", ""),
    ("Dupont SCRL", "BE"): ("Dupont", ""),
    ("Smith Ltd", "GB"): ("Smith", ""),
}

NO_LEGAL_FORM = (
    ("Antonio de Sa", "FR"),
    ("ANTONIO DE SA", "FR"),
    ("Pierre Sas", "FR"),
    ("Les amis de la SCI", "FR"),
    ("SAS INSTITUTE", "FR"),
    ("SAS DUPONT", ""),
    ("SNC LAVALIN", "FR"),
    ("SCOP TI", "FR"),
    ("SA COIFFURE", "FR"),
    ("SAS & CO", "FR"),
    ("Las Vegas NV", "US"),
    ("Colruyt NV", "FR"),
    ("Jean Dupont EI", "BE"),
    ("Royal Charleroi SC", "BE"),
    ("Total Energies SE", "FR"),
    ("Société Anonyme des Bains de Mer", "MC"),
    ("ASSOCIATION SYNDICALE LIBRE DES PINS", "FR"),
    ("Sarlat Tourisme", "FR"),
    ("Menuiserie Dupont et Fils", "FR"),
    ("SARL", "FR"),
    ("SA", "FR"),
    ("", ""),
)


@tagged("post_install", "-at_install")
class TestLegalForm(BaseCase):
    def test_the_form_is_taken_out_and_named(self):
        for (name, country), expected in LEGAL_FORMS.items():
            with self.subTest(name=name, country=country):
                self.assertEqual(split_legal_form(name, country), expected)

    def test_what_belongs_to_the_name_stays(self):
        for name, country in NO_LEGAL_FORM:
            with self.subTest(name=name, country=country):
                self.assertEqual(split_legal_form(name, country), (name, ""))

    def test_overseas_france_has_the_forms_of_france(self):
        for country in ("BL", "GF", "GP", "MF", "MQ", "PM", "RE", "YT"):
            for name, home in (*LEGAL_FORMS, *NO_LEGAL_FORM):
                if home == "FR":
                    found = split_legal_form(name, country)
                    self.assertEqual(found, split_legal_form(name, "FR"), country)

    def test_every_code_is_in_the_option_list_of_its_country(self):
        listed = {
            (record.findtext("field[@name='code']"), record.find("field[@name='country_id']"))
            for path in Path(__file__).parents[2].glob("data/sheet/*_legal_form_*.xml")
            for record in etree.parse(path).iter("record")
        }
        countries = {code: country.get("ref") for code, country in listed}
        known = {code for codes in CODES.values() for code in codes.values()}
        known.update(code for _start, codes in legal_form._WHOLE for code in codes)
        for code in known:
            with self.subTest(code=code):
                self.assertEqual(countries[code], f"base.{code[:2]}")

    def test_what_is_no_text_gives_nothing(self):
        for nothing in (None, False, 12):
            self.assertEqual(split_legal_form(nothing, nothing), ("", ""))

    @quick
    @given(company_names, st.sampled_from(("", "FR", "BE", "MA", "CH", "LU", "US")))
    def test_the_rest_is_a_part_of_the_name(self, text, country):
        rest, code = split_legal_form(text, country)
        self.assertIn(rest, clean(text))
        self.assertIn(code[:2].upper(), {"", country} if country else {"", "FR", "BE", "MA", "LU"})
