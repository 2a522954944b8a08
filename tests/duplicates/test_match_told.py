"""C6: an identity key in common is always told, whatever the names (M1)."""

import hashlib

from odoo.fields import Command
from odoo.tests import tagged

from ...models.duplicates.keys.shared import LIMIT_STRONG
from .common import MatchCase

#: Of one customer each: what the one record has, what the other has, the country of both.
PERSONS = {
    "e-mail": ({"email": "claire.lambert@gmail.com"}, {"email": "Claire.Lambert@GMAIL.com"}, "FR"),
    "dots": ({"email": "omar.tazi@gmail.com"}, {"email": "o.martazi+crm@gmail.com"}, "FR"),
    "of a list": ({"email": "zoe@free.fr"}, {"email": "Zoé <zoe@free.fr>"}, "FR"),
    "phone": ({"phone": "06 12 34 56 78"}, {"phone": "+33612345678"}, "FR"),
    "Moroccan": ({"phone": "+212 661 23 45 67"}, {"phone": "0661234567"}, "MA"),
    "second phone": ({"phone": "06 12 34 56 79"}, {"sheet_phone2": "0033 6 12 34 56 79"}, "FR"),
    "of no country": ({"phone": "98 123 456"}, {"phone": "98.12.34.56"}, "FR"),
    "of a person": ({"company_registry": "552 032 534"}, {"company_registry": "552032534"}, "FR"),
}
COMPANIES = {
    "SIREN": ({"company_registry": "732 829 320"}, {"company_registry": "RCS 732829320"}, "FR"),
    "SIRET": (
        {"company_registry": "404 833 048 00022"},
        {"company_registry": "40483304800022"},
        "FR",
    ),
    "SIREN of SIRET": (
        {"company_registry": "542065479"},
        {"company_registry": "54206547900108"},
        "FR",
    ),
    "SIREN of VAT": ({"company_registry": "552100554"}, {"vat": "FR 96 552 100 554"}, "FR"),
    "SIREN as VAT": ({"company_registry": "775 670 417"}, {"vat": "775 670 417"}, "FR"),
    "VAT": ({"vat": "FR83404833048"}, {"vat": "FR 83 404 833 048"}, "FR"),
    "ICE": ({"company_registry": "001561191000066"}, {"company_registry": "1561191000066"}, "MA"),
    "ICE as VAT": (
        {"company_registry": "000084310000026"},
        {"vat": "ICE 000 084 310 000 026"},
        "MA",
    ),
    "BCE": ({"company_registry": "0428.759.497"}, {"company_registry": "0428759497"}, "BE"),
    "BCE of VAT": ({"company_registry": "0403.019.261"}, {"vat": "BE0403019261"}, "BE"),
    "IDE": ({"company_registry": "CHE-100.155.212"}, {"company_registry": "CHE100155212"}, "CH"),
    "IDE of VAT": ({"company_registry": "CHE-100.155.212"}, {"vat": "CHE100155212 TVA"}, "CH"),
    "IDE as VAT": ({"vat": "CHE-100.155.212"}, {"vat": "CHE100155212"}, "CH"),
    "German VAT": ({"vat": "DE136695976"}, {"vat": "DE 136 695 976"}, "DE"),
    "VAT of abroad": ({"vat": "NL004495445B01"}, {"vat": "NL 0044 95 445 B01"}, "FR"),
    "Italian VAT": ({"vat": "IT00743110157"}, {"vat": "00743110157"}, "IT"),
    "identifiant fiscal": ({"vat": "1234582"}, {"vat": "12 34 582"}, "MA"),
    "number without a rule": ({"vat": "100-2345-6789-01"}, {"vat": "100234567890 1"}, "AE"),
    "no country": ({"company_registry": "775 726 417"}, {"company_registry": "775726417"}, ""),
    "role mailbox": ({"email": "contact@atlas-meca.fr"}, {"email": "contact@atlas-meca.fr"}, "FR"),
    "switchboard": ({"phone": "01 42 68 53 00"}, {"phone": "01.42.68.53.00"}, "FR"),
}
CASES = [
    *((what, False, *case) for what, case in PERSONS.items()),
    *((what, True, *case) for what, case in COMPANIES.items()),
]
#: Names of which no two are alike.
NAMES = (
    "Claire Lambert|Omar Tazi|Zoé Quintin|Paul Verdier|Hind Ouazzani|Lucas Fabre|Inga Petrov|"
    "Moussa Diop|Rosa Gomez|Yvon Kermarec|Tessa Wouters|Bruno Ziegler|Nadia Chraibi|Gil Sauvage|"
    "Elsa Hubert|Igor Dumas|Vera Nilsson|Karl Obermeyer|Fanny Jaubert|Samba Cissokho|Uli Brandt|"
    "Aude Pichon|Wim Dhondt|Quentin Haas|Louna Marchal|Didier Exbrayat|Noor Alaoui|Jade Thibault|"
    "Ugo Castelli|Maeva Rocher|Serge Imbert|Ophelie Blin|Tarik Benjelloun|Anouk Lefort|Yann Guer|"
    "Clotilde Ferney|Ruben Zafra|Hugo Pradel|Ines Kadiri|Leon Vasseur|Mona Sadik|Cyril Jolivet|"
    "Edith Orban|Femke Bakker|Gaspard Nuytten|Houda Rami|Ivan Stoev|Joris Lemmens|Kenza Filali|"
    "Lise Aubry|Malo Riou|Ned Whitby|Opale Zidi|Pia Quarante|Rafik Sellam|Tomas Vrba|Lou Quesnel|"
    "Adel Gharbi"
).split("|")
#: Where a lead has what a contact has elsewhere.
ON_LEADS = {"email": "email_from", "company_registry": "sheet_company_registry", "vat": "sheet_vat"}
AT_LEAST = ("certain", "probable", "possible")


