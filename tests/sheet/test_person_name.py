from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, Form, tagged

from ...tools.names.person_name import is_made_of, parse_name, renamed
from .common import SheetCase

#: V4: a name as typed, and what it says: civility, first and last name.
NAMES = {
    "Mme MARTIN": ("mrs", "", "MARTIN"),
    "M. Paul Roux": ("mr", "Paul", "Roux"),
    "De Gaulle Charles": ("", "Charles", "De Gaulle"),
    "Charles de Gaulle": ("", "Charles", "de Gaulle"),
    "Charles de GAULLE": ("", "Charles", "de GAULLE"),
    "Lovelace, Ada": ("", "Ada", "Lovelace"),
    "El Amrani Mohamed": ("", "Mohamed", "El Amrani"),
    "Mohamed Amine El Amrani": ("", "Mohamed Amine", "El Amrani"),
    "Paul Roux, PhD": ("", "Paul", "Roux"),
    "Roux, Paul, MD, PhD": ("", "Paul", "Roux"),
    "Paul Roux, directeur commercial": ("", "Paul", "Roux"),
    "Dr Roux": ("dr", "", "Roux"),
    "Dr. Ada Lovelace, PhD": ("dr", "Ada", "Lovelace"),
    "Me Durand": ("maitre", "", "Durand"),
    "Maître Anne Durand": ("maitre", "Anne", "Durand"),
    "Pr. Jean Dupont": ("prof", "Jean", "Dupont"),
    "Prof. Dr. Hans Müller": ("prof", "Hans", "Müller"),
    "Mlle Ada Roux": ("mrs", "Ada", "Roux"),
    "Mrs. Jane Smith": ("mrs", "Jane", "Smith"),
    "M.Roux": ("mr", "", "Roux"),
    "monsieur paul roux": ("mr", "paul", "roux"),
    "Monsieur le Docteur Roux": ("dr", "", "Roux"),
    "Monsieur et Madame Roux": ("", "", "Roux"),
    "M. et Mme Paul Roux": ("", "Paul", "Roux"),
    "M./Mme Roux": ("", "", "Roux"),
    "Roux, M. Paul": ("mr", "Paul", "Roux"),
    "MARTIN, Mme": ("mrs", "", "MARTIN"),
    "MARTIN Julie Mme": ("mrs", "Julie", "MARTIN"),
    "Van der Berg Jan": ("", "Jan", "Van der Berg"),
    "Jan van der Berg": ("", "Jan", "van der Berg"),
    "Ben Salah Amine": ("", "Amine", "Ben Salah"),
    "Ben Stiller": ("", "Ben", "Stiller"),
    "O'Brien Pat": ("", "Pat", "O'Brien"),
    "Pat O'Brien": ("", "Pat", "O'Brien"),
    "Al-Fassi Omar": ("", "Omar", "Al-Fassi"),
    "Jean-Pierre de La Fontaine": ("", "Jean-Pierre", "de La Fontaine"),
    "MARTIN Julie": ("", "Julie", "MARTIN"),
    "Julie MARTIN": ("", "Julie", "MARTIN"),
    "Martin (née Durand) Claire": ("", "Claire", "Martin"),
    "Mme Claire MARTIN (née DURAND)": ("mrs", "Claire", "MARTIN"),
    "J. Martin": ("", "J.", "Martin"),
    "JP Martin": ("", "JP", "Martin"),
    "De Gaulle": ("", "", "De Gaulle"),
    "Dr": ("", "", "Dr"),
    "Herr Müller": ("mr", "", "Müller"),
    "السيد محمد العمراني": ("mr", "محمد", "العمراني"),
    "الآنسة فاطمة": ("mrs", "", "فاطمة"),
    "MARTIN,Julie": ("", "Julie", "MARTIN"),
    "Roux,M. Paul": ("mr", "Paul", "Roux"),
    "Mmes Roux et Durand": ("", "", "Roux et Durand"),
    "M. Roux et Mme Petit": ("", "", "Roux et Mme Petit"),
    "Paul Roux PhD, MBA": ("", "Paul", "Roux"),
    "MM. Roux & Petit": ("", "", "Roux & Petit"),
    "John Smith III": ("", "John", "Smith"),
    "John SMITH Jr.": ("", "John", "SMITH"),
    "Ada King PhD": ("", "Ada", "King"),
    "Mme Claire MARTIN née DURAND": ("mrs", "Claire", "MARTIN"),
    "Claire Martin épouse Petit": ("", "Claire", "Martin"),
    "Jean Marie MBA": ("", "Jean Marie", "MBA"),
    "LE NEE Yann": ("", "Yann", "LE NEE"),
    "Marie Le Née": ("", "Marie", "Le Née"),
    "Nee Aryee": ("", "Nee", "Aryee"),
    "Prince": ("", "", "Prince"),
    "Mgr Dupanloup": ("", "", "Dupanloup"),
    "Mgr. Paul Roux": ("", "Paul", "Roux"),
    "M. le Général Petit": ("mr", "", "Petit"),
    "Colonel Martin": ("", "", "Martin"),
    "COLONEL Marie": ("", "Marie", "COLONEL"),
    "Sir Paul McCartney": ("", "Paul", "McCartney"),
    "Ing. Mario Rossi": ("", "Mario", "Rossi"),
    "Dr. med. Hans Meier": ("dr", "Hans", "Meier"),
    "د. محمد العلوي": ("dr", "محمد", "العلوي"),
    "M. le Président Paul Roux": ("mr", "Paul", "Roux"),
    "Mme la Directrice Anne Petit": ("mrs", "Anne", "Petit"),
    "Monsieur le Maire": ("mr", "", "le Maire"),
    "Mme: Anne Petit": ("mrs", "Anne", "Petit"),
    "Mme / Anne Petit": ("mrs", "Anne", "Petit"),
    "Paul ROUX (M.)": ("mr", "Paul", "ROUX"),
    "ROUX Paul (Mme)": ("mrs", "Paul", "ROUX"),
    "PETIT Anne, Mme": ("mrs", "Anne", "PETIT"),
    "Paul et Marie Roux": ("", "Paul et Marie", "Roux"),
    "Paul & Marie ROUX": ("", "Paul & Marie", "ROUX"),
    "Roux et Petit": ("", "", "Roux et Petit"),
    "Roux & Fils": ("", "", "Roux & Fils"),
    "Famille Roux": ("", "", "Roux"),
    "SARL Roux": ("", "", "SARL Roux"),
    "Roux SAS": ("", "", "Roux SAS"),
    "Mairie de Paris": ("", "", "Mairie de Paris"),
    "Boulangerie Martin": ("", "", "Boulangerie Martin"),
    "Jean Roux (directeur)": ("", "Jean", "Roux"),
    "Jean Roux - Directeur": ("", "Jean", "Roux"),
    "Jean Roux, ACME": ("", "Jean", "Roux"),
    "Jean Roux <jean@x.fr>": ("", "Jean", "Roux"),
    "Jean ROUX 06 12 34 56 78": ("", "Jean", "ROUX"),
    "Marie ROUX (PETIT)": ("", "Marie", "ROUX"),
    "Marie ROUX ép. PETIT": ("", "Marie", "ROUX"),
    "\U0001f600 Jean Roux": ("", "Jean", "Roux"),
    "Jean Roux \U0001f389": ("", "Jean", "Roux"),
    "John F. Kennedy": ("", "John F.", "Kennedy"),
    "J. P. Martin": ("", "J. P.", "Martin"),
    "D. Juan López": ("", "D.", "Juan López"),
    "Roux P.": ("", "P.", "Roux"),
    "Pierre Martin fils": ("", "Pierre", "Martin"),
    "MacDonald Fiona": ("", "Fiona", "MacDonald"),
    "Macron Emmanuel": ("", "Macron", "Emmanuel"),
    "jean.dupont@x.fr": ("", "", "jean.dupont@x.fr"),
    "Jean Dupont": ("", "Jean", "Dupont"),
}


