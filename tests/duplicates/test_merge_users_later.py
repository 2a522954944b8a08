from odoo.tests import new_test_user, tagged

from .merge_users_common import INTERNAL, PORTAL, SECRET, MergeUsersCase


@tagged("post_install", "-at_install")
class TestMergeUsersLater(MergeUsersCase):
    """T1: neither many at once, nor taking back, nor what somebody became since."""

    def run_of(self, person, survivor, tails):
        """Plan and finish a mass merge, with no screen in between."""
        runs = self.env["customer.sheet.merge.run"].with_user(person)
        run = runs._dry_run("res.partner", [(survivor, tails)]).sudo()
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
        run = runs._dry_run("res.partner", [(self.mine, twin)]).sudo()
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
        run = runs._dry_run("res.partner", [(self.mine, twin)]).sudo()
        self.mine.company_id = twin.company_id = self.company
        run.state = "running"
        run._advance()
        self.assertTrue(twin.active)

    def test_who_starts_a_run_lends_no_rights_from_who_planned_it(self):
        runs = self.env["customer.sheet.merge.run"].with_user(self.administrator)
        partner = self.users["manager"].partner_id
        run = runs._dry_run("res.partner", [(partner, self.mine)])
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
                    self.refused(
                        lambda dialog=dialog, merge=merge: dialog.create(
                            {"merge_id": merge.id}
                        ).action_undo()
                    )

    def test_an_undo_gives_no_portal_user_another_address(self):
        person = self.persons["steward"]
        kept, gone = self.contact("Ada", email="old@leroy.fr"), self.contact("Ada", email=SECRET)
        done = self.apply(person, kept, gone, {"email": gone.id})
        user = new_test_user(self.env, "later", groups="base.group_portal")
        user.partner_id = kept
        self.refused(self.merges.with_user(person).browse(done["merge"]).action_undo)

    def test_an_undo_changes_no_field_that_the_person_may_not_write(self):
        person = self.persons["steward"]
        kept, gone = self.contact("Ada"), self.contact("Ada", ref="1")
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
