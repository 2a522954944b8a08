import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from .merge_common import MergeCase


@tagged("post_install", "-at_install")
class TestMergeRights(MergeCase):
    """Who may merge and undo, and what is never merged."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kept = cls.contact("Ada Leroy")
        cls.twin = cls.contact("Ada LEROY")

    def refused(self, survivor, tails, part, user=None):
        with self.assertRaises(UserError) as caught:
            self.merge(survivor, tails, user)
        self.assertIn(part, str(caught.exception))
        self.assertTrue(tails.active)

    def test_a_user_without_the_sheet_cannot_merge(self):
        with self.assertRaises(AccessError):
            self.merge(self.kept, self.twin, self.outsider)

    def test_all_records_must_be_writable(self):
        kept, tail = self.lead("A", user_id=self.rep.id), self.lead("A", user_id=self.rival.id)
        with self.assertRaises(AccessError):
            self.merge(kept, tail)
        self.merge(kept, tail, self.steward)

    def test_a_rep_undoes_own_merges_only(self):
        merge = self.merge(self.kept, self.twin)
        with self.assertRaises(AccessError):
            merge.with_user(self.rival)._undo()
        with self.assertRaises(AccessError):
            merge.with_user(self.rival).read(["name"])
        merge.with_user(self.steward)._undo()
        self.assertTrue(self.twin.active)

    def test_a_merge_is_undone_once(self):
        merge = self.merge(self.kept, self.twin)
        merge._undo()
        with self.assertRaises(UserError):
            merge._undo()

    def test_the_later_of_two_merges_in_a_row_is_undone_first(self):
        last = self.contact("Ada Leroy-Martin")
        first = self.merge(self.kept, self.twin)
        second = self.merge(last, self.kept)
        self.assertEqual(self.twin._sheet_kept(), last)
        with self.assertRaises(UserError):
            first._undo()
        second._undo()
        first._undo()
        self.assertTrue(self.kept.active and self.twin.active)

    def test_the_address_of_an_own_company_is_never_merged(self):
        self.refused(self.kept, self.env.company.partner_id, "your own companies", self.env.user)

    def test_two_users_of_ours_are_never_merged(self):
        admin = self.env.user
        self.refused(self.rep.partner_id, self.rival.partner_id, "sign in to Odoo", admin)

    def test_a_contact_is_not_merged_with_its_company(self):
        company = self.contact("Atlas", is_company=True)
        person = self.contact("Salma", parent_id=company.id)
        self.refused(company, person, "belongs to")

    def test_contacts_of_two_companies_are_not_merged(self):
        one, two = self.env["res.company"].create([{"name": "One"}, {"name": "Two"}])
        self.kept.company_id, self.twin.company_id = one, two
        self.refused(self.kept, self.twin, "different companies", self.env.user)

    def test_a_shared_contact_stays_shared(self):
        self.kept.company_id = self.env.company
        self.merge(self.kept, self.twin)
        self.assertFalse(self.kept.company_id)

    def test_the_address_reaches_only_people_whom_the_person_sees(self):
        """T1: as where the person changes the address of the company."""
        company = self.contact("Leroy", is_company=True)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        child = {"type": "contact", "parent_id": company.id}
        ours = self.contact("Ours", **child)
        theirs = self.contact("Theirs", company_id=other.id, **child)
        merge = self.merge(company, self.contact("Leroy", is_company=True, street="1 rue Foch"))
        self.env.invalidate_all()
        self.assertEqual((ours | theirs).mapped("street"), ["1 rue Foch", False])
        merge.with_user(self.rep).action_undo()
        self.assertFalse(ours.street)

    def test_values_by_company_stay_where_the_person_may_not_write_them(self):
        """T1: as for all other fields."""
        field = self.env["res.partner"]._fields["barcode"]
        self.addCleanup(setattr, field, "groups", field.groups)
        field.groups = "base.group_system"
        kept, gone = self.contact("Ada"), self.contact("Ada")
        gone.barcode = "0123"
        self.merge(kept, gone).with_user(self.rep).action_undo()
        self.assertFalse(kept.barcode)
        merge = self.merge(kept, gone, user=self.env.ref("base.user_admin"))
        self.assertEqual(kept.barcode, "0123")
        merge.sudo().user_id = self.rep
        with self.assertRaises(AccessError):
            merge.with_user(self.rep).action_undo()

    def test_what_is_merged_is_not_merged_again(self):
        self.merge(self.kept, self.twin)
        self.refused_merged = self.contact("Third")
        with self.assertRaises(UserError):
            self.merge(self.refused_merged, self.twin)

    def test_nobody_reads_the_images_of_rows(self):
        merge = self.merge(self.kept, self.twin)
        for user in (self.rep, self.steward):
            with self.assertRaises(AccessError):
                merge.with_user(user).line_ids.read(["before"])


@tagged("post_install", "-at_install")
class TestMergeRpc(HttpCase):
    """What the web client can call, and what it cannot forge."""

    def call(self, model, method, *args):
        url = f"/web/dataset/call_kw/{model}/{method}"
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        body = json.dumps({"params": params})
        answer = self.url_open(url, data=body, headers={"Content-Type": "application/json"})
        return answer.json()

    def setUp(self):
        super().setUp()
        sales = "sales_team.group_sale_salesman"
        self.rep = new_test_user(self.env, "merge_rpc", groups=sales, password="merge_rpc")
        partners = self.env["res.partner"]
        self.kept = partners.create({"name": "Ada Leroy", "email": "ada@leroy.fr"})
        self.twin = partners.create({"name": "Ada LEROY", "city": "Lyon", "email": "a@leroy.fr"})
        self.authenticate("merge_rpc", "merge_rpc")

    def test_the_screen_compares_merges_and_undoes(self):
        ids = [self.kept.id, self.twin.id]
        merges = "customer.sheet.merge"
        facts = self.call(merges, "compare", "res.partner", ids, self.kept.id)["result"]
        rows = {row["name"]: row for row in facts["rows"]}
        self.assertEqual(rows["street"]["chosen"], self.twin.id)
        self.assertEqual(rows["street"]["reason"], "only")
        self.assertTrue(rows["email"]["differs"])
        self.assertFalse(facts["blocks"])
        choices = {"email": self.twin.id, "active": self.kept.id, "write_uid": 1}
        args = ("res.partner", self.kept.id, [self.twin.id], choices)
        done = self.call(merges, "apply", *args)["result"]
        self.env.invalidate_all()
        self.assertEqual(self.kept.email, "a@leroy.fr")
        self.assertEqual(self.kept.city, "Lyon")
        self.call(merges, "action_undo", [done["merge"]])
        self.env.invalidate_all()
        self.assertEqual(self.kept.email, "ada@leroy.fr")
        self.assertTrue(self.twin.active)

    def test_a_journal_cannot_be_forged(self):
        merges = "customer.sheet.merge"
        values = {"host": "res.partner", "survivor_id": self.kept.id, "tail_ids": [self.twin.id]}
        self.assertIn("error", self.call(merges, "create", [values]))
        self.assertIn("error", self.call("customer.sheet.merge.line", "create", [{"kind": "move"}]))
        self.assertIn("error", self.call(merges, "_merge", self.kept.id, [self.twin.id]))
        merged = {"sheet_merged_into_id": self.kept.id}
        self.call("res.partner", "write", [self.twin.id], merged)
        self.env.invalidate_all()
        self.assertFalse(self.twin.sheet_merged_into_id)
