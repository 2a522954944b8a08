from collections import Counter

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .routing_common import RoutingCase

#: A Monday morning.
MONDAY = "2026-03-09 09:00:00"


@tagged("post_install", "-at_install")
class TestRoutingPeople(RoutingCase):
    """E1, C8: leads go to people who are there, and to somebody in any case."""

    def owners(self, leads):
        return Counter(lead.user_id.name for lead in leads)

    # -- how a person is found -----------------------------------------------------

    def test_members_take_turns(self):
        self.rule()
        leads = self.env["crm.lead"].union(*(self.incoming() for _number in range(6)))
        self.assertEqual(self.owners(leads), {"ada": 2, "bob": 2, "cleo": 2})
        self.assertEqual(set(self.incoming(30).grouped("user_id")), set(self.people))

    def test_turns_are_shared_within_one_import(self):
        self.rule()
        self.assertEqual(set(self.owners(self.incoming(30)).values()), {10})

    def test_leads_that_come_in_a_pattern_meet_everybody(self):
        other = self.env["crm.team"].create({"name": "Others"})
        users = self.people | self.boss
        self.env["ir.config_parameter"].set_param("sales_team.membership_multi", True)
        self.env["crm.team.member"].create(
            [{"crm_team_id": other.id, "user_id": user.id} for user in users]
        )
        self.rule(team_id=False)
        for _round in range(20):
            self.incoming(team_id=self.team.id)
            self.incoming(team_id=other.id)
        mine = self.env["crm.lead"].search([("team_id", "=", self.team.id)])
        self.assertEqual(set(mine.user_id), set(self.people))

    def test_the_least_loaded_gets_it_and_stars_weigh(self):
        self.rule(strategy="load")
        self.incoming(2, user_id=self.bob.id, team_id=self.team.id)
        self.incoming(user_id=self.cleo.id, team_id=self.team.id, priority="3")
        self.assertEqual(self.incoming(2).user_id, self.ada)
        self.assertEqual(self.owners(self.incoming(4)), {"ada": 2, "bob": 2})

    def test_closed_leads_are_no_load(self):
        self.rule(strategy="load")
        self.incoming(9, user_id=self.ada.id, active=False)
        self.assertEqual(self.owners(self.incoming(3)), {"ada": 1, "bob": 1, "cleo": 1})

    def test_members_own_rules_and_capacity_count(self):
        self.rule(strategy="stock")
        ada, bob, cleo = self.members
        ada.assignment_domain = "[('city', '=', 'Lyon')]"
        bob.write({"assignment_max": 60, "assignment_domain": "[('city', '!=', 'Lyon')]"})
        cleo.assignment_max = 0
        self.assertEqual(self.incoming(city="Lyon").user_id, self.ada)
        self.assertEqual(self.owners(self.incoming(2, city="Paris")), {"bob": 2})
        self.assertFalse(self.incoming(city="Paris").user_id, "Bob has had his two of today")

    def test_the_leader_or_a_certain_person(self):
        self.rule(strategy="leader")
        self.assertEqual(self.incoming().user_id, self.boss)

    # -- who is there ----------------------------------------------------------------

    def test_paused_members_and_people_of_other_companies_are_passed_over(self):
        rule = self.rule()
        abroad = self.env["res.company"].create({"name": "Maroc"})
        self.members[0].assignment_optout = True
        self.bob.write({"company_ids": [Command.link(abroad.id)]})
        lead = self.incoming(company_id=abroad.id)
        self.assertEqual(lead.user_id, self.bob)
        out = self.line(lead, rule)["out"]
        self.assertEqual(out, [[self.ada.id, "paused"], [self.cleo.id, "company"]])

    def test_capacity_counts_where_odoo_shows_it(self):
        self.rule()
        self.members.assignment_max = 1
        self.assertEqual(len(self.incoming(4).filtered("user_id")), 4)
        self.env["ir.config_parameter"].sudo().set_param("crm.lead.auto.assignment", True)
        self.assertFalse(self.incoming().user_id)

    @freeze_time(MONDAY)
    def test_leave_and_working_hours_count(self):
        self.work()
        rule = self.rule()
        self.leave(self.ada, "2026-03-09 00:00:00", "2026-03-10 23:00:00")
        mornings = self.calendar([("1", 8, 12), ("3", 8, 12)])  # Tuesdays and Thursdays
        self.resource(self.bob, mornings)
        lead = self.incoming()
        self.assertEqual(lead.user_id, self.cleo)
        self.assertEqual(
            self.line(lead, rule)["out"], [[self.ada.id, "absent"], [self.bob.id, "absent"]]
        )

    def test_out_of_hours_the_next_day_of_work_counts(self):
        self.work()
        self.rule()
        self.leave(self.ada, "2026-03-06 00:00:00", "2026-03-06 23:00:00")
        with freeze_time("2026-03-07 09:00:00"):  # a Saturday: Monday counts
            self.assertEqual(set(self.owners(self.incoming(3)).values()), {1})
        self.leave(self.bob, "2026-03-09 00:00:00", "2026-03-09 23:00:00")
        with freeze_time("2026-03-07 09:00:00"):
            self.assertEqual(set(self.owners(self.incoming(4))), {"ada", "cleo"})

    def work(self):
        hours = [(str(day), 8, 17) for day in range(5)]
        self.env.company.resource_calendar_id = self.calendar(hours)

    def calendar(self, hours):
        return self.env["resource.calendar"].create(
            {
                "name": "Hours",
                "tz": "Europe/Paris",
                "attendance_ids": [
                    Command.create(
                        {"name": "H", "dayofweek": day, "hour_from": start, "hour_to": end}
                    )
                    for day, start, end in hours
                ],
            }
        )

    def resource(self, user, calendar=None):
        calendar = calendar or self.env.company.resource_calendar_id
        values = {"name": user.name, "user_id": user.id, "calendar_id": calendar.id}
        return self.env["resource.resource"].create(values)

    def leave(self, user, start, end):
        """Book a leave as the leaves app does when it is approved."""
        resource = user.resource_ids or self.resource(user)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "resource_id": resource.id,
                "calendar_id": resource.calendar_id.id,
                "date_from": start,
                "date_to": end,
            }
        )

    # -- somebody in any case ----------------------------------------------------------

    def test_a_fallback_takes_what_nobody_owns(self):
        self.rule(domain="[('city', '=', 'Lyon')]")
        fallback = self.rule(trigger="nobody", strategy="fixed", user_id=self.cleo.id)
        self.assertEqual(self.incoming().user_id, self.cleo)
        lyon = self.incoming(city="Lyon")
        self.assertFalse(self.line(lyon, fallback), "it has an owner by then")

    def test_a_fallback_of_a_team_is_for_its_leads(self):
        other = self.env["crm.team"].create({"name": "Others"})
        self.rule(trigger="nobody", strategy="leader")
        self.assertFalse(self.incoming(team_id=other.id).user_id)
        self.assertEqual(self.incoming(team_id=self.team.id).user_id, self.boss)

    def test_a_fallback_finds_a_team_too(self):
        self.rule(trigger="nobody", team_id=False, strategy="load")
        lead = self.incoming()
        self.assertTrue(lead.user_id)
        self.assertIn(lead.user_id, lead.team_id.member_ids)

    def test_a_fallback_finds_somebody_even_if_nobody_is_there(self):
        fallback = self.rule(trigger="nobody")
        self.members.assignment_optout = True
        lead = self.incoming()
        self.assertEqual(lead.user_id, self.boss)
        self.assertIn(["user", self.boss.id, "last"], self.line(lead, fallback)["did"])

    def test_a_fallback_leaves_alone_what_odoo_is_going_to_assign(self):
        self.env["ir.config_parameter"].sudo().set_param("crm.lead.auto.assignment", True)
        self.env.ref("crm.ir_cron_crm_lead_assign").active = True
        self.rule(trigger="nobody", strategy="leader")
        self.assertFalse(self.incoming(team_id=self.team.id).user_id)
        self.team.assignment_optout = True
        self.assertEqual(self.incoming(team_id=self.team.id).user_id, self.boss)

    # -- activities --------------------------------------------------------------------

    def test_the_owner_gets_the_activity_some_working_days_later(self):
        self.rule(activity_type_id=self.call.id, activity_days=2, activity_summary="Call")
        activity = self.incoming().activity_ids
        self.assertIn(activity.user_id, self.people)
        self.assertEqual(activity.date_deadline, fields.Date.add(fields.Date.today(), days=2))
        self.assertEqual(activity.summary, "Call")

    def test_the_leader_or_a_certain_person_may_get_it(self):
        self.rule(activity_type_id=self.call.id, activity_for="leader")
        self.rule(activity_type_id=self.call.id, activity_for="user", activity_user_id=self.rep.id)
        self.assertEqual(self.incoming().activity_ids.user_id, self.boss | self.rep)

    def test_what_is_planned_already_is_not_planned_again(self):
        self.rule(activity_type_id=self.call.id, strategy="leader")
        second = self.rule(activity_type_id=self.call.id, strategy="none")
        lead = self.incoming()
        self.assertEqual(len(lead.activity_ids), 1)
        self.assertEqual(self.line(lead, second)["did"][-1][0], "planned")

    def test_a_new_owner_is_told_once(self):
        self.rule(activity_type_id=self.call.id, strategy="leader")
        lead = self.incoming()
        mails = self.env["mail.message"].search(
            [
                ("model", "=", "crm.lead"),
                ("res_id", "=", lead.id),
                ("message_type", "=", "user_notification"),
            ]
        )
        self.assertEqual(mails.partner_ids, self.boss.partner_id)
        self.assertEqual(len(mails), 1)

    def test_the_qualification_call_goes_to_whom_the_rule_found(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("crm_customer_sheet.call_enabled", "True")
        self.rule(strategy="leader")
        lead = self.incoming()
        self.assertEqual(lead.activity_ids.user_id, self.boss)
        self.assertEqual(len(lead.activity_ids), 1)

    @property
    def call(self):
        return self.env.ref("mail.mail_activity_data_call")
