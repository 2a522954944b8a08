"""The first-run assistant: a step at a time, left and found again."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from ...models.consent.settings import DPO_EMAIL
from ...models.sheet.config_settings import CONTACTS

GROUP = "crm_customer_sheet.group_sheet_"


@tagged("post_install", "-at_install")
class TestFirstRun(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(cls.env, "first_manager", f"{GROUP}manager")
        cls.steward = new_test_user(cls.env, "first_steward", f"{GROUP}steward")
        cls.admin = cls.env.ref("base.user_admin")
        cls.addClassCleanup(cls.registry.clear_all_caches)

    def begin(self, user=None):
        dialogs = self.env["customer.sheet.first.run"].with_user(user or self.admin)
        return dialogs.browse(dialogs.action_begin()["res_id"])

    def at(self, step, user=None):
        dialog = self.begin(user)
        dialog.step = step
        return dialog

    def test_it_goes_from_step_to_step_and_ends_at_the_set_up_page(self):
        dialog = self.begin()
        seen = [dialog.step]
        while (action := dialog.action_next())["res_model"] == dialog._name:
            seen.append(dialog.step)
        self.assertEqual(seen, dialog._steps())
        self.assertEqual(action["res_model"], "customer.sheet.setup")
        self.assertEqual(self.begin().step, seen[0])

    def test_the_next_person_goes_on_where_it_was_left(self):
        dialog = self.begin()
        dialog.action_skip()
        dialog.action_next()
        self.assertEqual(self.begin(self.manager).step, dialog.step)
        dialog.action_back()
        self.assertEqual(dialog.step, "sectors")

    def test_a_step_that_is_skipped_changes_nothing(self):
        dialog = self.at("sectors")
        dialog.sector_ids = dialog.sector_ids[:1]
        dialog.action_skip()
        self.assertGreater(len(dialog._used_sectors()), 1)

    def test_who_has_a_sheet(self):
        self.env["res.partner"].create({"name": "Only this one", "ref": "first"})
        dialog = self.at("contacts")
        dialog.contact_domain = "[('ref', '=', 'first')]"
        self.assertEqual(dialog.contact_count, 1)
        self.assertGreater(dialog.all_contact_count, 1)
        dialog.action_next()
        self.assertEqual(CONTACTS.value(self.env), "[('ref', '=', 'first')]")

    def test_a_filter_that_is_none_is_refused(self):
        dialog = self.at("contacts")
        dialog.contact_domain = "nonsense("
        self.assertEqual(dialog.contact_count, 0)
        with self.assertRaises(ValidationError):
            dialog.action_next()

    def test_a_filter_that_finds_nothing_because_it_is_wrong_is_refused(self):
        for typed in (
            "[('create_date', '>', 'nonsense')]",
            "[('name', 'any', [('x', '=', 1)])]",
            "[('color', '=', 'blue')]",
            "[('name', '=', '\\x00')]",
            "[('nope', '=', 1)]",
            "[('sheet_status', '=', 'verified')]",
        ):
            with self.subTest(typed):
                dialog = self.at("contacts")
                dialog.contact_domain = typed
                with mute_logger("odoo.sql_db"):
                    self.assertLessEqual(dialog.contact_count, dialog.all_contact_count)
                    with self.assertRaises(ValidationError):
                        dialog.action_next()

    def test_a_step_whose_room_was_switched_off_meanwhile(self):
        dialog = self.at("consents")
        self.env["res.config.settings"].create({"sheet_room_consent": False}).set_values()
        self.assertFalse(dialog.finding)
        dialog.action_next()
        self.assertIn(dialog.step, dialog._steps())

    def test_the_figures_are_counted_once_all_is_set_up(self):
        nightly = self.env.ref("crm_customer_sheet.ir_cron_sheet_nightly")
        self.env["ir.cron.trigger"].search([("cron_id", "=", nightly.id)]).unlink()
        self.at("import").action_next()
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", nightly.id)]))

    def test_settings_are_for_those_who_may_set(self):
        dialog = self.at("contacts", self.manager)
        self.assertFalse(dialog.may_set)
        dialog.contact_domain = "[('ref', '=', 'first')]"
        dialog.action_next()
        self.assertEqual(CONTACTS.value(self.env), CONTACTS.default)

    def test_sectors(self):
        dialog = self.at("sectors", self.manager)
        dialog.sector_ids = dialog.sector_ids.filtered(lambda each: each.code == "saas")
        dialog.action_next()
        self.assertEqual(self.env["customer.sheet.option"]._sectors_in_use(), ("saas",))

    def test_five_answers_are_published(self):
        questions = self.env["customer.sheet.question"]
        dialog = self.at("required", self.manager)
        deadline = questions.search([("code", "=", "deadline")])
        with self.assertRaises(ValidationError):
            dialog.question_ids += deadline
        dialog.question_ids = dialog.question_ids[:3] + deadline
        dialog.action_next()
        required = self.env["customer.sheet.control"].sudo()._required()
        self.assertEqual(set(required), set(dialog.question_ids.mapped("code")))

    def test_the_gate_is_tried_on_ones_own_leads(self):
        self.env["crm.lead"].create({"name": "Unknown need"})
        self.assertGreaterEqual(self.at("gate").failing_count, 1)
        dialog = self.at("gate", self.manager)  # who sees no lead
        self.assertEqual(dialog.failing_count, 0)
        dialog.gate_mode = "off"
        dialog.action_next()
        self.assertEqual(dialog.gate_id.mode, "off")

    def test_who_answers_for_the_data(self):
        dialog = self.at("consents")
        dialog.dpo_email = "dpo@example.com"
        self.assertTrue(dialog.untold_purpose_ids)
        dialog.action_next()
        self.assertEqual(DPO_EMAIL.value(self.env), "dpo@example.com")

    def test_doors_lead_to_the_usual_screens(self):
        for step, method in (
            ("consents", "action_notices"),
            ("form", "action_forms"),
            ("import", "action_import"),
        ):
            with self.subTest(step):
                self.assertTrue(getattr(self.at(step, self.manager), method)()["type"])
                self.assertEqual(self.begin(self.manager).step, step)

    def test_steps_of_rooms_that_are_off_are_left_out(self):
        values = {"sheet_room_consent": False, "sheet_room_collection": False}
        self.env["res.config.settings"].create(values).set_values()
        self.assertEqual(self.begin()._steps(), ["contacts", "sectors", "required", "gate"])

    def test_it_is_for_managers(self):
        with self.assertRaises(AccessError):
            self.begin(self.steward)


@tagged("post_install", "-at_install")
class TestSetupTour(HttpCase):
    def test_from_the_page_through_the_first_steps(self):
        self.start_tour("/odoo", "crm_customer_sheet_setup", login="admin")
