from odoo.tests import tagged

from .merge_users_common import INTERNAL, PORTAL, SECRET, MergeUsersCase


@tagged("post_install", "-at_install")
class TestMergeUsers(MergeUsersCase):
    """T1: merging hands nobody a login."""

    def test_the_contact_of_a_colleague_is_not_merged_into(self):
        for person, user in self.each(INTERNAL):
            for choices in ({"email": self.mine.id}, {"name": self.mine.id}, {}):
                said = self.refused(self.apply, person, user.partner_id, self.mine, choices)
                self.assertIn("administrator", said)

    def test_nobody_who_signs_in_is_merged_away(self):
        for person, user in self.each((*INTERNAL, *PORTAL)):
            said = self.refused(self.apply, person, self.mine, user.partner_id)
            self.assertIn("administrator", said)

    def test_one_of_many_is_enough(self):
        other = self.contact("Other")
        for person, user in self.each((*INTERNAL, *PORTAL)):
            self.refused(self.apply, person, self.mine, other | user.partner_id)

    def test_no_lead_brings_its_address_to_a_colleague(self):
        for person, user in self.each(INTERNAL):
            lead = self.lead("Take over", email_from=SECRET, user_id=person.id)
            partner = user.partner_id
            for choices in ({"email": -lead.id}, {}):
                said = self.refused(
                    self.apply, person, partner, partner.browse(), choices, lead.ids
                )
                self.assertIn("administrator", said)

    def test_the_screen_says_so_beforehand(self):
        for person, user in self.each(INTERNAL):
            merges = self.merges.with_user(person)
            ids = (self.mine | user.partner_id).ids
            for kept in ids:
                blocks = merges.compare("res.partner", ids, kept)["blocks"]
                self.assertTrue(any("administrator" in text for text in blocks), blocks)

    def test_what_runs_as_superuser_for_a_person_is_no_way_round(self):
        for person, user in self.each((*INTERNAL, *PORTAL)):
            merges = self.merges.with_user(person).sudo()
            self.refused(merges._merge, self.mine, user.partner_id)

    def test_own_contact_is_kept_but_not_given_away(self):
        for role, person in self.persons.items():
            with self.subTest(role=role):
                said = self.refused(self.apply, person, self.mine, person.partner_id)
                self.assertIn("your own contact", said)
                twin = self.contact(person.name, function="Roofer")
                self.apply(person, person.partner_id, twin)
                self.assertEqual(person.partner_id.function, "Roofer")

    def test_into_a_contact_of_the_portal_one_merges_without_touching_the_sign_in(self):
        for person, user in self.each(PORTAL):
            twin = self.contact("Twin", email=SECRET, function="Roofer")
            before = self.state()
            choices = {"email": twin.id}
            said = self.refused(self.apply, person, user.partner_id, twin, choices)
            self.assertIn("Email", said)
            self.refused(self.apply, person, user.partner_id, twin, {"name": twin.id})
            facts = self.merges.with_user(person).compare(
                "res.partner", (user.partner_id | twin).ids, user.partner_id.id
            )
            self.assertTrue(any(user.login in text for text in facts["warnings"]))
            rows = {row["name"]: row for row in facts["rows"]}
            self.assertTrue(rows["email"]["fixed"])
            self.assertEqual(rows["email"]["chosen"], user.partner_id.id)
            self.apply(person, user.partner_id, twin, {"function": twin.id})
            self.assertEqual(self.state(), before)
            self.assertEqual(user.partner_id.function, "Roofer")

    def test_who_signs_in_is_proposed_as_the_one_to_keep(self):
        for person, user in self.each(("manager", *PORTAL)):
            self.mine.write({"city": "Lyon", "street": "1 rue Foch", "function": "Roofer"})
            ids = [self.mine.id, user.partner_id.id]
            facts = self.merges.with_user(person).compare("res.partner", ids)
            self.assertEqual(facts["survivor"], user.partner_id.id)

    def test_an_empty_address_of_the_portal_stays_empty(self):
        user = self.users["portal"]
        user.partner_id.email = False
        self.apply(self.persons["steward"], user.partner_id, self.mine)
        self.assertFalse(user.partner_id.email)

    def test_an_administrator_merges_the_contacts_of_users(self):
        for kind in (*INTERNAL, *PORTAL):
            with self.subTest(kind=kind):
                user, twin = self.users[kind], self.contact("Twin", function="Roofer")
                merge = self.merges.browse(
                    self.apply(self.administrator, user.partner_id, twin)["merge"]
                )
                self.assertEqual(user.partner_id.function, "Roofer")
                for person in self.persons.values():
                    if kind in INTERNAL:
                        self.refused(merge.with_user(person).action_undo)
                merge.with_user(self.administrator).action_undo()
                self.assertFalse(user.partner_id.function)

    def test_a_portal_user_whom_an_administrator_moves_keeps_the_login(self):
        user, kept = self.users["portal"], self.contact("Ada")
        merges = self.merges.with_user(self.administrator)
        facts = merges.compare("res.partner", (kept | user.partner_id).ids, kept.id)
        self.assertTrue(any(user.login in text for text in facts["warnings"]))
        merge = merges.browse(self.apply(self.administrator, kept, user.partner_id)["merge"])
        self.assertEqual(user.partner_id, kept)
        for person in self.persons.values():
            self.refused(merge.with_user(person).action_undo)
        merge.action_undo()
        self.assertNotEqual(user.partner_id, kept)

    def test_two_contacts_with_a_user_are_never_merged(self):
        for one, two in (("portal", "archived portal"), ("manager", "portal")):
            one, two = self.users[one].partner_id, self.users[two].partner_id
            self.refused(self.apply, self.administrator, one, two)
            self.refused(self.apply, self.administrator, two, one)

    def test_a_colleague_does_not_change_company_along_with_a_contact(self):
        company = self.contact("Duplicate", is_company=True)
        kept = self.contact("Kept", is_company=True)
        self.users["manager"].partner_id.parent_id = company
        for person in self.persons.values():
            self.refused(self.apply, person, kept, company)
        self.assertEqual(self.users["manager"].partner_id.parent_id, company)

    def test_contacts_without_a_user_are_merged_as_ever(self):
        for role, person in self.persons.items():
            with self.subTest(role=role):
                kept, twin = self.contact("Ada"), self.contact("Ada", email="ada@leroy.fr")
                self.apply(person, kept, twin)
                self.assertEqual(kept.email, "ada@leroy.fr")
