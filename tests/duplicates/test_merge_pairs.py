from odoo.exceptions import UserError
from odoo.tests import tagged

from .merge_common import MergeCase


@tagged("post_install", "-at_install")
class TestMergePairs(MergeCase):
    """A merge and the queue of possible duplicates know of each other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        values = {"email": "ada@leroy-conseil.fr", "phone": "+33612345678", "zip": "69001"}
        cls.one = cls.contact("Ada Leroy", **values)
        cls.two = cls.contact("Ada Leroy", **values)
        cls.three = cls.contact("Leroy Ada", **values)
        cls.pairs = cls.env["customer.sheet.duplicate"]
        cls.all = cls.one | cls.two | cls.three
        cls.match()

    @classmethod
    def match(cls):
        """Let the job look for the twins of what has changed."""
        cls.env["res.partner"]._sheet_match_flush()
        while cls.pairs._match_dirty():
            pass

    def pair(self, one, two):
        return self.pairs._pair(one, two)

    def keys(self, partner):
        self.env["res.partner"]._sheet_match_flush()
        return self.env["customer.sheet.match.key"].search([("partner_id", "=", partner.id)])

    def test_a_merged_contact_has_no_keys_and_an_undo_gives_them_back(self):
        self.assertTrue(self.keys(self.two))
        merge = self.merge(self.one, self.two)
        self.assertFalse(self.keys(self.two))
        self.assertTrue(self.keys(self.one))
        merge._undo()
        self.assertTrue(self.keys(self.two))

    def test_the_pair_is_merged_and_waits_again_after_an_undo(self):
        pair = self.pair(self.one, self.two)
        self.assertEqual(pair.state, "new")
        merge = self.merge(self.one, self.two)
        self.assertEqual((pair.state, pair.decided_by_id), ("merged", self.rep))
        self.match()
        self.assertFalse(
            self.pairs.search([("partner2_id", "=", self.two.id), ("state", "=", "new")])
        )
        merge._undo()
        self.env.invalidate_all()
        self.assertEqual(pair.state, "review")
        self.match()
        self.assertEqual(self.pair(self.two, self.three).state, "new")

    def test_different_customers_stay_different_whoever_is_merged(self):
        pair = self.pair(self.two, self.three)
        pair.with_user(self.steward).action_not_duplicate("brothers")
        merge = self.merge(self.one, self.two)
        self.match()
        self.assertEqual(pair.state, "not_duplicate")
        carried = self.pair(self.one, self.three)
        self.assertEqual((carried.state, carried.decision_reason), ("not_duplicate", "brothers"))
        self.assertEqual(carried.decided_by_id, self.steward)
        merge._undo()
        self.match()
        self.assertEqual(pair.state, "not_duplicate")
        self.assertEqual(self.pair(self.one, self.three).state, "new")

    def test_chosen_pairs_are_merged_after_a_dry_run(self):
        pairs = self.pair(self.one, self.two).with_user(self.steward)
        action = pairs.action_mass_merge()
        run = self.env["customer.sheet.merge.run"].browse(action["res_id"])
        self.assertEqual((run.state, run.total), ("dry", 1))
        self.assertTrue(self.two.active)
        run.with_user(self.steward).action_start()
        run._advance()
        self.assertEqual(len(self.all.filtered("active")), 2)
        with self.assertRaises(UserError):
            pairs.action_mass_merge()

    def test_pairs_open_side_by_side(self):
        params = self.pair(self.one, self.two).action_merge()["params"]
        self.assertEqual(params["record_ids"], (self.one | self.two).ids)

    def test_what_has_been_merged_is_not_merged_again(self):
        """B7: with a sentence instead of an empty screen."""
        pair = self.pair(self.one, self.two)
        self.merge(self.one, self.two)
        self.assertEqual(pair.state, "merged")
        with self.assertRaisesRegex(UserError, "They have been merged"):
            pair.with_user(self.steward).action_merge()
        open_ = self.pair(self.two, self.three)
        params = (pair | open_).with_user(self.steward).action_merge()["params"]
        self.assertEqual(params["record_ids"], (open_.partner1_id | open_.partner2_id).ids)

    def test_certain_duplicates_are_merged_at_night_if_the_setting_says_so(self):
        runs = self.env["customer.sheet.merge.run"]
        self.pairs.search([]).band = "certain"
        runs._start_certain()
        self.assertFalse(runs.search([("state", "=", "running")]))
        setting = self.env["ir.config_parameter"].sudo()
        setting.set_param("crm_customer_sheet.merge_certain", "True")
        runs.sudo()._start_certain()
        run = runs.search([("state", "=", "running")])
        run._advance()
        self.assertEqual(len(self.all.filtered("active")), 1)
