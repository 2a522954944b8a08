from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..upkeep import do_chore
from .merge_common import MergeCase


@tagged("post_install", "-at_install")
class TestMergeRun(MergeCase):
    """Mass merges: dry run, batches, undo of one among many; the purge."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        contacts = cls.env["res.partner"]
        cls.kept = contacts.create([{"name": f"Company {n}", "is_company": True} for n in range(6)])
        cls.tails = contacts.create(
            [
                {"name": f"Company {n} SA", "is_company": True, "email": f"a@company{n}.fr"}
                for n in range(6)
            ]
        )
        cls.people = contacts.create(
            [{"name": f"Person {n}", "parent_id": tail.id} for n, tail in enumerate(cls.tails)]
        )
        leads = [{"name": "Audit", "partner_id": tail.id} for tail in cls.tails]
        cls.leads = cls.env["crm.lead"].create(leads)
        cls.runs = cls.env["customer.sheet.merge.run"]

    def plan(self, user=None):
        runs = self.runs.with_user(user or self.steward)
        pairs = zip(self.kept, self.tails, strict=True)
        return runs._dry_run("res.partner", [(one, two) for one, two in pairs])

    def finish(self, run):
        """Let the scheduler finish the run."""
        run.action_start()
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("crm_customer_sheet.ir_cron_sheet_merge").method_direct_trigger()

    def test_a_dry_run_changes_nothing(self):
        before = self.checksums()
        run = self.plan()
        self.assertEqual((run.state, run.total, run.record_total), ("dry", 6, 6))
        self.assertIn("6", run.moves_text)
        self.assertSameSums(before, self.checksums())

    def test_a_run_merges_all_its_groups(self):
        run = self.plan()
        self.finish(run)
        self.assertEqual((run.state, run.done), ("done", 6))
        self.assertFalse(any(self.tails.mapped("active")))
        self.assertEqual(self.leads.partner_id, self.kept)
        self.assertEqual(self.people.commercial_partner_id, self.kept)
        self.assertEqual(self.kept[2].email, "a@company2.fr")

    def test_one_merge_of_many_is_undone_alone_and_all_of_them_exactly(self):
        before = self.checksums()
        run = self.plan()
        self.finish(run)
        merges = self.merges.search([("run_id", "=", run.id)])
        merges[3]._undo()
        alone = self.env["res.partner"].browse(merges[3].tail_ids)
        self.assertTrue(alone.active)
        self.assertEqual(self.tails.filtered("active"), alone)
        for merge in merges - merges[3]:
            merge._undo()
        self.assertSameSums(before, self.checksums())

    def test_a_group_that_cannot_be_merged_is_left_out_with_its_reason(self):
        self.people[0].parent_id = self.kept[1]
        self.tails[0].parent_id = self.kept[0]
        run = self.plan()
        self.assertEqual((run.total, run.blocked_total), (5, 1))
        self.assertIn("belongs to", run.blocked_text)

    def test_a_group_that_spoils_after_the_dry_run_stops_nothing(self):
        run = self.plan()
        self.people[0].parent_id = False
        self.leads[0].partner_id = False
        self.tails[0].unlink()
        self.finish(run)
        self.assertEqual(run.state, "done")
        self.assertIn("no longer exists", run.blocked_text)
        self.assertFalse(any(self.tails[1:].mapped("active")))

    def test_a_stopped_run_goes_on_where_it_was(self):
        run = self.plan()
        run.action_start()
        run.action_stop()
        self.finish(run)
        self.assertEqual((run.state, run.done), ("done", 6))

    def test_a_broken_run_stops_nobody_elses(self):
        """T8: whatever is stored as its groups."""
        stored = ['"x"', "5", "[1]", '["x"]', "[[1]]", '[["a", ["b"]]]', '{"a": 1}', "[]", "null"]
        stored += ["[[1, null]]", "[[true, [2]]]", "[[1, [2], 3]]", "[[1, {}]]", "[[1, [1e12]]]"]
        broken = [self.broken(groups=text) for text in stored]
        good = self.plan()
        with mute_logger("odoo.addons.crm_customer_sheet"):
            self.finish(good)
        self.env.invalidate_all()
        self.assertEqual((good.state, good.done), ("done", 6))
        for run in broken:
            with self.subTest(run.id):
                self.assertEqual(run.state, "stopped")
                self.assertIn("plan a new one", run.blocked_text)

    def test_what_a_run_has_kept_is_shown_as_far_as_it_can_be_read(self):
        """T8: a list of runs opens, whatever is stored in one of them."""
        for text in ('"x"', "5", "[1]", "[[1]]", '{"a": 1}', "[[1, 2, 3]]", '[{"z": 1}]', "null"):
            run = self.broken(blocked=text, moves=text).with_user(self.steward)
            with self.subTest(text):
                self.assertEqual((run.blocked_text, run.blocked_total), ("", 0))
                self.assertTrue(run.read(["moves_text", "progress"]))

    def test_a_journal_that_cannot_be_read_keeps_nobody_from_being_erased(self):
        """T8: nor from reading the others."""
        for text in ('"x"', "5", '{"a": 1}', "[[1]]", '["x"]', "null"):
            spoilt = self.merge(*self.env["res.partner"].create([{"name": "A"}, {"name": "B"}]))
            good = self.merge(*self.env["res.partner"].create([{"name": "C"}, {"name": "D"}]))
            self.store(spoilt, tail_ids=text, moved=text)
            with self.subTest(text):
                self.assertTrue((spoilt | good).read(["name", "moved_text"]))
                self.merges._forget("res.partner", good.tail_ids)
                self.assertFalse(good.exists())
                self.merges._forget("res.partner", [spoilt.survivor_id])
                self.assertFalse(spoilt.exists())

    def broken(self, **stored):
        run = self.runs.create({"host": "res.partner", "state": "running", "total": 1})
        self.store(run, **stored)
        return run

    def store(self, record, **stored):
        self.env.flush_all()
        for name, text in stored.items():
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s::jsonb WHERE id = %s",
                    *(SQL.identifier(record._table), SQL.identifier(name), text, record.id),
                )
            )
        record.invalidate_recordset()

    def test_only_stewards_see_mass_merges(self):
        run = self.plan()
        with self.assertRaises(AccessError):
            run.with_user(self.rep).action_start()

    def test_a_journal_is_kept_for_as_long_as_the_setting_says(self):
        merge = self.merge(self.kept[0], self.tails[0])
        self.env.flush_all()
        old = fields.Datetime.now() - timedelta(days=31)
        self.env.cr.execute(
            "UPDATE customer_sheet_merge SET create_date = %s WHERE id = %s", [old, merge.id]
        )
        self.env.invalidate_all()
        setting = self.env["ir.config_parameter"].sudo()
        setting.set_param("crm_customer_sheet.merge_kept_days", "60")
        self.purge()
        self.assertTrue(merge.exists())
        setting.set_param("crm_customer_sheet.merge_kept_days", "30")
        self.purge()
        self.assertFalse(merge.exists())
        self.assertEqual(self.tails[0].sheet_merged_into_id, self.kept[0])
        self.assertFalse(self.tails[0].with_user(self.rep).sheet_can_undo_merge)

    def purge(self):
        do_chore(self, "merge_purge")

    def test_an_erasure_reaches_the_journal(self):
        merge = self.merge(self.kept[0], self.tails[0])
        self.merges._forget("res.partner", [self.tails[0].id])
        self.assertFalse(merge.exists())
