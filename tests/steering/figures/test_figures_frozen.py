from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import mute_logger

from .figures_common import FiguresCase


@tagged("post_install", "-at_install")
class TestFiguresFrozen(FiguresCase):
    """What was counted on a day stays what it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contacts, cls.leads = cls.make_some(30)

    def night(self, day):
        with freeze_time(f"{day} 03:00:00"):
            self.assertFalse(self.kpis._cron_snapshot())

    def all_of(self, day):
        fields = ["kpi_id", "company_id", "dimension", "key", "part", "whole", "count", "missing"]
        return self.values.search([("day", "=", day)], order="id").read(fields, load=None)

    def test_yesterday_stays_whatever_happens_today(self):
        self.night("2026-08-01")
        before = self.all_of("2026-08-01")
        self.assertTrue(before)
        self.contacts[1:6].unlink()
        self.leads[:9].unlink()
        self.env["customer.sheet.merge"]._merge(self.contacts[10], self.contacts[11])
        self.env["customer.sheet.question"].search([], limit=5).active = False
        self.env["customer.sheet.catalogue.version"]._publish()
        self.night("2026-08-02")
        self.assertEqual(self.all_of("2026-08-01"), before)
        self.assertNotEqual(
            [row["whole"] for row in self.all_of("2026-08-02")], [row["whole"] for row in before]
        )

    def test_a_second_count_of_a_day_changes_nothing(self):
        self.night("2026-08-01")
        before = self.all_of("2026-08-01")
        self.contacts[0].unlink()
        self.kpis.search([]).counted_on = False
        self.night("2026-08-01")
        self.assertEqual(self.all_of("2026-08-01"), before)

    def test_days_are_those_of_the_main_company(self):
        """Around midnight in Casablanca, where it is an hour later than in Greenwich."""
        self.env.ref("base.main_company").resource_calendar_id.tz = "Africa/Casablanca"
        for hour in ("2026-07-31 23:30:00", "2026-08-01 22:30:00"):
            with freeze_time(hour):
                self.kpis._cron_snapshot()
        self.assertEqual(set(self.values.search([]).mapped("day")), {date(2026, 8, 1)})
        won = self.kpis._by_code(date(2026, 8, 1))["conversion"].whole
        lead = self.leads[:1].with_context(active_test=False)
        for moment, counts in (("2026-07-31 22:30:00", 1), ("2026-07-31 23:30:00", 0)):
            self.env.cr.execute(
                "UPDATE crm_lead SET date_closed = %s, won_status = 'won',"
                " sheet_merged_into_id = NULL WHERE id = %s",
                [moment, lead.id],
            )
            self.assertEqual(lead.search_count(won & Domain("id", "=", lead.id)), counts)

    def test_a_night_that_was_missed_is_a_gap(self):
        for day in ("2026-05-31", "2026-07-31", "2026-08-01"):
            self.night(day)
        with freeze_time("2026-08-01 08:00:00"):
            points = self.figure("complete_contacts").points
        self.assertEqual([point["number"] % 12 for point in points], [5, 7, 8])

    def test_one_that_is_not_shown_is_counted_all_the_same(self):
        kpi = self.figure("complete_contacts", self.env.user)
        kpi.active = False
        self.night("2026-07-31")
        self.assertTrue(self.cells("complete_contacts"))

    def test_a_new_definition_breaks_the_curve(self):
        self.night("2026-07-31")
        kpi = self.figure("answers_contacts", self.env.user)
        former = kpi.version
        self.env["customer.sheet.question"].search([], limit=1).active = False
        self.env["customer.sheet.catalogue.version"]._publish()
        self.night("2026-08-01")
        self.assertEqual(kpi.version, former + 1)
        with freeze_time("2026-08-01 08:00:00"):
            points = self.figure("answers_contacts").points
            self.assertFalse(self.figure("answers_contacts").change)
        self.assertEqual([point["version"] for point in points], [former, former + 1])
        self.assertEqual(self.figure("conversion", self.env.user).version, 1)

    def test_another_day_is_no_new_definition(self):
        self.night("2026-07-31")
        self.night("2026-08-01")
        self.assertEqual(set(self.kpis.search([]).mapped("version")), {1})

    def test_of_former_years_month_ends_are_kept(self):
        for day in ("2025-06-29", "2025-06-30", "2025-07-01", "2026-07-31"):
            self.night(day)
        self.night("2026-08-31")
        days = {str(day) for day in self.values.search([]).mapped("day")}
        self.assertEqual(days, {"2025-06-30", "2025-07-01", "2026-07-31", "2026-08-31"})

    @mute_logger("odoo.addons.crm_customer_sheet.models.steering.figures.kpi")
    def test_one_that_cannot_be_counted_stops_no_other(self):
        broken = self.figure("conversion", self.env.user)
        freeze = type(broken)._freeze

        def fail(kpi, day):
            if kpi == broken:
                kpi.env.cr.execute("SELECT 1 / 0")
            return freeze(kpi, day)

        self.patch(type(broken), "_freeze", fail)
        with mute_logger("odoo.sql_db"):
            self.night("2026-08-01")
        self.assertIn("division", broken.failure)
        self.assertTrue(self.cells("owner_leads"))

    def test_an_app_that_goes_leaves_its_history(self):
        self.night("2026-08-01")
        kpi = self.figure("owner_leads", self.env.user)
        declared = type(self.kpis)._kpis
        self.patch(
            type(self.kpis),
            "_kpis",
            lambda kpis, day: [k for k in declared(kpis, day) if k.code != "owner_leads"],
        )
        self.kpis._declare()
        self.assertFalse(kpi.is_declared)
        self.assertTrue(kpi.value_ids)
        self.assertEqual(kpi.name, "owner_leads")

    def test_a_followed_segment_is_a_dimension(self):
        segment = self.env["customer.sheet.segment"].create(
            {
                "name": "Ours",
                "model": "res.partner",
                "domain": "[('name', 'ilike', 'figured')]",
                "is_followed": True,
            }
        )
        self.night("2026-08-01")
        cells = self.cells("complete_contacts", "live_segment")
        self.assertEqual(cells.live_segment_id, segment)
        domain = self.kpis._by_code()["complete_contacts"].whole
        sheets = self.env["res.partner"].search(domain & segment._members_domain())
        small = [
            len(records) for records in sheets.grouped("company_id").values() if len(records) >= 5
        ]
        self.assertEqual(sum(cells.mapped("whole")), sum(small))
        self.assertFalse(self.cells("conversion", "live_segment"))

    def test_targets_are_set_by_managers_and_it_shows(self):
        self.night("2026-08-01")
        kpi = self.figure("conversion", self.manager)
        kpi.target = 30
        self.assertIn("30", kpi.sheet_changes)
        for user in (self.rep, self.steward, self.officer):
            with self.assertRaises(AccessError):
                self.figure("complete_contacts", user).target = 30
        with self.assertRaises(AccessError):
            kpi.host = "res.partner"
        with self.assertRaises(AccessError):
            self.cells("owner_leads").with_user(self.manager).unlink()
        with self.assertRaises(AccessError):
            self.values.with_user(self.rep).search([])
