from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from ..sheet.common import SheetCase


@tagged("post_install", "-at_install")
class TestQualityAging(SheetCase):
    """Freshness: past the half-life of its question an answer is flagged and listed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.city = cls.question(
            "old_city",
            lead=["city"],
            partner=["city"],
            half_life_months=12,
            lead_required="creation",
        )
        cls.name_ = cls.question("title", lead=["name"], lead_required="creation")
        cls.only(cls.city, cls.name_)

    def old_lead(self, **values):
        """Create a lead that was typed on 1 January 2025."""
        lead = self.lead(**{"city": "Lyon", **values})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = '2025-01-01' WHERE id = %s", [lead.id]
        )
        lead.invalidate_recordset()
        return lead

    def age(self, lead, day):
        with freeze_time(day):
            self.env["crm.lead"]._sheet_age(SQL("= %s", lead.id))
        lead.invalidate_recordset()
        return lead.sheet_stale

    def test_an_answer_grows_old_after_its_half_life(self):
        lead = self.old_lead()
        self.assertFalse(self.age(lead, "2025-12-31"))
        self.assertEqual(self.age(lead, "2026-01-02"), ["old_city"])

    def test_an_old_answer_still_counts_and_is_flagged(self):
        lead = self.old_lead()
        self.age(lead, "2026-06-01")
        self.assertEqual(lead.sheet_completeness, 100)
        [flag] = lead.sheet_gaps["flags"]
        self.assertEqual((flag["code"], flag["state"]), ("old_city", "stale"))

    def test_an_empty_answer_does_not_grow_old(self):
        self.assertFalse(self.age(self.old_lead(city=False), "2026-06-01"))

    def test_a_new_value_is_fresh(self):
        lead = self.old_lead()
        with freeze_time("2026-05-01"):
            lead.city = "Nantes"
            self.env.flush_all()
        self.assertFalse(self.age(lead, "2026-06-01"))
        self.assertEqual(self.age(lead, "2027-06-01"), ["old_city"])

    def test_what_is_no_day_counts_as_not_known(self):
        for spoilt in ('{"old_city": "yesterday"}', '{"old_city": [1]}', '["old_city"]', "7"):
            with self.subTest(spoilt):
                lead = self.old_lead()
                self.env.cr.execute(
                    "UPDATE crm_lead SET sheet_answer_dates = %s WHERE id = %s", [spoilt, lead.id]
                )
                self.assertFalse(self.age(lead, "2025-12-31"))
                self.assertEqual(self.age(lead, "2026-01-02"), ["old_city"])

    def test_a_day_that_never_was_stops_nothing(self):
        lead = self.old_lead()
        self.env.cr.execute(
            "UPDATE crm_lead SET sheet_answer_dates = %s WHERE id = %s",
            ['{"old_city": "2025-13-45"}', lead.id],
        )
        self.assertFalse(self.age(lead, "2026-01-02"))

    def test_typing_it_takes_the_flag_off_at_once(self):
        lead = self.old_lead()
        self.age(lead, "2026-06-01")
        lead.city = "Nantes"
        self.assertFalse(lead.sheet_stale)

    def test_the_same_value_written_again_does_not_refresh_it(self):
        lead = self.old_lead()
        self.age(lead, "2026-06-01")
        lead.write({"city": "Lyon"})
        self.assertEqual(lead.sheet_stale, ["old_city"])

    def test_still_right_makes_it_fresh(self):
        lead = self.old_lead()
        self.age(lead, "2026-06-01")
        with freeze_time("2026-06-01"):
            lead.sheet_still_right("old_city")
            self.env.flush_all()
        self.assertFalse(lead.sheet_stale)
        self.assertFalse(self.age(lead, "2026-06-02"))

    def test_old_answers_are_found_by_a_filter(self):
        lead, fresh = self.old_lead(), self.lead(city="Lyon")
        self.age(lead, "2026-06-01")
        leads = self.env["crm.lead"].with_user(self.rep)
        found = leads.search([("sheet_stale", "!=", False), ("id", "in", (lead | fresh).ids)])
        self.assertEqual(found, lead)
        self.assertEqual(leads.search([("sheet_stale", "in", ["old_city"])]) & (lead | fresh), lead)

    def test_a_mass_change_is_remembered_in_a_bounded_number_of_queries(self):
        counts = {}
        for size in (1, 5, 50):  # the first reads what is kept in the cache
            leads = self.env["crm.lead"].create([{"name": "Request"} for _number in range(size)])
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            leads.city = "Lyon"
            self.env.flush_all()
            counts[size] = self.env.cr.sql_log_count - before
        self.assertEqual(counts[5], counts[50])
