from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from .score_common import PARAMETER, ScoreCase


@tagged("post_install", "-at_install")
class TestLeadScoreHot(ScoreCase):
    """C7: the owner of a lead hears once when it gets hot."""

    def test_getting_hot_schedules_one_call_for_the_owner(self):
        lead = self.hot(sheet_deadline=False)
        self.saved()
        self.assertFalse(self.calls(lead))
        lead.sheet_deadline = self.soon
        self.saved()
        self.assertEqual(self.calls(lead).user_id, self.rep)
        self.assertTrue(lead.sheet_hot)

    def test_a_lead_born_hot_by_hand_is_announced(self):
        lead = self.hot()
        self.saved()
        self.assertEqual(len(self.calls(lead)), 1)

    def test_it_is_not_announced_again_within_30_days(self):
        lead = self.hot()
        self.saved()
        for days, expected in ((5, 1), (40, 2)):
            with freeze_time(datetime.now() + timedelta(days=days)):
                lead.sheet_deadline = False
                self.saved()
                lead.sheet_deadline = fields.Date.add(fields.Date.today(), days=2)
                self.saved()
            self.assertEqual(len(self.calls(lead)), expected)

    def test_imports_and_the_superuser_announce_nothing(self):
        self.only(urgency=10)
        leads = self.env["crm.lead"]
        born = leads.create(
            {"name": "By mail", "user_id": self.rep.id, "sheet_deadline": self.soon}
        )
        loaded = leads.with_user(self.rep).load(
            ["name", "sheet_deadline"], [["From a file", str(self.soon)]]
        )
        self.saved()
        for lead in born | leads.browse(loaded["ids"]):
            self.assertEqual(lead.sheet_score, 100)
            self.assertFalse(self.calls(lead), lead.name)

    def test_it_can_be_switched_off(self):
        self.parameters.set_param(PARAMETER("hot_activity"), "False")
        lead = self.hot()
        self.saved()
        self.assertFalse(self.calls(lead))

    def test_the_hourly_job_announces_what_came_near_but_not_new_weights(self):
        self.only(urgency=10)
        far = fields.Date.add(fields.Date.today(), days=60)
        lead, other = self.lead(sheet_deadline=far), self.lead(sheet_budget_max=90000)
        self.saved()
        self.env["crm.lead"]._sheet_rescore_leads((lead | other).ids)
        self.only(urgency=10, budget=90)
        self.age("crm_lead", "sheet_scored_on", hours=1)
        self.age("customer_sheet_score_factor", "write_date", hours=0)
        self.env["crm.lead"]._sheet_rescore_leads(other.ids)
        self.assertGreater(other.sheet_score, 70)
        self.assertFalse(self.calls(other))
        self.only(urgency=10)
        self.env["crm.lead"]._sheet_rescore_leads(lead.ids)
        self.age("customer_sheet_score_factor", "write_date", hours=2)
        self.age("crm_lead", "sheet_scored_on", hours=1)
        with freeze_time(datetime.now() + timedelta(days=40)):
            self.env["crm.lead"]._sheet_rescore_leads(lead.ids)
        self.assertEqual(len(self.calls(lead)), 1)

    def test_hot_leads_are_found_by_the_threshold_in_force(self):
        self.only(urgency=10)
        lead = self.lead(sheet_deadline=fields.Date.add(fields.Date.today(), days=60))
        self.env.flush_all()
        leads = self.env["crm.lead"].with_user(self.rep)
        self.assertNotIn(lead, leads.search([("sheet_hot", "=", True)]))
        self.parameters.set_param(PARAMETER("hot_score"), 50)
        lead.invalidate_recordset()
        self.assertIn(lead, leads.search([("sheet_hot", "=", True)]))
        self.assertTrue(lead.sheet_hot)