class ToldCase(MatchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.steward.group_ids = [Command.link(cls.env.ref("base.group_partner_manager").id)]

    def assert_told(self, matches, known):
        told = [m for m in matches if (m["model"], m["id"]) == (known._name, known.id)]
        self.assertEqual([m["band"] in AT_LEAST for m in told], [True], matches)
        return told[0]

    def assert_pair(self, first, second):
        pair = self.pair_of(first, second)
        self.assertIn(pair.band, AT_LEAST[1:])
        return pair


@tagged("post_install", "-at_install")
class TestMatchTold(ToldCase):
    # -- making the two ----------------------------------------------------------

    def values(self, host, side):
        """Return what forms of ``host`` hold: for each case the key, and a name of its own."""
        countries = {c.code: c.id for c in self.env["res.country"].search([])}
        made = []
        for number, (_what, is_company, *keys, code) in enumerate(CASES):
            name = NAMES[2 * number + side]
            values = {**keys[side], "name": name, "country_id": countries.get(code, False)}
            if host == "res.partner":
                values["is_company"] = is_company
            else:
                values = {ON_LEADS.get(key, key): value for key, value in values.items()}
                values["partner_name" if is_company else "contact_name"] = name
            made.append(values)
        return made

    def saved(self, host, values):
        return self.env[host].with_user(self.rep).create(values)

    def imported(self, host, values):
        made = self.env[host].browse()
        for each in values:
            fields = [f"{name}/.id" if name == "country_id" else name for name in each]
            row = ["" if value is False else str(value) for value in each.values()]
            found = self.env[host].with_user(self.steward).load(fields, [row])
            self.assertTrue(found["ids"], found["messages"])
            made |= made.browse(found["ids"])
        return made

    def check(self, stored_host, host, make):
        stored = self.saved(stored_host, self.values(stored_host, 0))
        typed = self.values(host, 1)
        for case, known, values in zip(CASES, stored, typed, strict=True):
            with self.subTest(case[0], how="typed"):
                self.assert_told(self.find(values, model=host), known)
        records = make(host, typed)
        found = self.keys.with_user(self.rep)._find_for(records)
        self.match()
        for case, known, record, values in zip(CASES, stored, records, typed, strict=True):
            with self.subTest(case[0], how="saved"):
                self.assert_told(found[record.id], known)
                self.assert_told(self.find(values, model=host, record=record), known)
                self.assert_pair(known, record)
        self.pairs._rebuild()
        for case, known, record in zip(CASES, stored, records, strict=True):
            with self.subTest(case[0], how="rebuilt"):
                self.assert_pair(known, record)

    # -- the table ---------------------------------------------------------------

    def test_two_contacts(self):
        self.check("res.partner", "res.partner", self.saved)

    def test_a_contact_and_a_lead(self):
        self.check("res.partner", "crm.lead", self.saved)

    def test_two_leads(self):
        self.check("crm.lead", "crm.lead", self.saved)

    def test_an_imported_contact(self):
        self.check("res.partner", "res.partner", self.imported)

    def test_an_imported_lead(self):
        self.check("crm.lead", "crm.lead", self.imported)


@tagged("post_install", "-at_install")
class TestMatchToldWherever(ToldCase):
    """What else is known of two records with an identity key in common does not hide them."""

    def told(self, known, record):
        """Assert that ``record`` tells of ``known`` in the form, and the queue of both."""
        match = self.assert_told(self.keys.with_user(self.rep)._find_for(record)[record.id], known)
        self.match()
        pair = self.assert_pair(known, record)
        self.assertEqual((match["kind"], match["band"]), (pair.kind, pair.band))
        return pair

    def test_another_birth_date(self):
        phone = {"phone": "0612345678"}
        father = self.contact(name="Paul Verdier", sheet_birthdate="1951-02-03", **phone)
        son = self.contact(name="Paul Verdier", sheet_birthdate="1984-11-28", **phone)
        self.assertEqual(self.told(father, son).band, "possible")

    def test_spouses(self):
        mail = {"email": "famille.verdier@gmail.com", "phone": "0612345678", "zip": "75001"}
        spouses = [self.contact(name=name, **mail) for name in ("Paul Verdier", "Anna Verdier")]
        self.assertNotEqual(self.told(*spouses).band, "certain")

    def test_franchises(self):
        same = {"email": "contact@atlas-meca.fr", "phone": "0142685300"}
        shops = [self.company(f"Atlas {town}", city=town, **same) for town in ("Lille", "Lyon")]
        self.assertNotEqual(self.told(*shops).band, "certain")

    def test_another_siren_of_one_mailbox(self):
        mail = {"email": "compta@groupe-atlas.fr"}
        first = self.company("Atlas Bois", company_registry="732829320", **mail)
        second = self.company("Equant", company_registry="404833048", **mail)
        self.told(first, second)

    def test_a_private_person_and_a_company(self):
        phone = {"phone": "06 12 34 56 78", "email": "paul.verdier@gmail.com"}
        person = self.contact(name="Paul Verdier", sheet_typology="b2c", **phone)
        firm = self.company("Menuiserie du Pont", sheet_typology="b2b", **phone)
        self.assertEqual(self.told(person, firm).kind, "same_company")

    def test_a_web_form_without_a_real_name(self):
        known = self.contact(name="Claire Lambert", email="claire.lambert@gmail.com")
        values = {"contact_name": "alex75", "email_from": "claire.lambert@gmail.com"}
        self.assert_told(self.find(values, model="crm.lead"), known)
        self.assertEqual(self.told(known, self.lead(**values)).kind, "duplicate")

    def test_a_lead_of_a_company_with_its_number(self):
        known = self.company("Orange Business Services", company_registry="380129866")
        lead = self.lead(
            contact_name="Omar Tazi", partner_name="Equant", sheet_company_registry="380 129 866"
        )
        self.told(known, lead)

    def test_two_people_of_one_company(self):
        firm = self.company("Atlas Meca", phone="0142685300")
        people = [
            self.contact(name=name, parent_id=firm.id, phone="0142685300")
            for name in ("Paul Verdier", "Hind Ouazzani")
        ]
        self.assertNotEqual(self.told(*people).band, "certain")

    def test_who_stands_under_whom_is_no_duplicate(self):
        phone = {"phone": "0142685300", "email": "contact@atlas-meca.fr"}
        group = self.company("Atlas Groupe", company_registry="732829320", **phone)
        branch = self.company("Equant", parent_id=group.id, vat="FR44732829320", **phone)
        person = self.contact(name="Paul Verdier", parent_id=branch.id, **phone)
        mate = self.contact(name="Hind Ouazzani", parent_id=person.id, **phone)
        self.match()
        for first, second in ((group, branch), (branch, person), (person, mate), (branch, mate)):
            self.assertFalse(self.pair_of(first, second))
            found = self.keys._find_for(first | second)
            self.assertNotIn(second.id, [match["id"] for match in found[first.id]])
            self.assertNotIn(first.id, [match["id"] for match in found[second.id]])
        typed = {"name": "Paul Verdier", "parent_id": branch.id, **phone}
        self.assertNotIn(branch.id, [match["id"] for match in self.find(typed)])
        typed = {"name": "Equant", "is_company": True, "parent_id": group.id, **phone}
        self.assertNotIn(group.id, [match["id"] for match in self.find(typed, record=branch)])

    def test_who_leaves_a_company_is_told_of_it(self):
        firm = self.company("Atlas Meca", phone="0142685300")
        person = self.contact(name="Paul Verdier", parent_id=firm.id, phone="0142685300")
        typed = {"name": "Paul Verdier", "phone": "0142685300"}
        self.assertEqual(self.find({**typed, "parent_id": firm.id}, record=person), [])
        self.assert_told(self.find({**typed, "parent_id": False}, record=person), firm)
        person.parent_id = False
        self.told(firm, person)

    def test_a_request_and_the_contact_that_it_has(self):
        known = self.contact(name="Claire Lambert", email="claire.lambert@gmail.com")
        lead = self.lead(contact_name="alex75", email_from=known.email, partner_id=known.id)
        self.assertEqual(self.keys._find_for(lead)[lead.id], [])
        self.match()
        self.assertFalse(self.pair_of(known, lead))

    def test_another_establishment_is_of_the_same_company(self):
        first = self.company("Orange Lille", company_registry="732 829 320 00074")
        second = self.company("Equant Lyon", company_registry="732 829 320 00082")
        self.match()
        self.assertEqual(self.pair_of(first, second).kind, "same_company")
        [match] = self.keys._find_for(second)[second.id]
        self.assertEqual((match["id"], match["kind"]), (first.id, "same_company"))

    def test_more_than_ten_similar_names_do_not_push_it_out(self):
        for number in range(12):
            self.contact(name="Paul Verdier", zip="75001", email=f"paul{number}@gmail.com")
        known = self.contact(name="Hind Ouazzani", phone="0612345678")
        values = {"name": "Paul Verdier", "zip": "75001", "phone": "0612345678"}
        self.assert_told(self.find(values), known)

    def test_a_shared_number_is_listed_and_tells_nobody(self):
        names = [hashlib.md5(str(n).encode()).hexdigest() for n in range(LIMIT_STRONG + 1)]
        contacts = self.env["res.partner"].create(
            [{"name": name, "phone": "+33142685300"} for name in names]
        )
        values = {"name": "Hind Ouazzani", "phone": "0142685300"}
        self.assertEqual(self.find(values), [])
        pairs = self.match()
        self.assertFalse(pairs.partner1_id & contacts)
        listed = self.env["customer.sheet.match.shared"].search([("kind", "=", "phone")])
        self.assertEqual(listed.example, "+33142685300")
        self.pairs._rebuild()
        self.assertFalse(self.pairs.search([("partner1_id", "in", contacts.ids)]))

    def test_a_switched_off_rule_is_respected(self):
        self.env.ref("crm_customer_sheet.match_rule_candidate_phone").active = False
        self.contact(name="Claire Lambert", phone="0612345678")
        self.assertEqual(self.find({"name": "Omar Tazi", "phone": "0612345678"}), [])


@tagged("post_install", "-at_install")
class TestMatchArchived(ToldCase):
    """M6: a customer of former times is told, marked as archived, in the form only."""

    def setUp(self):
        super().setUp()
        self.former = self.contact(name="Claire Lambert", email="claire.lambert@gmail.com")
        self.former.active = False
        self.values = {"name": "Claire Moreau", "email": "claire.lambert@gmail.com"}

    def test_it_is_told_while_typing_and_of_a_saved_record(self):
        self.assertTrue(self.assert_told(self.find(self.values), self.former)["archived"])
        record = self.contact(**self.values)
        [match] = self.keys.with_user(self.rep)._find_for(record)[record.id]
        self.assertEqual((match["id"], match["archived"]), (self.former.id, True))
        lead = {"contact_name": "alex75", "email_from": self.former.email}
        self.assertTrue(self.assert_told(self.find(lead, model="crm.lead"), self.former))

    def test_who_is_there_is_not_marked(self):
        self.former.active = True
        self.assertFalse(self.assert_told(self.find(self.values), self.former)["archived"])

    def test_who_is_there_comes_first(self):
        twin = self.contact(name="Claire Lambert", email="claire.lambert@gmail.com")
        found = self.find({"name": "Claire Lambert", "email": "claire.lambert@gmail.com"})
        self.assertEqual([match["id"] for match in found], [twin.id, self.former.id])

    def test_the_queue_is_for_those_who_are_there(self):
        record = self.contact(**self.values)
        other = self.contact(**self.values)
        other.active = False
        self.match()
        self.pairs._rebuild()
        self.assertFalse(self.pairs.search([("node2", "in", (record | other).ids)]))

    def test_a_similar_name_alone_does_not_tell_it(self):
        self.assertEqual(self.find({"name": "Claire Lambert", "zip": "75001"}), [])

    def test_who_was_merged_is_not_told(self):
        survivor = self.contact(name="Hind Ouazzani", email="hind@atlas.fr")
        self.former.active = True
        merges = self.env["customer.sheet.merge"].with_user(self.steward)
        merges._merge(survivor.with_env(merges.env), self.former.with_env(merges.env))
        self.assertFalse(self.former.active)
        self.assertEqual(self.find(self.values), [])

    def test_who_may_not_be_read_is_not_told_of(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.former.sudo().company_id = other
        self.assertEqual(self.find(self.values), [])
