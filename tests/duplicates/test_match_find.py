"""What the form shows while somebody types."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import MatchCase


@tagged("post_install", "-at_install")
class TestMatchFind(MatchCase):
    def setUp(self):
        super().setUp()
        self.salma = self.contact(
            name="Salma Bennani",
            email="salma.bennani@gmail.com",
            phone="06 12 34 56 78",
            zip="75001",
            city="Paris",
            user_id=self.rep.id,
        )

    def test_same_mailbox_and_name_are_certain(self):
        [match] = self.find({"name": "BENNANI Salma", "email": "Salma.Bennani+news@gmail.com"})
        self.assertEqual((match["model"], match["id"]), ("res.partner", self.salma.id))
        self.assertIn(match["band"], ("certain", "probable"))
        self.assertEqual((match["name"], match["owner"]), ("Salma Bennani", self.rep.name))
        self.assertTrue(match["readable"])
        self.assertTrue(match["last_activity"])

    def test_reasons_add_up_to_the_score(self):
        [match] = self.find(
            {"name": "Salma Benani", "phone": "+33 6 12 34 56 78", "city": "Lyon", "zip": "69001"}
        )
        self.assertAlmostEqual(sum(each["weight"] for each in match["reasons"]), match["score"], 1)
        codes = [each["code"] for each in match["reasons"]]
        self.assertIn("phone.same", codes)
        self.assertIn("place.different", codes)
        self.assertTrue(all(each["label"] for each in match["reasons"]))

    def test_a_phone_alone_gathers_people_and_companies(self):
        """M1: an identity key is told, whatever the typology."""
        values = {"phone": "06 12 34 56 78", "name": "Salma B"}
        self.assertTrue(self.find(values))
        [match] = self.find({**values, "name": "Atlas"}, typology="b2b")
        self.assertEqual(match["band"], "possible")

    def test_an_e_mail_is_enough_before_a_name_is_typed(self):
        email = {"email": "salma.bennani@gmail.com"}
        [match] = self.find(email)
        self.assertEqual((match["id"], match["kind"]), (self.salma.id, "duplicate"))
        [match] = self.find({"email_from": email["email"]}, model="crm.lead")
        self.assertEqual(match["id"], self.salma.id)

    def test_the_contact_chosen_on_a_new_lead_is_no_match(self):
        values = {"email_from": "salma.bennani@gmail.com", "partner_id": self.salma.id}
        self.assertEqual(self.find(values, model="crm.lead"), [])

    def test_a_program_may_send_numbers_and_nonsense_where_a_form_has_text(self):
        known = self.contact(name="Paul Verdier", phone="0698765431")
        typed = {"name": 5, "email": ["x"], "phone": 698765431.0, "zip": {"a": 1}, "vat": True}
        [match] = self.find({**typed, "country_id": self.env.ref("base.fr").id})
        self.assertEqual(match["id"], known.id)

    def test_nothing_typed_finds_nothing(self):
        self.assertEqual(self.find({}), [])
        self.assertEqual(self.find({"name": "", "email": "x", "phone": "12"}), [])

    def test_a_record_does_not_find_itself(self):
        values = {"name": self.salma.name, "email": self.salma.email}
        self.assertEqual(self.find(values, record=self.salma), [])
        self.assertEqual(self.keys._find_for(self.salma), {self.salma.id: []})

    def test_a_saved_record_finds_its_twin(self):
        twin = self.contact(name="Bennani Salma", phone="0612345678")
        [match] = self.keys._find_for(twin)[twin.id]
        self.assertEqual(match["id"], self.salma.id)

    def test_a_lead_finds_contacts_and_leads(self):
        other = self.lead(contact_name="Salma Bennani", email_from="salma.bennani@gmail.com")
        values = {"contact_name": "Salma Bennani", "email_from": "salma.bennani@gmail.com"}
        found = self.find(values, model="crm.lead")
        self.assertEqual(
            {(each["model"], each["id"]) for each in found},
            {("res.partner", self.salma.id), ("crm.lead", other.id)},
        )

    def test_a_lead_does_not_find_its_own_contact(self):
        lead = self.lead(partner_id=self.salma.id)
        values = {"contact_name": "Salma Bennani", "email_from": "salma.bennani@gmail.com"}
        self.assertEqual(self.find(values, model="crm.lead", record=lead), [])

    def test_a_new_lead_does_not_find_the_contact_it_names(self):
        values = {"contact_name": "Salma Bennani", "email_from": "salma.bennani@gmail.com"}
        named = {**values, "partner_id": {"id": self.salma.id}}
        self.assertTrue(self.find(values, model="crm.lead"))
        self.assertEqual(self.find(named, model="crm.lead"), [])

    def test_of_an_unreadable_lead_only_the_owner_is_told(self):
        self.lead(
            user=self.rival,
            contact_name="Omar Tazi",
            email_from="omar.tazi@gmail.com",
            user_id=self.rival.id,
        )
        values = {"contact_name": "Omar Tazi", "email_from": "omar.tazi@gmail.com"}
        [match] = self.find(values, model="crm.lead")
        self.assertFalse(match["readable"])
        self.assertEqual(match["owner"], self.rival.name)
        hidden = ("id", "name", "stage", "last_activity")
        self.assertFalse(any(match[name] for name in hidden))
        self.assertEqual(match["reasons"], [])

    def test_contacts_of_another_company_are_not_told(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.salma.sudo().company_id = other
        self.assertEqual(self.find({"name": "Salma Bennani", "phone": "0612345678"}), [])

    def test_only_sheet_users_may_look(self):
        with self.assertRaises(AccessError):
            self.find({"name": "Salma Bennani"}, user=self.outsider)

    def test_a_pair_said_to_be_different_is_not_shown_again(self):
        twin = self.contact(name="Salma Bennani", phone="0612345678")
        named = [{"model": "res.partner", "id": each.id} for each in (twin, self.salma)]
        values = {"name": "Salma Bennani", "phone": "0612345678"}
        self.assertTrue(self.find(values, record=twin))
        self.pairs.with_user(self.rep).mark_not_duplicate(named, "Mother and daughter")
        self.assertFalse(self.find(values, record=twin))
        pair = self.pair_of(twin, self.salma)
        self.assertEqual((pair.decided_by_id, pair.state), (self.rep, "not_duplicate"))
        self.assertEqual(pair.decision_reason, "Mother and daughter")

    def test_one_statement_finds_however_many_there_are(self):
        self.env["res.partner"].create(
            [{"name": "Salma Bennani", "phone": "0612345678"} for _n in range(40)]
        )
        self.assertLessEqual(len(self.find({"name": "Salma Bennani", "phone": "0612345678"})), 10)
