"""Checks of many records: who starts them, and what a broken one does to the others (T8)."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import QualityCase


@tagged("post_install", "-at_install")
class TestQualityRuns(QualityCase):
    def broken(self, value):
        """Return a run as an older version of the module let people make it."""
        run = self.runs.create({"host": "res.partner", "scope": "selection", "total": 1})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE customer_sheet_quality_run SET record_ids = %s WHERE id = %s", [value, run.id]
        )
        run.invalidate_recordset()
        return run

    def test_only_people_with_a_sheet_start_a_check(self):
        contact = self.env["res.partner"].create({"name": "Ada"})
        for number, group in enumerate(("base.group_portal", "base.group_user")):
            user = new_test_user(self.env, f"check{number}", groups=group)
            own = user.partner_id
            for records in (own, contact, own.browse()):
                with self.subTest(group=group), self.assertRaises(AccessError):
                    records.with_user(user).action_sheet_check()
        self.assertFalse(self.runs.search([("create_uid.login", "=like", "check_")]))

    def test_nobody_makes_or_forges_a_run(self):
        run = self.runs._start("res.partner", "all")
        for user in (self.rep, self.steward):
            runs = self.runs.with_user(user)
            with self.assertRaises(AccessError):
                runs.create({"host": "res.partner", "scope": "selection", "record_ids": "x"})
            with self.assertRaises(AccessError):
                run.with_user(user).write({"done": 10})

    def test_a_selection_is_a_list_of_numbers(self):
        for value in ("x", {"a": 1}, ["x"], [True], [[1]], [1.5], 7, [2**40]):
            with self.subTest(value=value), self.assertRaises(ValidationError):
                self.runs.create({"host": "crm.lead", "scope": "selection", "record_ids": value})

    def test_a_broken_run_stops_nobody_elses(self):
        broken = [self.broken(value) for value in ('"x"', '{"a": 1}', '["x"]', "[null]", "[[1]]")]
        ada = self.env["res.partner"].create({"name": "Ada", "email": "ada@atlas"})
        good = self.runs.create(
            {"host": "res.partner", "scope": "selection", "record_ids": ada.ids, "total": 1}
        )
        with self.enter_registry_test_mode(), mute_logger("odoo.addons.crm_customer_sheet"):
            self.env.ref("crm_customer_sheet.ir_cron_sheet_quality").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(good.state, "done")
        for run in broken:
            self.assertEqual(run.state, "failed")
            self.assertIn("start a new one", run.failure)
            with self.assertRaises(UserError):
                run._wrong_value_rows()
