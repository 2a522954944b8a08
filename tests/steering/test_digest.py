from freezegun import freeze_time

from odoo import fields
from odoo.tests import new_test_user, tagged

from ...models.steering.digest.digest import CONTROLS, FIGURES
from .review_common import ReviewCase

#: Lines that only privacy officers get.
OFFICERS = {"kpi_sheet_requests", "kpi_sheet_breaches"}


@tagged("post_install", "-at_install")
class TestDigest(ReviewCase):
    """S8: weekly, in percent, each company its own, the numbers of the tiles."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.digest = cls.env.ref("crm_customer_sheet.digest_digest_sheet")
        cls.env["customer.sheet.kpi"]._declare()
        cls.kpi = cls.env["customer.sheet.kpi"].search([("code", "=", "answers_contacts")])
        cls.values = cls.env["customer.sheet.kpi.value"].sudo()
        cls.values.search([]).unlink()
        cls.away = cls.env["res.company"].create({"name": "Away"})

    def frozen(self, day, part, whole, company=None):
        return self.values.create(
            {
                "kpi_id": self.kpi.id,
                "day": day,
                "version": 1,
                "dimension": "all",
                "key": "",
                "company_id": company.id if company else False,
                "part": part,
                "whole": whole,
                "count": whole,
            }
        )

    def line(self, digest=None, user=None, name="kpi_sheet_answers"):
        user = user or self.manager
        kpis = (digest or self.digest)._compute_kpis(user.company_id, user)
        return next((kpi for kpi in kpis if kpi["kpi_name"] == name), None)

    def test_it_says_percent_and_of_how_many_and_how_it_was(self):
        today = fields.Date.today()
        self.frozen(today, 43, 50)
        self.frozen(fields.Date.subtract(today, days=7), 0, 40)
        line = self.line()
        self.assertEqual(line["kpi_col1"], {"value": "86%", "col_subtitle": "43 of 50"})
        self.assertEqual(line["kpi_col2"], {"value": "0%", "col_subtitle": "A week before"})
        self.assertIn(f"/{self.kpi.id}", line["kpi_action"])

    def test_a_week_that_was_not_counted_is_left_out(self):
        self.frozen(fields.Date.today(), 1, 2)
        self.assertEqual(self.line()["kpi_col2"], {})

    def test_another_definition_or_an_older_night_is_no_week_before(self):
        today = fields.Date.today()
        for days, version in ((7, 2), (100, 1), (15, 1)):
            with self.subTest(days=days, version=version):
                self.values.search([]).unlink()
                self.frozen(today, 1, 2)
                old = self.frozen(fields.Date.subtract(today, days=days), 1, 4)
                old.version = version
                self.assertEqual(self.line()["kpi_col2"], {})
        old.write({"day": fields.Date.subtract(today, days=9), "version": 1})
        self.assertEqual(self.line()["kpi_col2"]["value"], "25%")

    def test_what_has_not_been_counted_lately_says_so(self):
        self.frozen("2020-03-02", 43, 50)
        self.assertEqual(
            self.line()["kpi_col1"]["col_subtitle"], "43 of 50 on 03/02/2020, not since"
        )

    def test_everybody_gets_the_lines_that_their_dashboard_shows(self):
        for user in (self.officer, self.manager, self.rep):
            kpis = self.env["customer.sheet.kpi"].with_user(user)
            whole = user._sheet_whole_hosts()
            seen = {kpi.code for kpi in kpis.search([]) if kpi.host in whole}
            lines = {kpi["kpi_name"] for kpi in self.digest._compute_kpis(user.company_id, user)}
            shown = {code for line, code in FIGURES.items() if line in lines}
            self.assertEqual(shown, seen & set(FIGURES.values()), user.login)

    def test_what_is_no_longer_counted_is_left_out(self):
        self.frozen(fields.Date.today(), 1, 2)
        settings = self.env["res.config.settings"]
        self.addClassCleanup(self.registry.clear_all_caches)
        off = {"sheet_room_duplicates": False, "sheet_room_collection": False}
        settings.create(off).set_values()
        self.assertFalse(self.line(name="kpi_sheet_duplicates"))
        self.assertTrue(self.line())
        settings.create({"sheet_room_steering": False}).set_values()
        self.assertFalse(self.line())
        self.assertTrue(self.line(name="kpi_sheet_controls"))
        judged = {each["code"] for each in self.env["customer.sheet.control"]._judged()}
        self.assertFalse(judged & {"reviews", "charter", "digest_readers"})

    def test_each_company_has_its_own(self):
        today = fields.Date.today()
        self.frozen(today, 1, 2, self.env.company)
        self.frozen(today, 1, 4, self.away)
        self.frozen(today, 1, 2)  # of no company: of both
        other = self.digest.copy({"company_id": self.away.id, "name": "Away"})
        self.assertEqual(self.line()["kpi_col1"]["value"], "50%")
        self.assertEqual(self.line(other)["kpi_col1"]["value"], "33%")

    def test_the_numbers_are_those_of_the_tiles(self):
        contacts = self.env["res.partner"].create([{"name": "Ada"}, {"name": "Bob"}])
        self.env.flush_all()
        self.kpi._freeze(fields.Date.today())
        part, whole = self.kpi._now(self.env.company, ["answers_contacts"])["answers_contacts"]
        self.assertTrue(contacts and whole)
        self.assertEqual(
            self.line()["kpi_col1"]["col_subtitle"], f"{round(part)} of {round(whole)}"
        )

    def test_at_most_seven_lines_and_none_for_whoever_sees_only_their_own(self):
        for user, expected in ((self.manager, FIGURES.keys() - OFFICERS), (self.officer, OFFICERS)):
            kpis = self.digest._compute_kpis(self.env.company, user)
            ours = {kpi["kpi_name"] for kpi in kpis if kpi["kpi_name"].startswith("kpi_sheet_")}
            self.assertLessEqual(len(ours), 7)
            self.assertLessEqual({*expected, CONTROLS}, ours)
        self.assertIsNone(self.line(user=self.rep))
        self.assertIsNone(self.line(user=self.rep, name="kpi_sheet_controls"))
        self.assertTrue(self.line(user=self.officer, name="kpi_sheet_controls"))

    def test_after_five_weeks_without_any_login_it_is_still_weekly(self):
        other = self.digest.copy({"name": "Another"})
        reader = new_test_user(self.env, "away", email="away@example.com")
        (self.digest | other).user_ids = reader
        self.env["res.users.log"].sudo().search([("create_uid", "=", reader.id)]).unlink()
        sent = []
        for week in range(5):
            with freeze_time(fields.Date.add(fields.Date.today(), weeks=week)):
                self.digest.action_send()
                other.action_send()
                sent.append(self.digest.periodicity)
        self.assertEqual(sent, ["weekly"] * 5)
        self.assertNotEqual(other.periodicity, "weekly")

    def test_it_is_mailed(self):
        self.frozen(fields.Date.today(), 43, 50)
        self.digest.user_ids = self.manager
        self.digest.action_send_manual()
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertIn("86%", mail.body_html)
        self.assertIn("Completeness of contacts", mail.body_html)

    def test_somebody_is_to_get_it(self):
        control = self.env["customer.sheet.control"].sudo()
        self.assertTrue(control._check_digest_readers().ok)
        self.env["digest.digest"].search([("kpi_sheet_answers", "=", True)]).user_ids = False
        self.assertFalse(control._check_digest_readers().ok)
