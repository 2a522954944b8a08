from datetime import datetime

from freezegun import freeze_time

from odoo.tests import tagged

from .score_common import ScoreCase


@tagged("post_install", "-at_install")
class TestLeadDates(ScoreCase):
    """E3: since when a lead is promising and qualified is stamped once, however it came."""

    def test_the_score_stamps_once_when_it_reaches_the_threshold(self):
        lead = self.hot(sheet_deadline=False)
        self.env.flush_all()
        self.assertFalse(lead.sheet_mql_at)
        with freeze_time("2026-11-02 10:00:00"):
            lead.sheet_deadline = "2026-11-09"
            self.env.flush_all()
        first = lead.sheet_mql_at
        self.assertEqual(first, datetime(2026, 11, 2, 10))
        with freeze_time("2026-12-02 10:00:00"):
            lead.sheet_deadline = False
            self.env.flush_all()
            lead.sheet_deadline = "2026-12-09"
            self.env.flush_all()
        self.assertEqual(lead.sheet_mql_at, first)

    def test_entering_qualified_stamps_once(self):
        lead = self.lead(**self.COMPLETE)
        self.env.flush_all()
        self.assertFalse(lead.sheet_qualified_at)
        for day, stage in ((1, self.qualified), (2, self.new), (3, self.proposition)):
            with freeze_time(f"2026-11-0{day} 10:00:00"):
                lead.stage_id = stage
                self.env.flush_all()
        self.assertEqual(lead.sheet_qualified_at, datetime(2026, 11, 1, 10))

    def test_jumping_over_qualified_stamps_too(self):
        lead = self.lead(**self.COMPLETE)
        lead.stage_id = self.proposition
        self.assertTrue(lead.sheet_qualified_at)

    def test_an_administrators_import_brings_the_dates_or_the_stage(self):
        leads = self.env["crm.lead"].with_user(self.manager)
        result = leads.load(
            ["name", "stage_id/.id", "sheet_qualified_at", "sheet_mql_at"],
            [
                ["With dates", str(self.new.id), "2025-03-01 08:00:00", "2025-02-01 08:00:00"],
                ["With stage", str(self.qualified.id), "", ""],
            ],
        )
        self.assertFalse(result["messages"])
        dated, staged = leads.browse(result["ids"])
        self.assertEqual(dated.sheet_qualified_at, datetime(2025, 3, 1, 8))
        self.assertEqual(dated.sheet_mql_at, datetime(2025, 2, 1, 8))
        self.assertTrue(staged.sheet_qualified_at)
        self.assertFalse(staged.sheet_mql_at)

    def test_a_merge_keeps_the_earliest_dates(self):
        for merge in ("merge_opportunity", "_merge_opportunity"):
            leads = self.lead() | self.lead() | self.lead()
            for lead, day in zip(leads, (None, 9, 3), strict=True):
                date = day and datetime(2025, 3, day)
                lead._sheet_stamp({"sheet_qualified_at": date, "sheet_mql_at": date})
            merged = getattr(leads, merge)()
            self.env.flush_all()
            merged.invalidate_recordset()
            self.assertEqual(merged.sheet_qualified_at, datetime(2025, 3, 3))
            self.assertEqual(merged.sheet_mql_at, datetime(2025, 3, 3))

    def test_leads_qualified_before_the_module_are_dated_by_their_last_move(self):
        lead = self.lead(**self.COMPLETE)
        lead.stage_id = self.qualified
        self.env.flush_all()
        moved = datetime(2024, 5, 6)
        query = "UPDATE crm_lead SET sheet_qualified_at = NULL, date_last_stage_update = %s"
        self.env.cr.execute(query, [moved])
        self.env.invalidate_all()
        self.env["crm.lead"]._sheet_rescore_leads(lead.ids)
        self.assertEqual(lead.sheet_qualified_at, moved)
