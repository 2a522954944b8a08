from odoo.exceptions import AccessError
from odoo.tests import JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from ..people import person
from ..rights import RpcCase
from .merge_common import MergeCase

OURS = "customer.sheet."


@tagged("post_install", "-at_install")
class TestDuplicateRights(MergeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = person(cls.env, "manager")

    def test_a_steward_sees_pairs_and_merges_of_own_companies_only(self):
        other = self.env["res.company"].create({"name": "Another Company"})
        one, two = (self.contact("Ada Leroy", company_id=other.id) for _n in range(2))
        pair = self.env["customer.sheet.duplicate"]._pair(one, two)
        merge = self.merges.sudo()._merge(one.sudo(), two.sudo())
        for record in (pair, merge):
            seen = record.with_user(self.steward)
            self.assertFalse(seen.search([("id", "=", record.id)]))
            with self.assertRaises(AccessError):
                seen.read(["display_name"])

    def test_what_the_job_found_is_not_edited(self):
        pair = self.env["customer.sheet.duplicate"]._pair(self.contact("A"), self.contact("B"))
        pair = pair.with_user(self.steward)
        pair.user_id = self.steward
        for values in ({"score": 50}, {"band": "certain"}, {"state": "merged"}):
            with self.assertRaises(AccessError):
                pair.write(values)
        pair.action_not_duplicate("another shop")
        self.assertEqual(pair.decided_by_id, self.steward)


@tagged("post_install", "-at_install")
class TestDuplicateForgery(RpcCase):
    """Calls that no screen makes tell nothing and change nothing."""

    def setUp(self):
        super().setUp()
        for login, groups in (
            ("forger", "sales_team.group_sale_salesman"),
            ("nobody", "base.group_user"),
            ("visitor", "base.group_portal"),
        ):
            new_test_user(self.env, f"dup_{login}", password="secret_pw1", groups=groups)  # noqa: S106
        contacts = self.env["res.partner"]
        self.one, self.two = contacts.create([{"name": "Ada", "email": "ada@example.fr"}] * 2)
        self.pair = self.env["customer.sheet.duplicate"]._pair(self.one, self.two)

    def refused(self, login, calls):
        self.authenticate(f"dup_{login}", "secret_pw1")
        for model, method, *args in calls:
            with (
                self.subTest(login=login, call=f"{model}.{method}"),
                mute_logger("odoo.http"),
                self.assertRaisesRegex(JsonRpcException, "AccessError|Access Error"),
            ):
                self.call(f"{OURS}{model}", method, *args)

    def two_records(self):
        return [{"model": "res.partner", "id": each.id} for each in (self.one, self.two)]

    def test_who_has_no_sheet_learns_nothing_of_customers(self):
        calls = [
            ("match.key", "find", {"email": "ada@example.fr"}, "b2c", {}),
            ("duplicate", "mark_not_duplicate", self.two_records()),
            ("duplicate", "search_read", []),
            ("merge", "compare", "res.partner", [self.one.id, self.two.id]),
            ("merge", "apply", "res.partner", self.one.id, [self.two.id]),
            ("review", "search_read", []),
        ]
        for login in ("nobody", "visitor"):
            self.refused(login, calls)
        self.assertTrue(self.two.active)
        self.assertEqual(self.pair.state, "new")

    def test_a_rep_does_not_do_the_work_of_the_steward(self):
        self.refused(
            "forger",
            [
                ("match.rule", "search_read", []),
                ("duplicate", "action_not_duplicate", [self.pair.id]),
                ("duplicate", "action_mass_merge", [self.pair.id]),
                ("merge.run", "create", [{"host": "res.partner", "groups": [[1, [2]]]}]),
                ("review", "create", [{"month": "2020-01-01"}]),
                ("merge", "_merge", "res.partner"),
                ("duplicate", "_rebuild"),
            ],
        )
        self.assertEqual(self.pair.state, "new")
