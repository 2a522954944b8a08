"""Leads that come in at the same time, and leaves that the leaves app books (E1)."""

from . import scenario

#: A rule that gives leads to four people in turn.
RULE = """
from odoo.fields import Command

env.company.resource_calendar_id = False
people = env["res.users"].create([
    {"name": name, "login": name, "group_ids": [Command.set([
        env.ref("sales_team.group_sale_salesman").id])]}
    for name in ("ada", "bob", "cleo", "dora")
])
team = env["crm.team"].create({"name": "Turns", "member_ids": people.ids})
env["customer.sheet.routing.rule"].create({"name": "Turns", "is_on": True,
    "domain": "[('name', 'like', 'Parallel')]", "team_id": team.id, "strategy": "turn"})
env.cr.commit()
"""

#: Creates leads one transaction each, as the requests of a busy web site do.
CREATE = """
from odoo.service.model import retrying

for number in range({count}):
    values = {{"name": "Parallel {mark}-%s" % number, "user_id": False}}
    retrying(lambda: env["crm.lead"].create(values), env)
"""

#: Books a leave with the leaves app and routes a lead meanwhile: who gets it, and why.
LEAVE = """
from datetime import timedelta
from odoo import fields
from odoo.fields import Command

hours = [Command.create({"name": "Day", "dayofweek": str(day), "hour_from": 0, "hour_to": 24})
         for day in range(7)]
calendar = env["resource.calendar"].create({"name": "Always", "tz": "UTC",
                                            "attendance_ids": [Command.clear(), *hours]})
env.company.resource_calendar_id = calendar
people = env["res.users"].search([("login", "in", ("ada", "bob", "cleo", "dora"))], order="id")
staff = env["hr.employee"].create([
    {"name": user.name, "user_id": user.id, "resource_calendar_id": calendar.id}
    for user in people])
kind = env["hr.leave.type"].create({"name": "Away", "requires_allocation": False,
                                    "leave_validation_type": "no_validation"})
today = fields.Date.today()
for employee in staff[:3]:
    leave = env["hr.leave"].create({
        "employee_id": employee.id, "holiday_status_id": kind.id,
        "request_date_from": today - timedelta(days=1),
        "request_date_to": today + timedelta(days=1),
    })
    if leave.state != "validate":
        leave.action_approve()
lead = env["crm.lead"].create({"name": "Parallel leave", "user_id": False})
[line] = env["customer.sheet.routing.trace"].search([("lead_id", "=", lead.id)]).details
tell({"owner": lead.user_id.login, "out": sorted(set(reason for _user, reason in line["out"]))})
"""


class TestRouting(scenario.Scenario):
    def test_workers_share_the_turns_fairly(self):
        name = self.database()
        scenario.shell(name, RULE)
        outcomes = scenario.parallel(
            *(
                lambda mark=mark: scenario.shell(name, CREATE.format(count=12, mark=mark))
                for mark in ("a", "b", "c", "d")
            )
        )
        self.assertShared(name, 48, outcomes)

    def test_requests_to_a_server_share_the_turns_fairly(self):
        name = self.database()
        scenario.shell(name, RULE)
        client = self.server(name, workers=2).client()
        values = {"name": "Parallel", "user_id": False}
        calls = [lambda: client.call("crm.lead", "create", [values]) for _number in range(16)]
        outcomes = scenario.parallel(*calls)
        self.assertShared(name, 16, outcomes)

    def test_who_is_on_leave_gets_nothing(self):
        name = self.database()
        scenario.install(name, "hr_holidays")
        found = scenario.told(name, RULE + LEAVE)
        self.assertEqual(found, {"owner": "dora", "out": ["absent"]})

    def assertShared(self, name, count, outcomes):
        turns = self.turns(name)
        self.assertEqual(sum(turns.values()), count, outcomes)
        # who is repeated by Odoo, because of another request, loses a turn
        self.assertLessEqual(max(turns.values()) - min(turns.values()), 2, turns)

    def turns(self, name):
        sql = (
            "SELECT u.login, count(*) FROM crm_lead l JOIN res_users u ON u.id = l.user_id"
            " WHERE l.name LIKE 'Parallel%' GROUP BY 1"
        )
        return dict(self.rows(name, sql))
