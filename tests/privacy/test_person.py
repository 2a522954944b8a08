"""Who somebody is: what is certain, and what somebody has to confirm."""

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestPerson(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = cls.env["customer.sheet.person"]
        cls.partners, cls.leads = cls.env["res.partner"], cls.env["crm.lead"]
        cls.anna = cls.partners.create(
            {"name": "Anna Zyxquill", "email": "anna@zyx.example", "phone": "+33612345678"}
        )

    def known(self, record=None):
        found = self.people._expand(record or self.anna)
        return {(each.model, each.id): (each.why, each.certain) for each in found}

    def test_certain_links(self):
        lead = self.leads.create({"name": "Roof", "partner_id": self.anna.id})
        other = self.leads.create({"name": "Door", "email_from": "Anna@Zyx.example"})
        tail = self.partners.create({"name": "A. Zyxquill", "active": False})
        tail._sheet_stamp({"sheet_merged_into_id": self.anna.id})
        address = self.partners.create(
            {"name": "Home", "parent_id": self.anna.id, "type": "delivery"}
        )
        known = self.known()
        self.assertEqual(known["crm.lead", lead.id], ("lead", True))
        self.assertEqual(known["crm.lead", other.id], ("email", True))
        self.assertEqual(known["res.partner", tail.id], ("merged", True))
        self.assertEqual(known["res.partner", address.id], ("address", True))
        self.assertIn(("res.partner", self.anna.id), self.known(lead))

    def test_what_decides_nothing(self):
        namesake = self.partners.create({"name": "anna zyxquill"})
        household = self.partners.create({"name": "Paul Zyxquill", "email": "anna@zyx.example"})
        phone = self.partners.create({"name": "Taxi", "phone": "06 12 34 56 78"})
        phone.phone_sanitized = self.anna.phone_sanitized
        known = self.known()
        self.assertEqual(known["res.partner", namesake.id], ("name", False))
        self.assertEqual(known["res.partner", household.id], ("shared", False))
        self.assertEqual(known["res.partner", phone.id], ("phone", False))

    def test_a_mailbox_of_a_role_is_nobodys(self):
        self.anna.email = "info@zyx.example"
        other = self.leads.create({"name": "Door", "email_from": "info@zyx.example"})
        self.assertEqual(self.known()["crm.lead", other.id], ("shared", False))

    def test_the_contacts_of_a_company_are_not_the_company(self):
        company = self.partners.create({"name": "Zyx", "is_company": True})
        child = self.partners.create({"name": "Bo", "parent_id": company.id})
        lead = self.leads.create({"name": "Roof", "partner_id": company.id, "contact_name": "Bo"})
        self.assertNotIn(("res.partner", child.id), self.known(company))
        self.assertNotIn(("res.partner", company.id), self.known(lead))

    def test_former_names_are_known(self):
        self.env.cr.flush()
        self.env.flush_all()
        self.anna.message_ids.flush_recordset()
        self.cr.precommit.run()
        self.anna.write({"name": "Anna Married", "email": "anna@married.example"})
        self.env.flush_all()
        self.cr.precommit.run()
        spelt = {each.text for each in self.people._spellings(self.people._expand(self.anna))}
        self.assertLessEqual({"Anna Zyxquill", "Anna Married", "anna@zyx.example"}, spelt)
        self.assertLessEqual({"+33612345678", "Zyxquill"}, spelt)

    def test_a_first_name_alone_is_not_looked_for(self):
        """A lead that says only "Anna" does not make each Anna somebody to ask about."""
        self.leads.create({"name": "x", "contact_name": "Anna", "partner_id": self.anna.id})
        self.partners.create({"name": "Anna Other"})
        spelt = {each.text for each in self.people._spellings(self.people._expand(self.anna))}
        self.assertNotIn("Anna", spelt)
        self.assertIn("Anna Zyxquill", spelt)

    def test_a_word_that_others_bear_is_not_looked_for_alone(self):
        self.partners.create({"name": "Ex Zyxquill"})
        spelt = self.people._spellings(self.people._expand(self.anna))
        self.assertNotIn("word", {each.kind for each in spelt})
        self.assertIn(("initial", "A Zyxquill"), {(each.kind, each.text) for each in spelt})

    def test_what_others_have_inside_their_name_is_not_looked_for_inside_of_words(self):
        def glued():
            spelt = self.people._spellings(self.people._expand(self.anna))
            return {each.text for each in spelt if each.kind == "glued"}

        self.assertEqual(glued(), {"Anna Zyxquill", "anna@zyx.example"})
        self.partners.create({"name": "Joanna Zyxquill", "email": "joanna@zyx.example"})
        self.assertEqual(glued(), set())
