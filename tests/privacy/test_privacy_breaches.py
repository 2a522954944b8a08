"""Data breaches: 72 hours, judged, told, never deleted."""

from datetime import datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, TransactionCase, new_test_user, tagged

OFFICER = "crm_customer_sheet.group_sheet_privacy"
JUDGED = {"risk": "risk", "risk_why": "The list holds phone numbers"}


@tagged("post_install", "-at_install")
@freeze_time("2026-04-03 15:30:00")
class TestPrivacyBreaches(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = new_test_user(cls.env, "breach_officer", groups=OFFICER, tz="Europe/Paris")
        cls.rep = new_test_user(cls.env, "breach_rep", groups="sales_team.group_sale_salesman")
        cls.env.company.country_id = cls.env.ref("base.fr")
        cls.breaches = cls.env["customer.sheet.breach"].with_user(cls.officer)

    def breach(self, **values):
        return self.breaches.create({"title": "A list was sent to the wrong person", **values})

    def notify(self, breach, **values):
        dialog = self.env["customer.sheet.breach.notify"].with_user(self.officer)
        return dialog.create({"breach_id": breach.id, **values}).action_notify()

    def test_the_hours_run_through_the_weekend(self):
        with Form(self.breaches) as form:
            form.title = "Stolen laptop"
        breach = form.record
        self.assertEqual(breach.due_at, datetime(2026, 4, 6, 15, 30))
        self.assertEqual(breach.left, "72 h left")
        days = sorted(breach.activity_ids.mapped("date_deadline"))
        self.assertEqual([day.day for day in days], [4, 5, 6])
        with freeze_time("2026-04-06 16:31:00"):
            breach.invalidate_recordset()
            self.assertTrue(breach.is_late)
            self.assertEqual(breach.left, "1 h late")
            self.assertIn(breach, self.breaches.search([("is_late", "=", True)]))

    def test_a_law_without_hours_has_no_clock(self):
        morocco = self.env.ref("crm_customer_sheet.regime_ma")
        breach = self.breach(regime_id=morocco.id)
        self.assertFalse(breach.due_at)
        self.assertFalse(breach.activity_ids)

    def test_no_notice_without_a_judgement(self):
        breach = self.breach()
        for values in ({}, {"risk": "high"}, {"risk_why": "  "}):
            breach.write(values)
            with self.assertRaises(UserError):
                self.notify(breach)
        breach.risk_why = "Health data"
        self.notify(breach, number="CNIL-7")
        self.assertEqual(breach.state, "notified")
        self.assertTrue(breach.in_time)
        self.assertFalse(breach.activity_ids)
        self.assertEqual(breach.notice_ids.number, "CNIL-7")

    def test_a_late_notice_says_why(self):
        breach = self.breach(discovered_on="2026-03-30 10:00:00", **JUDGED)
        with self.assertRaises(UserError):
            self.notify(breach)
        self.notify(breach, late_why="Nobody was there at Easter")
        self.assertFalse(breach.in_time)
        self.assertEqual(breach.notice_ids.late_why, "Nobody was there at Easter")

    def test_a_notice_is_what_was_known(self):
        breach = self.breach(people_count=12, **JUDGED)
        self.notify(breach)
        breach.people_count = 3456
        self.notify(breach)
        first, second = breach.notice_ids
        self.assertEqual((first.kind, second.kind), ("initial", "complementary"))
        self.assertNotIn("3456", first.content)
        self.assertIn("3456", second.content)
        self.assertIn("3456", breach.sheet_changes)
        for notice in (first, first.sudo()):
            with self.assertRaises(UserError):
                notice.unlink()
        with self.assertRaises(AccessError):
            first.content = "Nothing"

    def test_it_is_closed_once_everybody_is_told(self):
        breach = self.breach()
        with self.assertRaises(UserError):
            breach.action_close()
        breach.write({**JUDGED, "risk": "high"})
        with self.assertRaises(UserError):
            breach.action_close()
        self.notify(breach)
        with self.assertRaises(UserError):
            breach.action_close()
        breach.people_told_on = "2026-04-03"
        breach.action_close()
        self.assertEqual(breach.state, "closed")
        with self.assertRaises(UserError):
            self.notify(breach)
        breach.action_reopen()
        self.assertEqual(breach.state, "notified")

    def test_without_risk_nobody_need_be_told(self):
        breach = self.breach(risk="none", risk_why="The disk was encrypted")
        self.assertFalse(breach.left)
        self.assertFalse(breach.activity_ids)
        breach.action_close()
        self.assertEqual(breach.state, "closed")

    def test_nobody_deletes_or_forges_it_and_others_do_not_see_it(self):
        breach = self.breach(state="closed", name="X", hours=9999, in_time=True)
        self.assertEqual((breach.state, breach.hours), ("open", 72))
        self.assertTrue(breach.name.startswith("B2026-"))
        self.assertFalse(breach.in_time)
        for records in (breach, breach.sudo()):
            with self.assertRaises(UserError):
                records.unlink()
        with self.assertRaises(AccessError):
            breach.hours = 96
        with self.assertRaises(AccessError):
            breach.with_user(self.rep).read(["title"])

    def test_moments_make_sense(self):
        for values in (
            {"discovered_on": "2026-04-04 10:00:00"},
            {"started_on": "2026-04-03 16:00:00"},
            {"started_on": "2026-04-02 10:00:00", "ended_on": "2026-04-01 10:00:00"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.breach(**values)
