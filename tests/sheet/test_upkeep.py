from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.modules.migration import load_script
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from ...models.sheet.upkeep import ROUNDS
from ..upkeep import do_chore

UPKEEP = "odoo.addons.crm_customer_sheet.models.sheet.upkeep"
SCRIPTS = Path(__file__).parents[2] / "migrations" / "19.0.1.7.0"


@tagged("post_install", "-at_install")
class TestUpkeep(TransactionCase):
    """Small chores are done in rounds: one that fails stops no other, and it shows."""

    def setUp(self):
        super().setUp()
        self.chores = self.env["customer.sheet.chore"].with_context(active_test=False)
        self.chores._declare()
        fresh = {"active": True, "ended_on": False, "is_waiting": False}
        self.chores.search([]).write(fresh)
        self.env.flush_all()

    def run_round(self, name):
        """Run the scheduled action of a round as the scheduler does."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(ROUNDS[name]).method_direct_trigger()
        self.env.invalidate_all()

    def of(self, name):
        return self.chores.search([("round", "=", name), ("active", "=", True)])

    def chore(self, code):
        return self.chores.search([("code", "=", code)])

    def broken(self, code):
        """Let the method of a chore raise, after it has written something."""
        chore = self.chores._by_code()[code]

        def fails(self, *_args):
            self.env["res.partner"].create({"name": "Half a chore"})
            raise ValueError("It is broken\nreally")

        return patch.object(self.registry[chore.model], chore.method, fails)

    def test_there_are_at_most_ten_scheduled_actions(self):
        ours = self.env["ir.model.data"].search(
            [("module", "=", "crm_customer_sheet"), ("model", "=", "ir.cron")]
        )
        self.assertLessEqual(len(ours), 10, ours.mapped("name"))
        self.assertLessEqual({*ROUNDS.values()}, set(ours.mapped("complete_name")))

    def test_every_chore_is_done(self):
        for name in ROUNDS:
            self.run_round(name)
            chores = self.of(name)
            self.assertTrue(chores)
            self.assertTrue(all(chores.mapped("ended_on")))
            self.assertFalse(any(chores.mapped("failure")), chores.mapped("failure"))
            self.assertFalse(any(chores.mapped("is_waiting")))

    @mute_logger("odoo.addons.base.models.ir_cron")
    def test_one_that_fails_stops_no_other_and_shows(self):
        """Every second one of a round is broken, then the others: each has one before it."""
        for name in ROUNDS:
            codes = self.of(name).mapped("code")
            for broken in filter(None, (codes[::2], codes[1::2])):
                with self.env.cr.savepoint() as point:
                    self._check_broken(name, broken)
                    point.rollback()
                    self.env.invalidate_all()

    def _check_broken(self, name, broken):
        with ExitStack() as stack:
            log = stack.enter_context(self.assertLogs(UPKEEP, "ERROR"))
            for code in broken:
                stack.enter_context(self.broken(code))
            self.run_round(name)
        failing = self.of(name).filtered(lambda chore: chore.code in broken)
        others = self.of(name) - failing
        told = "\n".join(log.output)
        settings = self.env["res.config.settings"].create({})
        for chore in failing:
            with self.subTest(code=chore.code):
                self.assertIn(chore.code, told)
                self.assertTrue(chore.failed_on)
                self.assertEqual(chore.failure, "It is broken")
                self.assertFalse(chore.ended_on)
        self.assertEqual(settings.sheet_failing_chores, ", ".join(failing.mapped("name")))
        self.assertTrue(all(others.mapped("ended_on")))
        self.assertFalse(any(others.mapped("failure")))
        self.assertFalse(self.env["res.partner"].search([("name", "=", "Half a chore")]))

    @mute_logger("odoo.addons.base.models.ir_cron", UPKEEP)
    def test_administrators_are_told_once_and_success_ends_it(self):
        channel = self.env.ref("mail.channel_admin")
        before = len(channel.message_ids)
        with self.broken("waivers"):
            self.run_round("nightly")
            self.run_round("nightly")
        told = channel.message_ids[: len(channel.message_ids) - before]
        self.assertEqual(len(told), 1)
        self.assertIn("Remind of waivers that ended", told.body)
        self.assertIn("It is broken", told.body)
        self.run_round("nightly")
        chore = self.chore("waivers")
        self.assertFalse(chore.failed_on or chore.failure)
        self.assertTrue(chore.ended_on)
        self.assertFalse(self.env["res.config.settings"].create({}).sheet_failing_chores)

    def test_one_that_is_off_is_left_out(self):
        manager = new_test_user(
            self.env, "upkeep_boss", groups="crm_customer_sheet.group_sheet_manager"
        )
        rep = new_test_user(self.env, "upkeep_rep", groups="sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.chore("merge_purge").with_user(rep).active = False
        self.chore("merge_purge").with_user(manager).active = False
        with self.broken("merge_purge"):
            self.run_round("nightly")
        self.assertFalse(self.chore("merge_purge").ended_on or self.chore("merge_purge").failure)
        self.assertIn(manager.name, self.chore("merge_purge").sheet_changes)

    def test_a_night_without_time_goes_on_with_what_is_left(self):
        """What was done in this round is not done again in it."""
        self.run_round("nightly")
        done = self.of("nightly")
        done.ended_on = False
        left = done[-2:]
        left.is_waiting = True
        self.run_round("nightly")
        self.assertEqual(done.filtered("ended_on"), left)

    def test_one_that_has_not_finished_goes_on_in_the_next_run(self):
        chore = self.chores._by_code()["merge_purge"]
        answers = [3, 0]
        with patch.object(self.registry[chore.model], chore.method, lambda self: answers.pop(0)):
            self.run_round("nightly")
        self.assertFalse(answers)
        self.assertTrue(self.chore("merge_purge").ended_on)
        self.assertFalse(self.chore("merge_purge").is_waiting)

    def test_some_are_not_done_in_every_round(self):
        asked = self.env["customer.sheet.duplicate"]
        with freeze_time("2031-03-03 01:30:00"):
            do_chore(self, "match_rebuild")
        self.assertTrue(asked._is_rebuild_requested())
        asked._request_rebuild(False)
        chore = self.chore("match_rebuild")
        for day, is_time in ((4, False), (9, False), (10, True)):
            with freeze_time(f"2031-03-{day:02} 01:31:00"):
                self.assertEqual(chore._is_time(), is_time, day)

    def test_a_rebuild_is_done_by_the_job_that_matches(self):
        asked = self.env["customer.sheet.duplicate"]
        self.env["res.config.settings"].create({}).action_sheet_match_all()
        self.assertTrue(asked._is_rebuild_requested())
        done = []
        with (
            patch.object(type(asked), "_rebuild", lambda self: done.append(1)),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("crm_customer_sheet.ir_cron_sheet_match").method_direct_trigger()
            self.env.ref("crm_customer_sheet.ir_cron_sheet_match").method_direct_trigger()
        self.env.registry.clear_cache("stable")
        self.assertEqual(done, [1])
        self.assertFalse(asked._is_rebuild_requested())

    # -- from scheduled actions to chores ---------------------------------------------

    def old_cron(self, name, **values):
        cron = self.env["ir.cron"].create(
            {
                "name": f"Customer Sheet: {name}",
                "model_id": self.env["ir.model"]._get_id("customer.sheet.merge"),
                "code": "model._cron_purge()",
                "interval_type": "days",
                **values,
            }
        )
        names = {"module": "crm_customer_sheet", "noupdate": True}
        self.env["ir.model.data"].create(
            {**names, "name": name, "model": "ir.cron", "res_id": cron.id}
        )
        return cron

    def migrate(self, version="19.0.1.6.0", script="post-settings"):
        path = str(SCRIPTS / f"{script}.py")
        load_script(path, script.replace("-", "_")).migrate(self.env.cr, version)

    def test_an_update_makes_chores_of_scheduled_actions(self):
        off = self.old_cron("ir_cron_sheet_merge_purge", active=False)
        on = self.old_cron("ir_cron_forgotten", lastcall="2026-11-01 05:00:00")
        actions = (off | on).ir_actions_server_id
        self.migrate()
        self.assertFalse(off.exists() or on.exists() or actions.exists())
        self.assertFalse(self.chore("merge_purge").active)
        self.assertTrue(self.chore("digest").active)
        self.assertEqual(str(self.chore("digest").ended_on), "2026-11-01 05:00:00")
        self.assertTrue(self.chore("sequences").active)
        self.migrate()
        self.assertFalse(self.chore("merge_purge").active)

    def test_an_update_keeps_what_was_switched_off(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("crm_customer_sheet.mail_lookup", False)
        parameters.set_param("crm_customer_sheet.hot_activity", "True")
        self.migrate()
        settings = self.env["res.config.settings"].create({})
        self.assertFalse(settings.sheet_mail_lookup)
        self.assertTrue(settings.sheet_hot_activity)
        parameters.set_param("crm_customer_sheet.mail_lookup", False)
        self.migrate("19.0.1.0.0")
        self.assertTrue(self.env["res.config.settings"].create({}).sheet_mail_lookup)

    def test_a_view_of_settings_that_are_gone_does_not_stop_the_update(self):
        view = self.env.ref("crm_customer_sheet.res_config_settings_view_form_routing")
        self.env.cr.execute(
            "UPDATE ir_ui_view SET arch_db = jsonb_build_object('en_US', replace("
            "arch_db->>'en_US', '<button', '<field name=\"sheet_route_budget_on\"/><button'))"
            " WHERE id = %s",
            [view.id],
        )
        self.env.invalidate_all()
        parent = self.env.ref("crm_customer_sheet.res_config_settings_view_form")
        with self.assertRaises(ValidationError), mute_logger("odoo.addons.base.models.ir_ui_view"):
            parent._check_xml()
        self.migrate(script="pre-settings")
        self.env.invalidate_all()
        parent._check_xml()
