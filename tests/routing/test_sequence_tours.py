from odoo.tests import tagged

from ..qualification.common import QualificationCase
from ..tours import TourCase


@tagged("post_install", "-at_install")
class TestSequenceTours(QualificationCase, TourCase):
    """What people see of sequences and of what must not be forgotten, from end to end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gate.mode = "off"
        cls.env["crm.lead"].search([]).active = False
        cls.env["customer.sheet.answer"].search([]).unlink()
        cls.env["ir.config_parameter"].set_param("crm_customer_sheet.call_enabled", "False")
        cls.env["customer.sheet.sequence"].search([]).active = False
        cls.sequence = cls.env["customer.sheet.sequence"].create(
            {
                "name": "Tour sequence",
                "step_ids": [
                    (
                        0,
                        0,
                        {
                            "name": "First",
                            "kind": "activity",
                            "activity_type_id": cls.env.ref("mail.mail_activity_data_todo").id,
                        },
                    )
                ],
            }
        )

    def test_a_rep_starts_and_stops_a_sequence(self):
        lead = self.lead(email_from="buyer@example.fr")
        self.tour("sequence", f"/odoo/crm/{lead.id}")
        self.assertEqual(lead.sheet_enrolment_ids.stop_reason, "hand")

    def test_a_manager_adds_a_step(self):
        self.sequence._enrol(self.lead(name="In the sequence"), "Tour")
        action = self.env.ref("crm_customer_sheet.customer_sheet_sequence_action")
        self.tour("sequence_manager", f"/odoo/action-{action.id}", self.manager)
        step = self.sequence.step_ids[1]
        self.assertEqual((step.name, step.delay, step.kind), ("Second", 3, "activity"))

    def forgotten(self, name):
        self.lead(name="Idle")
        action = self.env.ref("crm_customer_sheet.customer_sheet_forgotten_action")
        self.tour(name, f"/odoo/action-{action.id}")

    def test_a_rep_finds_what_is_forgotten(self):
        self.forgotten("forgotten")

    def test_a_rep_finds_what_is_forgotten_on_a_phone(self):
        self.on_phone()
        self.forgotten("forgotten_phone")
