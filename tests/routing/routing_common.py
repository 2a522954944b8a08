from odoo import fields
from odoo.tests import TransactionCase

from ..people import people, person


class RoutingCase(TransactionCase):
    """A team of three at work, a leader, and no rule on but those of the test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rules = cls.env["customer.sheet.routing.rule"]
        cls.rules.search([("is_on", "=", True)]).is_on = False
        parameters = cls.env["ir.config_parameter"].sudo()
        parameters.set_param("crm_customer_sheet.call_enabled", False)
        parameters.set_param("crm_customer_sheet.hot_activity", "False")
        parameters.set_param("crm.lead.auto.assignment", False)
        cls.boss, cls.clerk, cls.rep = people(cls.env, "manager", "clerk", "rep")
        cls.people = cls.env["res.users"]
        for name in ("ada", "bob", "cleo"):
            cls.people |= person(cls.env, "rep", f"route_{name}", name=name)
        cls.ada, cls.bob, cls.cleo = cls.people
        cls.team = cls.env["crm.team"].create({"name": "Seniors", "user_id": cls.boss.id})
        cls.members = cls.env["crm.team.member"].create(
            [{"crm_team_id": cls.team.id, "user_id": user.id} for user in cls.people]
        )
        # days of rest would let nobody be at work
        cls.env.company.resource_calendar_id = False

    @classmethod
    def rule(cls, **values):
        """Create a rule that is on; by default it gives leads to the members in turn."""
        basis = {"name": "Rule", "is_on": True, "team_id": cls.team.id, "strategy": "turn"}
        return cls.rules.create({**basis, **values})

    def incoming(self, count=1, **values):
        """Create leads as a form on the web site does: by nobody, for nobody."""
        basis = {"name": "Request", "type": "lead", "user_id": False, "team_id": False}
        return self.env["crm.lead"].create([{**basis, **values} for _number in range(count)])

    def typed(self, user=None, **values):
        """Create a lead by hand, and let the transaction end."""
        leads = self.env["crm.lead"].with_user(user or self.clerk)
        lead = leads.create({"name": "Request", **values})
        self.saved()
        return lead

    def saved(self):
        self.env.cr.flush()
        self.env.invalidate_all()

    def traces(self, leads):
        traces = self.env["customer.sheet.routing.trace"]
        return traces.search([("lead_id", "in", leads.ids)], order="id")

    def line(self, lead, rule):
        """Return what the last trace of a lead says of a rule."""
        details = self.traces(lead)[-1:].details or []
        return next((line for line in details if line["rule"] == rule.id), None)

    def day(self, days):
        return fields.Date.add(fields.Date.context_today(self.rules), days=days)
