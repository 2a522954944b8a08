from datetime import date

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import tagged

from .common import QualificationCase

FRIDAY = "2026-03-06 10:00:00"


@tagged("post_install", "-at_install")
class TestQualificationCall(QualificationCase):
    """E3: a new lead gets a call to make, once, for its owner."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.parameters = cls.env["ir.config_parameter"].sudo()
        cls.parameters.set_param("crm_customer_sheet.call_enabled", "True")
        cls.parameters.set_param("crm_customer_sheet.call_days", "1")
        cls.call_type = cls.env.ref("crm_customer_sheet.mail_activity_type_qualification_call")
        cls.source = cls.env.ref("crm_customer_sheet.option_source_website")
        cls.calendar = cls.env.company.resource_calendar_id
        cls.calendar.tz = "Europe/Paris"

    def calls(self, leads):
        """Return the calls to make on leads, done ones included."""
        activities = self.env["mail.activity"].with_context(active_test=False)
        return activities.search(
            [
                ("res_model", "=", "crm.lead"),
                ("res_id", "in", leads.ids),
                ("activity_type_id", "=", self.call_type.id),
            ]
        )

    def assertCall(self, lead, day, user=None):
        call = self.calls(lead)
        self.assertEqual((call.date_deadline, call.user_id), (day, user or self.rep))

    # -- who -----------------------------------------------------------------

    @freeze_time(FRIDAY)
    def test_the_owner_gets_it_whoever_creates_the_lead(self):
        self.assertCall(self.lead(), date(2026, 3, 9))
        given = self.lead(user=self.manager, user_id=self.rep.id)
        self.assertCall(given, date(2026, 3, 9))
        automatic = self.env["crm.lead"].create({"name": "From a form", "user_id": self.rep.id})
        self.assertCall(automatic, date(2026, 3, 9))

    def test_it_is_off_unless_switched_on(self):
        self.parameters.set_param("crm_customer_sheet.call_enabled", False)
        lead = self.lead(user=self.manager, user_id=False)
        lead.user_id = self.rep
        self.assertFalse(self.calls(lead | self.lead()))

    def test_no_owner_no_call_until_there_is_one(self):
        lead = self.lead(user=self.manager, user_id=False)
        self.assertFalse(self.calls(lead))
        lead.user_id = self.rep
        self.assertEqual(self.calls(lead).user_id, self.rep)

    def test_a_lead_gets_it_once(self):
        lead = self.lead()
        self.calls(lead).with_user(self.rep).action_feedback()
        lead = lead.with_user(self.manager)
        lead.user_id = False
        lead.user_id = self.manager
        self.assertEqual(len(self.calls(lead)), 1)

    def test_an_open_call_follows_the_lead_to_its_new_owner(self):
        lead = self.lead()
        lead.with_user(self.manager).user_id = self.manager
        self.assertEqual(self.calls(lead).user_id, self.manager)

    def test_closed_leads_and_the_system_get_none(self):
        self.assertFalse(self.calls(self.lead(stage_id=self.won.id, probability=100)))
        self.assertFalse(self.calls(self.lead(active=False)))
        self.assertFalse(self.calls(self.env["crm.lead"].create({"name": "By OdooBot"})))

    def test_an_import_plans_no_calls(self):
        leads = self.env["crm.lead"].with_user(self.rep)
        result = leads.load(["name", "user_id/.id"], [["Old request", str(self.rep.id)]])
        self.assertFalse(result["messages"])
        self.assertFalse(self.calls(leads.browse(result["ids"])))

    def test_whoever_plans_something_else_at_once_is_left_alone(self):
        planned = Command.create(
            {
                "activity_type_id": self.env.ref("mail.mail_activity_data_meeting").id,
                "date_deadline": "2030-01-01",
                "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
                # stock cannot create a lead together with an activity of its own creator
                "user_id": self.manager.id,
            }
        )
        lead = self.lead(activity_ids=[planned])
        self.assertEqual(len(lead.activity_ids), 1)
        self.assertFalse(self.calls(lead))

    def test_defaults_of_the_lead_do_not_reach_the_call(self):
        leads = self.env["crm.lead"].with_user(self.rep)
        leads = leads.with_context(default_type="opportunity", default_summary="Not of the call")
        call = self.calls(leads.create({"name": "Request"}))
        self.assertEqual(call.summary, call.activity_type_id.name)

    def test_the_owner_is_not_written_to_twice(self):
        lead = self.lead(user=self.manager, user_id=self.rep.id)
        subjects = " ".join(subject for subject in lead.message_ids.mapped("subject") if subject)
        self.assertNotIn(self.call_type.name, subjects)

    # -- when ----------------------------------------------------------------

    def test_days_off_do_not_count(self):
        for moment, day in (
            ("2026-03-04 10:00:00", date(2026, 3, 5)),
            (FRIDAY, date(2026, 3, 9)),
            ("2026-03-07 10:00:00", date(2026, 3, 9)),
            # a quarter past midnight on Monday, in Paris
            ("2026-03-08 23:15:00", date(2026, 3, 10)),
        ):
            with freeze_time(moment):
                self.assertCall(self.lead(), day)

    @freeze_time(FRIDAY)
    def test_public_holidays_of_the_company_do_not_count(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.calendar.id,
                "company_id": self.env.company.id,
                "date_from": "2026-03-08 23:00:00",
                "date_to": "2026-03-09 22:59:59",
            }
        )
        self.assertCall(self.lead(), date(2026, 3, 10))

    @freeze_time(FRIDAY)
    def test_the_delay_is_a_setting(self):
        for days, day in (("0", 6), ("3", 11), ("", 9), ("soon", 9)):
            self.parameters.set_param("crm_customer_sheet.call_days", days)
            self.assertCall(self.lead(), date(2026, 3, day))

    @freeze_time("2026-03-07 10:00:00")
    def test_the_same_day_is_a_day_of_work(self):
        self.parameters.set_param("crm_customer_sheet.call_days", "0")
        self.assertCall(self.lead(), date(2026, 3, 9))

    @freeze_time(FRIDAY)
    def test_a_company_without_working_hours_counts_plain_days(self):
        self.env.company.resource_calendar_id = False
        self.assertCall(self.lead(), date(2026, 3, 7))

    @freeze_time(FRIDAY)
    def test_a_source_may_have_its_own_delay_or_no_call(self):
        values = {"sheet_source_id": self.source.id}
        for delay, day in (("0", 6), ("2", 10), (False, 9)):
            self.source.call_delay = delay
            self.assertCall(self.lead(**values), date(2026, 3, day))
        self.source.call_delay = "none"
        self.assertFalse(self.calls(self.lead(**values)))

    # -- settings, volume ----------------------------------------------------

    def test_the_settings_keep_zero(self):
        settings = self.env["res.config.settings"].create({"sheet_call_days": 0})
        settings.execute()
        self.assertEqual(self.env["crm.lead"]._sheet_call_days(), 0)
        self.assertEqual(self.env["res.config.settings"].create({}).sheet_call_days, 0)

    def test_a_bigger_batch_costs_no_more_queries_of_ours(self):
        costs = {}
        self.queries(2, True)  # whatever Odoo remembers from a first time
        for size in (10, 100):
            costs[size] = self.queries(size, True) - self.queries(size, False)
        self.assertEqual(costs[10], costs[100])
        self.assertLessEqual(costs[10], 6)

    def queries(self, size, enabled):
        """Return the queries of creating ``size`` leads, in a warm cache."""
        self.parameters.set_param("crm_customer_sheet.call_enabled", str(enabled))
        values = [{"name": "Request", "user_id": self.rep.id} for _number in range(size)]
        for _round in range(2):
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            leads = self.env["crm.lead"].with_user(self.rep).create(values)
            self.env.flush_all()
        self.assertEqual(len(self.calls(leads)), size if enabled else 0)
        return self.env.cr.sql_log_count - before
