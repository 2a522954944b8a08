from odoo.tests import tagged

from ..tours import TourCase
from .common import QualificationCase


@tagged("post_install", "-at_install")
class TestNextActionTours(QualificationCase, TourCase):
    """What a salesperson sees of the next action, from end to end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gate.mode = "off"
        cls.env["crm.lead"].search([]).active = False

    def plan_next(self):
        lead = self.lead(stage_id=self.qualified.id)
        self.tour("next_action", f"/odoo/crm/{lead.id}")
        self.assertFalse(lead.activity_ids)
        self.assertIn("next_action", lead.sheet_missing)

    def test_the_next_action_is_planned_and_done_on_desktop(self):
        self.plan_next()

    def test_the_next_action_is_planned_and_done_on_phone(self):
        self.on_phone()
        self.plan_next()

    def test_the_list_shows_what_waits(self):
        self.lead(name="Forgotten")
        self.lead(user=self.manager, name="Of a colleague")
        for name, day in (("Late", "2000-01-01"), ("Well kept", "2099-01-01")):
            self.lead(name=name).activity_schedule(
                "mail.mail_activity_data_todo", date_deadline=day, user_id=self.rep.id
            )
        action = self.env.ref("crm_customer_sheet.crm_lead_action_next_action")
        self.tour("next_action_list", f"/odoo/action-{action.id}")
