"""Controls: looked at, never ticked; each is broken and mended (S6)."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..upkeep import do_chore
from .control_cases import CASES, _configured, _owners

#: Controls that the tests of their rooms break and mend.
ELSEWHERE = {"reviews", "charter", "digest_readers", "places"} | {
    "erasures",
    "informed",
    "retention_run",
}
LOGGER = "odoo.addons.crm_customer_sheet.models.sheet.controls.control"


@tagged("post_install", "-at_install")
class TestControls(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        group = "crm_customer_sheet.group_sheet_"
        cls.rep = new_test_user(cls.env, "control_rep", "sales_team.group_sale_salesman")
        cls.steward = new_test_user(cls.env, "control_steward", f"{group}steward")
        cls.officer = new_test_user(cls.env, "control_officer", f"{group}privacy")
        cls.manager = new_test_user(cls.env, "control_manager", f"{group}manager")
        cls.env["customer.sheet.control"]._declare()

    def setUp(self):
        super().setUp()
        self.kept = {}

    def control(self, code):
        return self.env["customer.sheet.control"].search([("code", "=", code)])

    def question(self, code):
        return self.env["customer.sheet.question"].search([("code", "=", code)])

    def state(self, code):
        self.env.invalidate_all()
        return self.control(code).state

    # -- S6 ----------------------------------------------------------------------

    def test_each_control_is_broken_and_mended(self):
        declared = set(self.env["customer.sheet.control"]._by_code())
        self.assertEqual(set(CASES), declared - ELSEWHERE, "each control has its case")
        for code, (right, wrong) in CASES.items():
            with self.subTest(code):
                for make, state in ((right, "right"), (wrong, "wrong"), (right, "right")):
                    make(self)
                    self.assertEqual(self.state(code), state, self.control(code).evidence)

    def test_nobody_ticks_one(self):
        control = self.control("disks")
        result = {"control_id": control.id, "state": "right"}
        for user in (self.rep, self.steward, self.officer, self.manager):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    control.with_user(user).write({"kind": "data"})
                with self.assertRaises(AccessError):
                    self.env["customer.sheet.control.result"].with_user(user).create(result)
        control.state = "right"  # even as superuser: it is looked at, not kept
        self.assertEqual(self.state("disks"), "wrong")

    # -- who sees what ---------------------------------------------------------------

    def test_the_page_counts_what_it_shows(self):
        for user in (self.steward, self.officer, self.manager):
            page = self.env["customer.sheet.setup"].with_user(user).create({})
            shown = page.setup_ids + page.data_ids + page.privacy_ids
            shown += page.security_ids + page.governance_ids
            right = shown.filtered_domain([("state", "=", "right")])
            every = self.env["customer.sheet.control"].with_user(user)._asked()
            self.assertEqual(shown, every)
            self.assertIn(f"{len(right)} of {len(every)}", page.progress_said)

    def test_a_rep_sees_no_control(self):
        with self.assertRaises(AccessError):
            self.env["customer.sheet.control"].with_user(self.rep).search([])

    def test_a_filter_finds_by_what_is_looked_at(self):
        _owners(self, False)
        controls = self.env["customer.sheet.control"].with_user(self.steward)
        wrong = controls.search([("state", "=", "wrong")])
        self.assertIn("owners", wrong.mapped("code"))
        _owners(self, True)
        self.env.invalidate_all()
        self.assertNotIn("owners", controls.search([("state", "=", "wrong")]).mapped("code"))

    def test_each_control_leads_somewhere(self):
        admin = self.env.ref("base.user_admin")
        admin.group_ids += self.env.ref("crm_customer_sheet.group_sheet_privacy")
        for control in self.env["customer.sheet.control"].with_user(admin).search([]):
            with self.subTest(control.code):
                self.assertTrue(control.can_fix and control.why and control.who)
                action = control.action_fix()
                if "res_model" in action and action.get("domain"):
                    domain = action["domain"]
                    if not isinstance(domain, str):
                        self.env[action["res_model"]].with_user(admin).search(domain)

    def test_fixing_opens_the_records_that_were_counted(self):
        _owners(self, False)
        control = self.control("owners").with_user(self.manager)
        action = control.action_fix()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertIn(str(len(found)), control.evidence)

    def test_nobody_is_sent_where_they_may_not_go(self):
        control = self.control("owners").with_user(self.manager)  # who reads no lead
        self.assertFalse(control.can_fix)
        self.manager.group_ids += self.env.ref("sales_team.group_sale_salesman_all_leads")
        self.env.invalidate_all()
        self.assertTrue(control.can_fix)

    def test_a_hashed_password_is_seen_through(self):
        for word, state in (("admin", "wrong"), ("another", "right")):
            _configured(self, "admin_passwd", self.env["res.users"]._crypt_context().hash(word))
            self.assertEqual(self.state("master_password"), state)

    # -- attestations ------------------------------------------------------------------

    def dialog(self, user, **values):
        dialogs = self.env["customer.sheet.control.attest"].with_user(user)
        values = {"control_id": self.control("disks").id, "note": "In the contract", **values}
        return dialogs.create(values)

    def test_an_attestation_has_a_name_and_an_end(self):
        context = self.control("disks").with_user(self.manager).action_fix()["context"]
        dialogs = self.env["customer.sheet.control.attest"].with_user(self.manager)
        with freeze_time("2026-03-02"):
            with Form(dialogs.with_context(**context)) as form:
                self.assertEqual(form.until, date(2027, 3, 2))
                form.note = "In the contract, page 4"
            form.record.action_attest()
            result = self.control("disks").result_ids[:1]
            self.assertEqual(result.user_id, self.manager)
            self.assertEqual(result.evidence, "In the contract, page 4")
            self.assertEqual(self.state("disks"), "right")
            self.assertIn(self.manager.name, self.control("disks").evidence)
        with freeze_time("2027-03-03"):
            self.assertEqual(self.state("disks"), "wrong")

    def test_nobody_attests_for_longer_or_what_odoo_can_see(self):
        with freeze_time("2026-03-02"):
            for until in ("2026-03-02", "2027-03-03"):
                with self.assertRaises(ValidationError):
                    self.dialog(self.manager, until=until)
        with self.assertRaises(ValidationError):
            self.dialog(self.manager, control_id=self.control("owners").id)
        with self.assertRaises(AccessError):
            self.control("owners").with_user(self.manager)._attest("Yes", date(2030, 1, 1))

    def test_nobody_attests_without_a_word(self):
        for note in ("", " ", "\n"):
            with self.assertRaises(ValidationError):
                self.dialog(self.manager, note=note)

    def test_who_may_not_attest(self):
        with self.assertRaises(AccessError):
            self.dialog(self.officer).action_attest()
        with self.assertRaises(AccessError):
            self.dialog(self.steward)

    # -- history -----------------------------------------------------------------------

    def test_a_result_is_noted_when_the_answer_changes(self):
        _owners(self, True)
        results = self.control("owners").result_ids
        for is_right, day in ((True, "2026-10-03"), (True, "2026-11-01"), (False, "2026-11-12")):
            _owners(self, is_right)
            with freeze_time(day):
                self.env.invalidate_all()
                self.control("owners")._note()
        noted = self.control("owners").result_ids - results
        self.assertEqual(noted.mapped("state"), ["wrong", "right"])
        self.assertEqual(noted.mapped("day"), [date(2026, 11, 12), date(2026, 10, 3)])
        with freeze_time("2026-11-20"):
            self.assertEqual(self.control("owners").since, date(2026, 11, 12))

    def test_the_nightly_chore_notes_them(self):
        do_chore(self, "controls")
        self.assertTrue(self.control("shipped_passwords").result_ids)

    @mute_logger(LOGGER)
    def test_a_check_that_fails_hides_no_other(self):
        def fails(self):
            self.env.cr.execute("SELECT broken")

        control = self.registry["customer.sheet.control"]
        with patch.object(control, "_check_owners", fails), mute_logger("odoo.sql_db"):
            self.assertEqual(self.state("owners"), "unknown")
            self.assertEqual(self.control("steward").state, "right")

    def test_what_a_review_keeps(self):
        _owners(self, False)
        judged = {each["code"]: each for each in self.env["customer.sheet.control"]._judged()}
        self.assertIs(judged["owners"]["ok"], False)
        self.assertIn("found", judged["owners"]["evidence"])
