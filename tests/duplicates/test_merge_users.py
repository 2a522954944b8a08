from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from .merge_common import MergeCase

#: Who merges...
ROLES = {
    "salesperson": "sales_team.group_sale_salesman",
    "steward": "crm_customer_sheet.group_sheet_steward,"
    "sales_team.group_sale_salesman_all_leads,base.group_partner_manager",
    "sales manager": "sales_team.group_sale_manager,base.group_partner_manager",
}
#: ... and with whose contact.
INTERNAL = ("admin", "manager", "archived", "elsewhere", "unseen")
PORTAL = ("portal", "archived portal")
SECRET = "mine@attacker.example"


class MergeUsersCase(MergeCase):
    """A person of each role, a user of each kind, and a contact of the person's own making."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.persons = {
            name: new_test_user(cls.env, f"merging_{number}", groups=groups)
            for number, (name, groups) in enumerate(ROLES.items())
        }
        cls.company = cls.env["res.company"].create({"name": "Elsewhere"})
        cls.users = {
            "admin": cls.env.ref("base.user_admin"),
            "manager": new_test_user(cls.env, "boss", groups="sales_team.group_sale_manager"),
            "archived": new_test_user(cls.env, "left", groups="base.group_user"),
            "elsewhere": new_test_user(
                cls.env,
                "abroad",
                groups="base.group_user",
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            ),
            "unseen": new_test_user(cls.env, "hidden", groups="base.group_user"),
            "portal": new_test_user(cls.env, "visitor", groups="base.group_portal"),
            "archived portal": new_test_user(cls.env, "former", groups="base.group_portal"),
        }
        (cls.users["archived"] | cls.users["archived portal"]).active = False
        # a rule of the customer's own, by which some users are not seen
        cls.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": cls.env["ir.model"]._get_id("res.users"),
                "domain_force": f"[('id', '!=', {cls.users['unseen'].id})]",
                "perm_write": False,
                "perm_create": False,
                "perm_unlink": False,
            }
        )
        cls.administrator = new_test_user(
            cls.env, "it", groups="base.group_erp_manager,sales_team.group_sale_manager"
        )

    def setUp(self):
        super().setUp()
        self.mine = self.contact("Mine", email=SECRET, phone="+33612345678")
        self.env.flush_all()

    def state(self):
        """Return everything of users, and of their contacts what says who they are."""
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env.execute_query_dict(
            SQL(
                "SELECT u.id, u.login, u.partner_id, u.active, u.company_id, p.name, p.email,"
                " p.active AS in_use, p.sheet_merged_into_id FROM res_users u"
                " JOIN res_partner p ON p.id = u.partner_id ORDER BY u.id"
            )
        )

    def refused(self, call, *args, **kwargs):
        """Check that a call is refused in words, and leaves no user other than before."""
        before = self.state()
        with self.assertRaises(UserError) as caught:
            call(*args, **kwargs)
        self.assertEqual(self.state(), before)
        return str(caught.exception)

    def each(self, kinds):
        """Yield ``(person, user)`` of each role and kind, in a subtest of their own."""
        for role, person in self.persons.items():
            for kind in kinds:
                with self.subTest(role=role, kind=kind):
                    yield person, self.users[kind]

    def apply(self, person, survivor, tails, choices=None, leads=()):
        merges = self.merges.with_user(person)
        return merges.apply("res.partner", survivor.id, tails.ids, choices, leads)


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


@tagged("post_install", "-at_install")
class TestMergeUsersLater(MergeUsersCase):
    """T1: neither many at once, nor taking back, nor what somebody became since."""

    def run_of(self, person, survivor, tails):
        """Plan and finish a mass merge, with no screen in between."""
        runs = self.env["customer.sheet.merge.run"].with_user(person)
        run = runs._plan("res.partner", [(survivor, tails)]).sudo()
        run.state = "running" if run.total else "done"
        while run.state == "running":
            run._advance()
        return run

    def test_a_mass_merge_leaves_users_alone(self):
        for person, user in self.each((*INTERNAL, *PORTAL)):
            before = self.state()
            run = self.run_of(person, self.mine, user.partner_id)
            self.assertEqual((run.total, self.state()), (0, before))
            self.assertIn("administrator", run.blocked_text)
        for person, user in self.each(INTERNAL):
            before = self.state()
            self.run_of(person, user.partner_id, self.mine)
            self.assertEqual(self.state(), before)

    def test_a_mass_merge_asks_again_when_it_runs(self):
        person, twin = self.persons["steward"], self.contact("Twin")
        runs = self.env["customer.sheet.merge.run"].with_user(person)
        run = runs._plan("res.partner", [(self.mine, twin)]).sudo()
        self.assertEqual(run.total, 1)
        user = new_test_user(self.env, "new", groups="base.group_user")
        user.partner_id = twin
        run.state = "running"
        run._advance()
        self.assertEqual(user.partner_id, twin)
        self.assertTrue(twin.active)

    def test_a_run_stops_where_its_person_may_not_write_any_more(self):
        person, twin = self.persons["salesperson"], self.contact("Twin")
        runs = self.env["customer.sheet.merge.run"].with_user(person)
        run = runs._plan("res.partner", [(self.mine, twin)]).sudo()
        self.mine.company_id = twin.company_id = self.company
        run.state = "running"
        run._advance()
        self.assertTrue(twin.active)

    def test_who_starts_a_run_lends_no_rights_from_who_planned_it(self):
        runs = self.env["customer.sheet.merge.run"].with_user(self.administrator)
        partner = self.users["manager"].partner_id
        run = runs._plan("res.partner", [(partner, self.mine)])
        self.assertEqual(run.total, 1)
        before = self.state()
        run.with_user(self.persons["steward"]).action_start()
        run.sudo()._advance()
        self.assertEqual((self.state(), self.mine.active), (before, True))

    def test_nobody_is_merged_without_asking_who_signs_in(self):
        """The nightly run is nobody's: superuser does not stand for an administrator."""
        for kind in (*INTERNAL, *PORTAL):
            with self.subTest(kind=kind):
                before = self.state()
                contact = self.users[kind].partner_id
                for survivor, tails in ((self.mine, contact), (contact, self.mine)):
                    run = self.run_of(self.env.ref("base.user_root"), survivor, tails)
                    self.assertEqual((run.total, self.state()), (0, before))

    def test_a_merge_is_not_undone_over_a_contact_that_became_a_user(self):
        for side in ("kept", "gone"):
            for role, person in self.persons.items():
                with self.subTest(side=side, role=role):
                    kept, gone = self.contact("Ada"), self.contact("Ada", email=SECRET)
                    merge = self.merges.browse(self.apply(person, kept, gone)["merge"])
                    user = new_test_user(self.env, f"{side}_{person.id}", groups="base.group_user")
                    user.partner_id = kept if side == "kept" else gone
                    self.refused(merge.with_user(person).action_undo)
                    self.refused(merge.with_user(person)._undo)
                    dialog = self.env["customer.sheet.merge.undo"].with_user(person)
                    self.refused(lambda dialog=dialog, merge=merge: dialog.create(
                        {"merge_id": merge.id}
                    ).action_undo())

    def test_an_undo_gives_no_portal_user_another_address(self):
        person = self.persons["steward"]
        kept, gone = self.contact("Ada", email="old@leroy.fr"), self.contact("Ada", email=SECRET)
        done = self.apply(person, kept, gone, {"email": gone.id})
        user = new_test_user(self.env, "later", groups="base.group_portal")
        user.partner_id = kept
        self.refused(self.merges.with_user(person).browse(done["merge"]).action_undo)

    def test_an_undo_changes_no_field_that_the_person_may_not_write(self):
        person, kept, gone = self.persons["steward"], self.contact("Ada"), self.contact("Ada", ref="1")
        merge = self.merges.browse(self.apply(self.administrator, kept, gone)["merge"])
        field = self.env["res.partner"]._fields["ref"]
        self.addCleanup(setattr, field, "groups", field.groups)
        field.groups = "base.group_system"
        self.assertIn("Reference", self.refused(merge.with_user(person).action_undo))
        self.assertEqual(kept.ref, "1")

    def test_what_changed_since_is_put_back_only_where_the_person_may_write(self):
        person = self.persons["salesperson"]
        kept, gone = self.contact("Ada"), self.contact("Ada")
        boss = self.users["manager"]
        lead = self.lead("Boss's", partner_id=gone.id, user_id=boss.id)
        merge = self.merges.with_user(person).browse(self.apply(person, kept, gone)["merge"])
        lead.partner_id = self.mine
        self.env.flush_all()
        self.assertTrue(merge._conflicts())
        self.assertEqual(merge._conflict_words(), [])
        merge._undo(overwrite=[each["key"] for each in merge._conflicts()])
        self.assertEqual(lead.partner_id, self.mine)


