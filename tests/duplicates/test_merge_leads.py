from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..rights import RpcCase
from .merge_common import MergeCase

MERGES = "customer.sheet.merge"


@tagged("post_install", "-at_install")
class TestMergeLeads(MergeCase):
    """M7: two requests are compared, merged and parted like two contacts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kept = cls.lead("Roof", email_from="ada@leroy.fr", user_id=cls.rep.id)
        cls.twin = cls.lead(
            "Roof", email_from="ada@leroy.fr", phone="+33612345678", user_id=cls.rep.id
        )

    def compare(self, leads, user=None):
        return self.merges.with_user(user or self.rep).compare("crm.lead", leads.ids)

    def test_the_screen_shows_two_leads_to_a_rep_and_to_a_steward(self):
        for user in (self.rep, self.steward):
            facts = self.compare(self.kept | self.twin, user)
            self.assertEqual(
                [each["id"] for each in facts["records"]], [self.kept.id, self.twin.id]
            )
            self.assertFalse(facts["blocks"])

    def test_the_lead_in_use_then_the_more_complete_is_proposed(self):
        self.kept.active = False
        self.assertEqual(self.compare(self.kept | self.twin)["survivor"], self.twin.id)

    def test_up_to_ten_leads_are_compared(self):
        leads = self.kept | self.twin
        for number in range(8):
            leads |= self.lead(f"Roof {number}", email_from="ada@leroy.fr")
        self.assertEqual(len(self.compare(leads, self.steward)["records"]), 10)

    def test_leads_are_merged_and_parted_again(self):
        before = self.checksums("crm.lead")
        merges = self.merges.with_user(self.rep)
        done = merges.apply("crm.lead", self.kept.id, [self.twin.id], {"phone": self.twin.id})
        self.env.invalidate_all()
        self.assertEqual(self.kept.phone, "+33612345678")
        self.assertFalse(self.twin.active)
        merges.browse(done["merge"]).action_undo()
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertTrue(self.twin.active)
        self.assertFalse(self.kept.phone)
        self.assertSameSums(before, self.checksums("crm.lead"))

    def test_the_leads_of_others_are_not_merged(self):
        self.twin.user_id = self.rival
        with self.assertRaises(AccessError):
            self.merges.with_user(self.rep).apply("crm.lead", self.kept.id, [self.twin.id])

    def test_a_pair_of_the_queue_opens_and_is_merged(self):
        pair = self.env["customer.sheet.duplicate"]._pair(self.kept, self.twin)
        params = pair.with_user(self.steward).action_merge()["params"]
        merges = self.merges.with_user(self.steward)
        facts = merges.compare(params["host"], params["record_ids"], False, params["lead_ids"])
        tails = [each["id"] for each in facts["records"][1:]]
        merges.apply(params["host"], facts["survivor"], tails)
        self.assertEqual(pair.state, "merged")


@tagged("post_install", "-at_install")
class TestMergeLeadsRpc(RpcCase):
    def test_leads_are_compared_merged_and_parted_over_rpc(self):
        """M7, as a browser sends it."""
        sales = "sales_team.group_sale_salesman"
        rep = new_test_user(self.env, "lead_rpc", groups=sales, password="lead_rpc")  # noqa: S106
        values = {"name": "Roof", "email_from": "ada@leroy.fr", "user_id": rep.id}
        one, two = self.env["crm.lead"].create([values, {**values, "city": "Lyon"}])
        self.authenticate("lead_rpc", "lead_rpc")
        for kept in (False, one.id, two.id):
            facts = self.call(MERGES, "compare", "crm.lead", [one.id, two.id], kept)
            self.assertFalse(facts["blocks"])
            self.assertEqual(facts["survivor"], kept or facts["survivor"])
        done = self.call(MERGES, "apply", "crm.lead", one.id, [two.id], {})
        self.env.invalidate_all()
        self.assertEqual(one.city, "Lyon")
        self.call(MERGES, "action_undo", [done["merge"]])
        self.env.invalidate_all()
        self.assertTrue(two.active)
        self.assertFalse(one.city)
