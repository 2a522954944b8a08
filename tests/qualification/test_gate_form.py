from lxml import etree

from odoo.tests import tagged

from .common import QualificationCase


@tagged("post_install", "-at_install")
class TestGateForm(QualificationCase):
    """The fields of the gate's dialog: one input a question, what else would do apart (S7)."""

    def groups(self, *codes, lang="en_US"):
        """Return ``{name of the group: its nodes as the view has them}``."""
        leads = self.env["crm.lead"].with_user(self.rep)
        leads = leads.with_context(sheet_gate_view_ref=";".join(codes), lang=lang)
        view = self.env.ref("crm_customer_sheet.crm_lead_view_form_gate")
        arch = etree.fromstring(leads.get_view(view.id, "form")["arch"])
        return {group.get("name"): group for group in arch.iter("group")}

    def names(self, group):
        return [node.get("name") for node in group.iter("field") if not node.get("invisible")]

    def test_one_input_and_apart_what_else_would_do(self):
        groups = self.groups("need", "deadline", "decision_maker")
        self.assertEqual(
            {name: self.names(group) for name, group in groups.items()},
            {
                "sheet_gate_0": ["sheet_need"],
                "sheet_gate_1": ["sheet_deadline"],
                "sheet_gate_1_more": ["date_deadline"],
                "sheet_gate_2": ["sheet_decision_maker"],
                "sheet_gate_2_more": ["sheet_decision_maker_id"],
            },
        )

    def test_a_range_is_one_input_on_one_line_and_its_amounts_are_empty(self):
        groups = self.groups("budget")
        [row] = groups["sheet_gate_0"].iter("div")
        self.assertEqual(self.names(row), ["sheet_budget_min", "sheet_budget_max"])
        self.assertEqual(row.get("class"), "o_row")
        widgets = {node.get("widget") for node in row.iter("field")}
        self.assertEqual(widgets, {"sheet_amount"})
        labels = [node.get("string") for node in groups["sheet_gate_0"].iter("label")]
        self.assertEqual(labels, ["Budget", "from", "to"])
        self.assertEqual(self.names(groups["sheet_gate_0_more"]), ["expected_revenue"])

    def test_an_input_bears_the_name_of_its_question(self):
        question = self.env.ref("crm_customer_sheet.question_deadline")
        question.name = "Wanted for"
        [field] = self.groups("deadline")["sheet_gate_0"].iter("field")
        self.assertEqual(field.get("string"), "Wanted for")

    def test_what_is_no_field_has_no_input(self):
        self.assertEqual(self.groups("prospecting_consent", "unknown"), {})
