from odoo.tests import tagged, warmup

from .common import QualificationCase


@tagged("post_install", "-at_install")
class TestGateRing(QualificationCase):
    """Ring and gate agree about what is missing, and what is answered never falls (S2)."""

    def gates(self, lead):
        lead.invalidate_recordset(["sheet_gaps"])
        return lead.sheet_gaps["gates"]

    def assertAgree(self, lead, stage):
        """Fail unless ring and gate ask for the same answers by the same names."""
        check = lead.sheet_gate_check(stage.id)
        asked = {
            (criterion["criterion"], item["code"], item["label"])
            for criterion in check["missing"]
            for item in criterion["any_of"]
            if item["state"] != "filled"
        }
        told = {
            (criterion["criterion"], item["code"], item["label"])
            for gate in self.gates(lead)
            for criterion in gate["missing"]
            for item in criterion["items"]
        }
        self.assertEqual(told, set() if check["passed"] else asked)
        self.assertEqual(sum(gate["still"] for gate in self.gates(lead)), check["still"])

    def test_the_ring_marks_what_the_gate_asks_for(self):
        lead = self.lead(sheet_need="xxx")
        [gate] = self.gates(lead)
        self.assertEqual((gate["stage"], gate["is_behind"], gate["still"]), ("Qualified", False, 3))
        need, timing, power = gate["missing"]
        self.assertEqual([item["state"] for item in need["items"]], ["placeholder"])
        self.assertEqual(timing["criterion"], "Timing")
        self.assertEqual(len(power["items"]), 2)
        self.assertEqual(power["needed"], 1)
        self.assertAgree(lead, self.qualified)

    def test_ring_and_gate_agree_on_the_way(self):
        lead = self.lead()
        for name, value in self.COMPLETE.items():
            self.assertAgree(lead, self.qualified)
            lead[name] = value
        self.assertAgree(lead, self.qualified)
        self.assertFalse(self.gates(lead))

    def test_what_the_gate_asks_for_is_told_before_it_counts(self):
        question = self.env.ref("crm_customer_sheet.question_use_case")  # optional
        self.gate.criterion_ids[0].write({"pillar_ids": False, "question_ids": question.ids})
        lead = self.lead()
        self.assertAgree(lead, self.qualified)
        codes = {item["code"] for item in lead.sheet_gaps["items"]}
        self.assertNotIn("use_case", codes)

    def test_evidence_some_of_several_and_a_minimum(self):
        power = self.gate.criterion_ids[2]
        lead = self.lead(**self.COMPLETE)
        power.minimum = 2
        self.assertAgree(lead, self.qualified)
        power.minimum = 1
        self.gate.criterion_ids[0].is_confirmed = True
        [gate] = self.gates(lead)
        [item] = gate["missing"][0]["items"]
        self.assertEqual(item["state"], "filled")
        lead.sheet_confirm_pillar("need", "Mail of Mrs Bennani")
        self.assertFalse(self.gates(lead))
        self.gate.minimum = 2
        lead = self.lead()
        self.assertEqual(self.gates(lead)[0]["still"], 2)
        self.assertEqual(len(self.gates(lead)[0]["missing"]), 3)

    def test_a_waiver_and_a_gate_that_is_off_or_of_another_team_ask_nothing(self):
        lead = self.lead()
        self.gate.mode = "off"
        self.assertFalse(self.gates(lead))
        self.gate.write({"mode": "warn", "team_ids": self.env["crm.team"].create({"name": "X"})})
        self.assertFalse(self.gates(lead))
        self.gate.team_ids = False
        self.assertTrue(self.gates(lead))
        self.env["customer.sheet.gate.waiver"].with_user(self.manager).create(
            {"lead_id": lead.id, "gate_id": self.gate.id, "reason": "Framework contract"}
        )
        self.assertFalse(self.gates(lead))

    @warmup
    def test_the_marks_cost_no_query_where_nobody_was_let_pass(self):
        lead = self.lead()
        states = lead.sudo()._sheet_plan().states(lead.sudo(), optional=True)[lead.id]
        with self.assertQueryCount(0):
            [gate] = lead._sheet_gate_gaps(states)
        self.assertEqual(gate["still"], 3)

    def test_a_lead_that_came_round_the_gate_is_told_what_it_lacks(self):
        lead = self.lead(stage_id=self.proposition.id)
        [gate] = self.gates(lead)
        self.assertTrue(gate["is_behind"])
        self.assertEqual(gate["stage"], "Qualified")

    def test_of_two_gates_ahead_only_the_next_is_told(self):
        later = self.gate.copy({"name": "Later", "stage_ids": self.proposition.ids})
        self.assertEqual([gate["stage"] for gate in self.gates(self.lead())], ["Qualified"])
        lead = self.lead(stage_id=self.qualified.id, **self.COMPLETE)
        self.assertFalse(self.gates(lead))
        later.criterion_ids[2].minimum = 2
        self.assertEqual([gate["stage"] for gate in self.gates(lead)], ["Proposition"])

    def test_the_list_follows_the_typing(self):
        lead = self.lead()
        self.gate.criterion_ids[1].is_confirmed = True
        lead.sheet_deadline = "2030-06-30"
        lead.sheet_confirm_pillar("deadline", "Mail of Mrs Bennani")
        draft = lead.new({"sheet_need": "Audit of the press"}, origin=lead)
        [gate] = draft.sheet_gaps["gates"]
        self.assertEqual([each["criterion"] for each in gate["missing"]], ["Budget or Authority"])
        leads = self.env["crm.lead"].with_user(self.rep)
        new = leads.new({"type": "opportunity", "stage_id": self.new.id})
        self.assertEqual(new.sheet_gaps["gates"][0]["still"], 3)

    def test_what_is_answered_never_falls_on_the_way(self):
        lead = self.lead(**self.COMPLETE, email_from="s.bennani@atlas-meca.ma")
        before = lead.sheet_gaps
        for stage in (self.qualified, self.proposition, self.won):
            lead.stage_id = stage
            after = lead.sheet_gaps
            self.assertGreaterEqual(after["answered"], before["answered"])
            more = before["more"] or {"count": 0}
            self.assertEqual(after["asked"], before["asked"] + more["count"])
            before = after
        self.assertFalse(before["more"])

    def test_what_begins_to_count_is_said_once(self):
        gaps = self.lead().sheet_gaps
        self.assertEqual(gaps["more"]["stage"], "Qualified")
        self.assertEqual(gaps["asked"], gaps["answered"] + gaps["missing"])
        contact = self.env["res.partner"].with_user(self.rep).create({"name": "Atlas"})
        self.assertFalse(contact.sheet_gaps["more"])