@tagged("post_install", "-at_install")
class TestMergeElsewhere(MergeUsersCase):
    """T1: what else writes for a person as superuser."""

    def test_a_lead_tells_nothing_to_the_contact_of_a_colleague(self):
        for person, user in self.each(("admin", "manager", "elsewhere", "unseen")):
            lead = self.lead("Request", user_id=person.id, sheet_department="Attacked")
            lead.with_user(person).partner_id = user.partner_id
            self.env.flush_all()
            self.assertFalse(user.partner_id.sheet_department)

    def test_a_lead_still_tells_its_contact(self):
        person = self.persons["salesperson"]
        lead = self.lead("Request", user_id=person.id, sheet_department="Purchasing")
        lead.with_user(person).partner_id = self.mine
        self.assertEqual(self.mine.sheet_department, "Purchasing")

    def test_a_lead_learns_nothing_from_a_contact_that_one_may_not_read(self):
        person = self.persons["salesperson"]
        hidden = self.contact("Hidden", sheet_department="Secret")
        self.env["ir.rule"].create(
            {
                "name": "Hidden",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": f"[('id', '!=', {hidden.id})]",
            }
        )
        lead = self.lead("Request", user_id=person.id)
        lead.with_user(person).partner_id = hidden
        self.assertFalse(lead.sheet_department)
        values = {"name": "Request", "partner_id": hidden.id}
        self.assertFalse(self.env["crm.lead"].with_user(person).create(values).sheet_department)

    def test_a_lead_that_is_attached_changes_no_company_one_may_not_write(self):
        person = self.persons["salesperson"]
        firm = self.contact("Firm", is_company=True)
        self.mine.parent_id = firm
        self.users["manager"].partner_id = firm
        lead = self.lead("Request", user_id=person.id, sheet_company_registry="732829320")
        self.apply(person, self.mine, self.mine.browse(), {}, lead.ids)
        self.env.flush_all()
        self.assertEqual(lead.partner_id, self.mine)
        self.assertFalse(firm.company_registry)

    def test_no_mark_is_left_on_the_contact_of_a_colleague(self):
        for person, user in self.each(("admin", "manager", "elsewhere", "unseen")):
            contact = user.partner_id.with_user(person)
            self.refused(contact.action_sheet_verify)
            self.refused(contact.action_sheet_unverify)
            self.refused(contact.sheet_keep)

    def test_hidden_fields_are_not_chosen(self):
        """A field that the person may not write is not written for the person."""
        person = self.persons["salesperson"]
        field = self.env["res.partner"]._fields["ref"]
        kept, gone = self.contact("Ada"), self.contact("Ada", ref="GOLD")
        self.addCleanup(setattr, field, "groups", field.groups)
        field.groups = "base.group_system"
        self.refused(self.apply, person, kept, gone, {"ref": gone.id})
        self.apply(person, kept, gone)
        self.env.invalidate_all()
        self.assertFalse(kept.ref)