@tagged("post_install", "-at_install")
class TestPersonName(BaseCase):
    """V4: titles, particles, commas and degrees in a name."""

    def test_a_name_is_taken_apart(self):
        for name, parts in NAMES.items():
            with self.subTest(name=name):
                self.assertEqual(parse_name(name)[:3], parts)
                self.assertTrue(is_made_of(name, *parts[1:]))

    @settings(deadline=None, derandomize=True, max_examples=300)
    @given(
        st.text(max_size=60)
        | st.lists(st.sampled_from("Mme M. de La Roux, Ada MARTIN PhD et Dr (".split())).map(
            " ".join
        )
    )
    def test_no_name_is_lost_or_made_up(self, name):
        parsed = parse_name(name)
        self.assertIn(parsed.title, ("", "mr", "mrs", "dr", "prof", "maitre"))
        self.assertTrue(is_made_of(name, parsed.first, parsed.last))
        words = " ".join(parsed[1:]).replace(",", " ").split()
        if ".M" not in name and "." not in name:
            self.assertEqual(sorted(words), sorted(name.replace(",", " ").split()))
        self.assertIn(parsed.before, renamed(name, "Ada", "King"))


@tagged("post_install", "-at_install")
class TestNamesOfSheets(SheetCase):
    """V4: the parts of a name on contacts and leads; what was typed stays."""

    def civility(self, code):
        return self.env.ref(f"crm_customer_sheet.option_civility_{code}")

    def parts(self, record):
        record = record.sudo()
        parts = record.sheet_civility_id.code, record.sheet_first_name, record.sheet_last_name
        return tuple(part or "" for part in parts)

    def test_contacts_and_leads_are_split_alike(self):
        contacts = self.env["res.partner"].with_user(self.rep)
        for name, parts in NAMES.items():
            with self.subTest(name=name):
                contact = contacts.create({"name": name})
                lead = self.lead(contact_name=name)
                self.assertEqual(self.parts(contact), parts)
                self.assertEqual(self.parts(lead), parts)
                self.assertEqual((contact.name, lead.contact_name), (name, name))

    def test_a_company_has_no_title(self):
        company = self.env["res.partner"].create({"name": "Me Too SARL", "is_company": True})
        self.assertFalse(company.sheet_civility_id)

    def test_a_typed_civility_stays(self):
        prof = self.civility("prof")
        contact = self.env["res.partner"].create(
            {"name": "M. Paul Roux", "sheet_civility_id": prof.id}
        )
        self.assertEqual(contact.sheet_civility_id, prof)
        contact.name = "Mme Paule Roux"
        self.assertEqual(contact.sheet_civility_id, prof)
        contact.sheet_civility_id = False
        self.assertFalse(contact.sheet_civility_id)

    def test_typed_first_and_last_names_stay(self):
        contacts = self.env["res.partner"].with_user(self.rep)
        contact = contacts.create(
            {"name": "Ben Salah Amine", "sheet_first_name": "Ben", "sheet_last_name": "Salah Amine"}
        )
        self.assertEqual(self.parts(contact)[1:], ("Ben", "Salah Amine"))
        contact.write({"name": "Ben Salah Amine", "phone": "0612345678"})
        self.assertEqual(self.parts(contact)[1:], ("Ben", "Salah Amine"))
        contact.name = "Jeanne Moulin"
        self.assertEqual(self.parts(contact)[1:], ("Jeanne", "Moulin"))

    def test_a_title_and_a_degree_stay_in_the_name(self):
        contact = self.env["res.partner"].create({"name": "Mme MARTIN"})
        contact.sheet_first_name = "Julie"
        self.assertEqual(contact.name, "Mme Julie MARTIN")
        self.assertEqual(self.parts(contact), ("mrs", "Julie", "MARTIN"))
        doctor = self.env["res.partner"].create({"name": "Paul Roux, PhD"})
        doctor.sheet_last_name = "Leroux"
        self.assertEqual(doctor.name, "Paul Leroux, PhD")

    def test_typed_in_a_form(self):
        form = Form(
            self.env["crm.lead"].with_user(self.rep).with_context(sheet_page_view_ref="whole")
        )
        form.name = "Request"
        form.contact_name = "Mme Claire El Amrani"
        self.assertEqual((form.sheet_first_name, form.sheet_last_name), ("Claire", "El Amrani"))
        self.assertEqual(form.sheet_civility_id, self.civility("mrs"))

    def test_existing_records_are_split_the_same(self):
        contacts = self.env["res.partner"].create([{"name": name} for name in NAMES])
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET sheet_first_name = NULL, sheet_last_name = NULL,"
            " sheet_civility_id = NULL WHERE id IN %s",
            [contacts._ids],
        )
        self.env.invalidate_all()
        contacts._sheet_refresh(contacts.ids[0] - 1, len(contacts))
        for contact, parts in zip(contacts, NAMES.values(), strict=True):
            self.assertEqual(self.parts(contact), parts, contact.name)
