from odoo.tests import tagged

from ..people import person
from ..tours import TourCase
from .common import QualificationCase


@tagged("post_install", "-at_install")
class TestGateTours(QualificationCase, TourCase):
    """What a salesperson meets at a gate, from end to end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.lead"].search([]).active = False
        cls.gate_manager = person(cls.env, "manager", "gate_tour_boss", name="Gate Manager")
        cls.team = cls.env["crm.team"].create(
            {"name": "Gate team", "user_id": cls.gate_manager.id, "member_ids": [cls.rep.id]}
        )

    def lead(self, user=None, **values):
        """Create a lead of which only the need is known."""
        need = {"sheet_need": "Audit of the HVAC line", "team_id": self.team.id}
        return super().lead(user, **{**need, **values})

    def assertQualified(self, lead):
        lead.invalidate_recordset()
        self.assertEqual(lead.stage_id, self.qualified)
        self.assertEqual(lead.sheet_deadline.isoformat(), "2099-12-24")
        self.assertEqual(lead.sheet_decision_maker, "Nora Haddad")

    def test_a_dragged_card_is_completed_and_moves(self):
        lead = self.lead()
        self.tour("gate_drag", "/odoo/crm")
        self.assertQualified(lead)

    def test_from_quick_create_to_qualified_in_five_clicks_at_most(self):
        self.tour("gate_walk", "/odoo/crm")
        lead = self.env["crm.lead"].search([("name", "=", "Audit of Atlas")])
        self.assertEqual(lead.stage_id, self.qualified)
        self.assertEqual(lead.sheet_need, "Audit of the HVAC line")
        self.assertEqual(lead.sheet_deadline.isoformat(), "2099-12-24")
        self.assertEqual(lead.sheet_budget_min, 12000)
        self.assertFalse(lead.sheet_gate_failing)

    def test_a_gate_that_warns_asks_and_lets_the_card_move_anyway(self):
        self.gate.mode = "warn"
        lead = self.lead()
        self.tour("gate_warning", "/odoo/crm")
        lead.invalidate_recordset()
        self.assertEqual(lead.stage_id, self.qualified)
        self.assertEqual(lead.sheet_decision_maker, "Nora Haddad")
        self.assertTrue(lead.sheet_gate_failing)

    def test_a_gate_that_warns_asks_before_a_lead_is_won(self):
        self.gate.mode = "warn"
        lead = self.lead()
        self.tour("gate_won", f"/odoo/crm/{lead.id}")
        lead.invalidate_recordset()
        self.assertTrue(lead.stage_id.is_won)

    def test_the_form_takes_the_stage_back_and_keeps_what_was_typed_on_desktop(self):
        self.move_in_the_form()

    def test_the_form_takes_the_stage_back_and_keeps_what_was_typed_on_phone(self):
        self.on_phone()
        self.move_in_the_form()

    def move_in_the_form(self):
        lead = self.lead()
        self.tour("gate_form", f"/odoo/crm/{lead.id}")
        self.assertQualified(lead)
        self.assertEqual(lead.name, "Request for an audit")

    def test_a_waiver_is_asked_for_on_desktop(self):
        self.ask_for_a_waiver()

    def test_a_waiver_is_asked_for_on_phone(self):
        self.on_phone()
        self.ask_for_a_waiver()

    def ask_for_a_waiver(self):
        lead = self.lead()
        self.tour("gate_waiver", f"/odoo/crm/{lead.id}")
        lead.invalidate_recordset()
        self.assertEqual(lead.stage_id, self.new)
        self.assertEqual(lead.sudo().activity_ids.user_id, self.gate_manager)
        self.assertIn("They sign tomorrow", lead.sudo().activity_ids.note)

    def test_of_several_leads_those_that_pass_move_at_once(self):
        lead = self.lead()
        ready = self.lead(**{**self.COMPLETE, "name": "Ready"})
        self.tour("gate_several", "/odoo/action-crm.crm_lead_action_pipeline?view_type=list")
        self.assertQualified(lead)
        self.assertEqual(ready.stage_id, self.qualified)

    def test_what_must_stay_is_said_and_nothing_typed_is_lost(self):
        lead = self.lead(**self.COMPLETE, stage_id=self.qualified.id)
        self.tour("gate_emptied", f"/odoo/crm/{lead.id}")
        lead.invalidate_recordset()
        self.assertEqual(lead.sheet_need, "Audit of the press")
        self.assertEqual(lead.sheet_use_case, "Cooling of the press")

    def test_a_pillar_is_confirmed_with_evidence_on_desktop(self):
        self.confirm_a_pillar()

    def test_a_pillar_is_confirmed_with_evidence_on_phone(self):
        self.on_phone()
        self.confirm_a_pillar()

    def confirm_a_pillar(self):
        lead = self.lead()
        self.tour("pillars", f"/odoo/crm/{lead.id}")
        lead.invalidate_recordset()
        [need] = [each for each in lead.sheet_pillars if each["pillar"] == "need"]
        self.assertEqual(need["state"], "confirmed")
        self.assertEqual(need["evidence"], "The CFO on the phone")
        self.assertEqual(need["author"], self.rep.name)
