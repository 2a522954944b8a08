from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from .common import QualificationCase

FRIDAY = "2026-03-06 10:00:00"
FILTERS = ("none", "overdue", "today", "planned", False)


class NextActionCase(QualificationCase):
    """The gate is off: what comes next has nothing to do with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gate.mode = "off"

    def plan(self, lead, day, user=None):
        """Plan an activity on a lead, as the sales rep."""
        user = user or self.rep
        return lead.with_user(user).activity_schedule(
            "mail.mail_activity_data_todo", date_deadline=day, user_id=user.id
        )


@tagged("post_install", "-at_install")
class TestNextAction(NextActionCase):
    """A10: an open lead without a future next action is visible."""

    def assertNext(self, lead, state):
        lead.invalidate_recordset(["sheet_next_action", "activity_state"])
        self.assertEqual(lead.sheet_next_action, state)
        found = {
            each: lead in lead.search([("sheet_next_action", "=", each)]) for each in FILTERS[:4]
        }
        self.assertEqual([each for each, there in found.items() if there], [state] if state else [])

    @freeze_time(FRIDAY)
    def test_the_state_is_that_of_the_activities(self):
        for day, state in (("03-05", "overdue"), ("03-06", "today"), ("03-07", "planned")):
            lead = self.lead()
            self.assertNext(lead, "none")
            self.plan(lead, f"2026-{day}")
            self.assertNext(lead, state)

    @freeze_time(FRIDAY)
    def test_what_is_done_leaves_room_for_what_comes_next(self):
        lead = self.lead()
        self.plan(lead, "2026-03-09").action_feedback(feedback="Called back")
        self.assertNext(lead, "none")

    def test_leads_that_are_not_open_need_none(self):
        won, lost = self.lead(), self.lead()
        won.action_set_won()
        lost.action_set_lost()
        self.assertNext(won, False)
        self.assertNext(lost, False)
        closed = won.with_context(active_test=False).search([("sheet_next_action", "=", False)])
        self.assertLessEqual(won | lost, closed)

    def test_unequal_is_the_contrary_of_equal(self):
        leads = self.lead() | self.lead()
        self.plan(leads[0], "2000-01-01")
        mine = [("id", "in", leads.ids)]
        self.assertEqual(leads.search([*mine, ("sheet_next_action", "!=", "none")]), leads[0])

    def test_the_filters_of_both_search_views_find_them(self):
        for name in ("leads", "opportunities"):
            view = self.env.ref(f"crm.view_crm_case_{name}_filter")
            arch = self.env["crm.lead"].with_user(self.rep).get_view(view.id, "search")["arch"]
            self.assertIn("sheet_no_next_action", arch)
            self.assertIn("sheet_overdue_next_action", arch)

    def test_the_button_opens_the_stock_dialog(self):
        lead = self.lead()
        action = lead.action_sheet_plan_next()
        self.assertEqual(action["res_model"], "mail.activity.schedule")
        dialog = self.env[action["res_model"]].with_user(self.rep)
        dialog.with_context(**action["context"]).create({}).action_schedule_activities()
        self.assertEqual(len(lead.activity_ids), 1)

    def test_the_state_is_for_users_of_sheets(self):
        lead = self.lead()
        with self.assertRaises(AccessError):
            lead.with_user(self.outsider).read(["sheet_next_action"])
        with self.assertRaises(AccessError):
            lead.with_user(self.outsider).action_sheet_plan_next()
        with self.assertRaises(AccessError):
            self.env["crm.lead"].with_user(self.outsider).search(
                [("sheet_next_action", "=", "none")]
            )

    def test_a_list_is_read_in_a_bounded_number_of_queries(self):
        counts = {}
        for size in (5, 50):
            leads = self.env["crm.lead"].browse([self.lead().id for _number in range(size)])
            for lead in leads:
                self.plan(lead, "2030-01-01")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            leads.with_user(self.rep).mapped("sheet_next_action")
            counts[size] = self.env.cr.sql_log_count - before
        self.assertEqual(counts[5], counts[50])


@tagged("post_install", "-at_install")
class TestNextActionQuestion(NextActionCase):
    """The catalogue's question "Next action" is answered by the activities."""

    def is_missing(self, lead):
        self.env.flush_all()
        lead.invalidate_recordset()
        return "next_action" in (lead.sheet_missing or ())

    def assertAgree(self, leads):
        """Python and SQL find the same leads."""
        leads = leads.sudo().with_context(active_test=False)
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM crm_lead WHERE id IN %s AND %s",
                tuple(leads.ids),
                leads._sheet_provided_next_action_sql("crm_lead"),
            )
        )
        by_python = leads._sheet_provided_next_action()
        self.assertEqual(set(by_python.ids), {lead_id for [lead_id] in rows})
        return by_python

    @freeze_time(FRIDAY)
    def test_python_and_sql_agree(self):
        days = (None, "2026-03-05", "2026-03-06", "2026-03-07")
        leads = self.env["crm.lead"].browse([self.lead().id for _day in days])
        for lead, day in zip(leads, days, strict=True):
            if day:
                self.plan(lead, day)
        done, won, lost, twice = (self.lead() for _number in range(4))
        self.plan(done, "2026-03-09").action_feedback()
        won.action_set_won()
        lost.action_set_lost()
        self.plan(twice, "2026-03-05")
        self.plan(twice, "2026-03-20")
        everything = leads | done | won | lost | twice
        provided = self.assertAgree(everything)
        self.assertEqual(provided, (leads[2:] | won | lost | twice).sudo())

    def test_python_and_sql_agree_in_every_time_zone(self):
        zones = ("Pacific/Kiritimati", "Europe/Paris", "Pacific/Pago_Pago", False)
        leads = self.env["crm.lead"]
        for zone in zones:
            self.rep.tz = zone
            for day in ("2026-03-05", "2026-03-06", "2026-03-07"):
                lead = self.lead()
                self.plan(lead, day)
                leads |= lead
        for moment in ("2026-03-06 00:30:00", "2026-03-06 12:30:00", "2026-03-06 23:30:00"):
            with freeze_time(moment):
                self.env.invalidate_all()
                self.assertAgree(leads)

    def test_it_counts_from_qualified_on(self):
        lead = self.lead()
        self.assertFalse(self.is_missing(lead))
        lead.stage_id = self.qualified
        self.assertTrue(self.is_missing(lead))

    def test_the_score_follows_the_activities(self):
        lead, other = (self.lead(stage_id=self.qualified.id) for _number in range(2))
        activity = self.plan(lead, "2099-01-01")
        self.assertFalse(self.is_missing(lead))
        activity.date_deadline = "2000-01-01"
        self.assertTrue(self.is_missing(lead))
        activity.date_deadline = "2099-01-01"
        activity.res_id = other.id
        self.assertTrue(self.is_missing(lead))
        self.assertFalse(self.is_missing(other))
        activity.action_feedback()
        self.assertTrue(self.is_missing(other))
        self.plan(other, "2099-01-01").unlink()
        self.assertTrue(self.is_missing(other))

    def test_a_closed_lead_misses_none(self):
        lead = self.lead(stage_id=self.qualified.id)
        self.assertTrue(self.is_missing(lead))
        lead.action_set_lost()
        self.assertFalse(self.is_missing(lead))
        lead.action_unarchive()
        self.assertTrue(self.is_missing(lead))
        lead.action_set_won()
        self.assertFalse(self.is_missing(lead))

    def test_a_deleted_lead_takes_its_activities_along(self):
        lead = self.lead(stage_id=self.qualified.id)
        self.plan(lead, "2099-01-01")
        lead.sudo().unlink()
        self.env.flush_all()

    def test_time_passes_over_an_action_without_a_write(self):
        with freeze_time(FRIDAY):
            lead = self.lead(stage_id=self.qualified.id)
            self.plan(lead, "2026-03-09")
            self.assertFalse(self.is_missing(lead))
        written = lead.write_date
        with freeze_time("2026-03-10 08:00:00"):
            self.env["crm.lead"]._cron_next_actions()
            self.assertTrue(self.is_missing(lead))
        self.assertEqual(lead.write_date, written)

    def test_the_ring_leads_to_it(self):
        lead = self.lead(stage_id=self.qualified.id)
        items = {item["code"]: item for item in lead.sheet_gaps["items"]}
        self.assertEqual(items["next_action"]["fields"], ["sheet_next_action"])
