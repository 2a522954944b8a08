from odoo.tests import tagged

from ...models.qualification.gate.exceptions import GateRefused
from .common import QualificationCase


@tagged("post_install", "-at_install")
class TestGate(QualificationCase):
    """C7: "Qualified" needs need, timing, and authority or budget, on every way into it."""

    def assertRefused(self, lead, action):
        with self.assertRaises(GateRefused) as caught, self.cr.savepoint():
            action()
        lead.invalidate_recordset()
        self.assertEqual(lead.stage_id, self.new)
        return caught.exception

    # -- the ways in ---------------------------------------------------------

    def test_the_status_bar_and_the_kanban_write_the_stage(self):
        lead = self.lead()
        refusal = self.assertRefused(lead, lambda: lead.write({"stage_id": self.qualified.id}))
        missing = [each["criterion"] for each in refusal.context["leads"][0]["missing"]]
        self.assertEqual(missing[:2], ["Need", "Timing"])
        self.assertEqual(len(missing), 3)

    def test_the_web_client_saves_answers_and_stage_at_once(self):
        lead = self.lead()
        lead.web_save({**self.COMPLETE, "stage_id": self.qualified.id}, {"stage_id": {}})
        self.assertEqual(lead.stage_id, self.qualified)

    def test_a_refusal_leaves_nothing_half_written(self):
        lead = self.lead()
        values = {"sheet_need": "Audit", "stage_id": self.qualified.id}
        self.assertRefused(lead, lambda: lead.write(values))
        self.assertFalse(lead.sheet_need)

    def test_jumping_over_the_stage_is_entering_it(self):
        lead = self.lead()
        self.assertRefused(lead, lambda: lead.write({"stage_id": self.proposition.id}))

    def test_marking_won_is_jumping_over_it(self):
        lead = self.lead()
        self.assertRefused(lead, lead.action_set_won)
        self.assertRefused(lead, lead.action_set_won_rainbowman)
        lead.write(self.COMPLETE)
        lead.action_set_won()
        self.assertTrue(lead.stage_id.is_won)

    def test_several_cards_tell_which_would_pass(self):
        bad, good = self.lead(), self.lead(**self.COMPLETE)
        refusal = self.assertRefused(
            bad, lambda: (bad | good).write({"stage_id": self.qualified.id})
        )
        self.assertEqual(refusal.context["passed"], good.ids)
        self.assertEqual([lead["id"] for lead in refusal.context["leads"]], bad.ids)

    def test_converting_a_lead_beyond_the_gate_is_gated(self):
        lead = self.lead(type="lead")
        lead.convert_opportunity(self.env["res.partner"])
        self.assertEqual(lead.type, "opportunity")
        self.assertRefused(lead, lambda: lead.write({"stage_id": self.qualified.id}))

    def test_a_mass_change_is_judged_in_a_bounded_number_of_queries(self):
        counts = {}
        for size in (2, 10, 100):  # the first one fills the caches
            leads = self.env["crm.lead"].browse(
                [self.lead(sheet_need="xxx").id for _number in range(size)]
            )
            leads = leads.with_user(self.rep)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            gates = dict.fromkeys(leads.sudo(), leads._sheet_gates())
            leads._sheet_gate_refusals(gates)
            counts[size] = self.env.cr.sql_log_count - before
        self.assertEqual(counts[10], counts[100])

    # -- who is not held up ----------------------------------------------------

    def test_creating_a_lead_in_the_stage_is_never_refused(self):
        lead = self.lead(stage_id=self.qualified.id)
        self.assertEqual(lead.stage_id, self.qualified)

    def test_automatic_flows_pass(self):
        lead = self.lead()
        lead.sudo().stage_id = self.qualified
        self.assertEqual(lead.stage_id, self.qualified)

    def test_imports_of_new_leads_pass(self):
        leads = self.env["crm.lead"].with_user(self.rep)
        result = leads.load(["name", "stage_id/.id"], [["Old", str(self.qualified.id)]])
        self.assertFalse(result["messages"])
        lead = leads.browse(result["ids"])
        self.assertEqual(lead.stage_id, self.qualified)
        self.assertFalse(lead.activity_ids)
        self.assertTrue(lead.sheet_gate_failing)

    def test_the_context_of_an_import_opens_no_gate(self):
        lead = self.lead()
        imported = lead.with_context(import_file=True, install_mode=True)
        self.assertRefused(lead, lambda: imported.write({"stage_id": self.qualified.id}))

    def test_a_merge_passes(self):
        first, second = self.lead(email_from="a@atlas.ma"), self.lead(email_from="a@atlas.ma")
        second.sudo().stage_id = self.qualified
        merged = (first | second).with_user(self.manager).merge_opportunity()
        self.assertTrue(merged)

    def test_going_back_and_forth_behind_the_gate_is_free(self):
        lead = self.lead()
        lead.sudo().stage_id = self.proposition
        lead.stage_id = self.qualified
        lead.stage_id = self.proposition
        lead.stage_id = self.new
        self.assertRefused(lead, lambda: lead.write({"stage_id": self.qualified.id}))

    def test_stages_with_one_sequence_have_no_jump(self):
        self.env["crm.stage"].search([]).sequence = 9999
        lead = self.lead()
        lead.stage_id = self.proposition
        self.assertEqual(lead.stage_id, self.proposition)

    def test_another_team_has_another_gate(self):
        self.gate.team_ids = self.env["crm.team"].create({"name": "Export"})
        lead = self.lead()
        lead.stage_id = self.qualified
        self.assertEqual(lead.stage_id, self.qualified)

    def test_a_team_with_stages_of_its_own_has_its_own_pipeline(self):
        team = self.env["crm.team"].create({"name": "Export"})
        sequence = self.qualified.sequence
        first, last = self.env["crm.stage"].create(
            [
                {"name": "Asked", "sequence": sequence - 1, "team_ids": team.ids},
                {"name": "Agreed", "sequence": sequence + 1, "team_ids": team.ids},
            ]
        )
        lead = self.lead(team_id=team.id, stage_id=first.id)
        lead.stage_id = last
        self.assertEqual(lead.stage_id, last)
        self.assertFalse(lead.sheet_gate_failing)
        self.assertFalse(lead.search([("sheet_gate_failing", "=", True), ("id", "=", lead.id)]))
        self.gate.team_ids = team
        lead.sudo().stage_id = first
        with self.assertRaises(GateRefused), self.cr.savepoint():
            lead.stage_id = last

    # -- what counts -----------------------------------------------------------

    def test_authority_or_budget_one_is_enough(self):
        for name, value in (("sheet_decision_maker", "Ada"), ("sheet_budget_max", 5000)):
            values = {**self.COMPLETE, "sheet_decision_maker": False, name: value}
            lead = self.lead(**values)
            lead.stage_id = self.qualified
            self.assertEqual(lead.stage_id, self.qualified)

    def test_filler_and_not_known_yet_never_pass(self):
        lead = self.lead(**{**self.COMPLETE, "sheet_need": "xxx"})
        self.assertRefused(lead, lambda: lead.write({"stage_id": self.qualified.id}))
        lead.sheet_need = False
        lead.sheet_set_unknown("need", reason="They will call back")
        self.assertRefused(lead, lambda: lead.write({"stage_id": self.qualified.id}))

    def test_a_minimum_of_criteria_may_be_enough(self):
        self.gate.minimum = 2
        lead = self.lead(**{**self.COMPLETE, "sheet_deadline": False})
        lead.stage_id = self.qualified
        self.assertEqual(lead.stage_id, self.qualified)

    def test_a_criterion_may_ask_for_evidence(self):
        self.gate.criterion_ids[0].is_confirmed = True
        lead = self.lead(**self.COMPLETE)
        self.assertRefused(lead, lambda: lead.write({"stage_id": self.qualified.id}))
        lead.sheet_confirm_pillar("need", "Mail of Mrs Bennani, 3 May")
        lead.stage_id = self.qualified
        self.assertEqual(lead.stage_id, self.qualified)

    # -- afterwards ------------------------------------------------------------

    def test_what_let_a_lead_in_cannot_be_emptied(self):
        lead = self.lead(**self.COMPLETE)
        lead.stage_id = self.qualified
        with self.assertRaisesRegex(GateRefused, "cannot be emptied"), self.cr.savepoint():
            lead.sheet_need = False
        lead.write({"sheet_decision_maker": False, "sheet_budget_max": 5000})
        self.assertFalse(lead.sheet_decision_maker, "the budget answers in its place")

    def test_a_lead_that_never_passed_can_be_edited(self):
        lead = self.lead(stage_id=self.qualified.id, sheet_need="Audit")
        lead.sheet_need = False
        self.assertFalse(lead.sheet_need)

    def test_what_came_in_beyond_the_gate_is_listed(self):
        inside, complete = self.lead(stage_id=self.won.id), self.lead(**self.COMPLETE)
        complete.stage_id = self.qualified
        before = self.lead()
        leads = inside | complete | before
        found = leads.search([("sheet_gate_failing", "=", True), ("id", "in", leads.ids)])
        self.assertEqual(found, inside)
        self.assertEqual(leads.filtered("sheet_gate_failing"), inside)

    # -- modes -----------------------------------------------------------------

    def test_off_mode_says_nothing(self):
        self.gate.mode = "off"
        lead = self.lead()
        lead.stage_id = self.qualified
        self.assertFalse(lead.sheet_gate_failing)

    def test_leads_come_and_go_where_the_gate_is_archived(self):
        """It asks for nothing then, and still means the same stages."""
        qualified = self.env["customer.sheet.gate"]._qualified_stage_ids()
        self.gate.action_archive()
        lead = self.lead()
        lead.stage_id = self.qualified
        self.env.flush_all()
        self.assertTrue(lead.sheet_qualified_at)
        self.assertFalse(lead.sheet_gate_failing)
        lead.copy().sudo().unlink()
        self.assertEqual(self.gate._qualified_stage_ids(), qualified)
        self.gate.stage_ids = False
        self.lead().stage_id = self.qualified
        self.gate.sudo().unlink()
        self.lead().stage_id = self.qualified
        self.env.flush_all()

    def test_the_gate_says_how_many_would_not_pass(self):
        self.gate.mode = "off"
        before = self.gate.failing_count, self.gate.open_count
        bad = self.lead()
        self.lead(**self.COMPLETE)
        self.gate.invalidate_recordset()
        self.assertEqual(
            (self.gate.failing_count, self.gate.open_count), (before[0] + 1, before[1] + 2)
        )
        self.assertIn(bad.id, self.gate.action_open_failing()["domain"][0][2])

    def test_a_database_with_leads_beyond_is_only_warned(self):
        self.env["crm.lead"].search([("stage_id", "in", self.gate._stages_beyond().ids)]).unlink()
        self.gate.mode = "warn"  # as it ships
        lead = self.lead(stage_id=self.proposition.id)
        self.gate._set_shipped_mode()
        self.assertEqual(self.gate.mode, "warn")
        lead.sudo().unlink()
        self.gate._set_shipped_mode()
        self.assertEqual(self.gate.mode, "enforce")
