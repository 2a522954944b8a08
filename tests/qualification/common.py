from odoo.tests import TransactionCase

from ..people import people


class QualificationCase(TransactionCase):
    """A sales rep, a manager, and the shipped gate before "Qualified", enforced."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep, cls.manager, cls.outsider = people(cls.env, "rep", "manager", "outsider")
        cls.gate = cls.env.ref("crm_customer_sheet.gate_qualified")
        cls.gate.mode = "enforce"
        cls.qualified = cls.gate.stage_ids
        stages = cls.env["crm.stage"].search([], order="sequence, id")
        cls.new = stages[0]
        cls.proposition = cls.env.ref("crm.stage_lead3")
        cls.won = stages.filtered("is_won")[:1]

    #: Answers that let a lead pass: need, timing, and who decides.
    COMPLETE = {
        "sheet_need": "Audit of the HVAC line",
        "sheet_deadline": "2030-06-30",
        "sheet_decision_maker": "Salma Bennani",
    }

    def lead(self, user=None, **values):
        """Create an opportunity in the first stage, as the sales rep."""
        user = user or self.rep
        leads = self.env["crm.lead"].with_user(user)
        basis = {"name": "Request", "type": "opportunity", "stage_id": self.new.id}
        return leads.create({**basis, "user_id": user.id, **values})
