import random
from itertools import combinations

from freezegun import freeze_time

from odoo.fields import Domain
from odoo.tests import tagged

from ..plans import indexes_of
from .test_next_action import FILTERS, NextActionCase

ZONES = ("Pacific/Kiritimati", "Europe/Paris", "Pacific/Pago_Pago", False)
MOMENTS = ("2026-03-06 00:30:00", "2026-03-06 11:30:00", "2026-03-06 23:30:00")
#: Every choice of a filter, none and all of them too.
CHOICES = [list(some) for size in range(len(FILTERS) + 1) for some in combinations(FILTERS, size)]


@tagged("post_install", "-at_install")
class TestNextActionSearch(NextActionCase):
    """A10 at size: the own search finds what stock's search and the field itself say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        chance = random.Random(17)
        users = [cls.rep, cls.manager]
        cls.leads = cls.env["crm.lead"].create(
            [
                {"name": f"Lead {n}", "type": "opportunity", "user_id": chance.choice(users).id}
                for n in range(60)
            ]
        )
        cls.env["mail.activity"].search([("res_id", "in", cls.leads.ids)]).unlink()
        for zone in ZONES:
            cls.rep.tz, cls.manager.tz = zone, chance.choice(ZONES)
            for lead in chance.sample(list(cls.leads), 25):
                activity = lead.activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=f"2026-03-{chance.randint(4, 8):02}",
                    user_id=chance.choice(users).id,
                )
                if chance.random() < 0.3:
                    activity.action_done()
        cls.leads[:4].action_set_won()
        cls.leads[4:8].action_set_lost()
        cls.env["res.partner"].create({"name": "Other"}).activity_schedule(
            "mail.mail_activity_data_todo", date_deadline="2026-03-01"
        )

    def assertFound(self, user, operator, states):
        """The search agrees with the fields, and with stock's search."""
        leads = self.env["crm.lead"].with_user(user).with_context(active_test=False)
        mine = leads.search([("id", "in", self.leads.ids)])
        found = leads.search([("id", "in", mine.ids), ("sheet_next_action", operator, states)])
        wanted = {lead for lead in mine if (lead.sheet_next_action in states) == (operator == "in")}
        self.assertEqual(set(found), wanted)
        open_ = Domain("won_status", "=", "pending") & Domain("active", "=", True)
        named = {False if state == "none" else state for state in states if state}
        stock = open_ & Domain("activity_state", "in", named)
        stock = stock | ~open_ if False in states else stock
        stock = stock if operator == "in" else ~stock
        self.assertEqual(found, leads.search(Domain("id", "in", mine.ids) & stock))

    def test_every_choice_at_every_time_of_the_day(self):
        for moment in MOMENTS:
            with freeze_time(moment):
                self.env.invalidate_all()
                for states in CHOICES:
                    for operator in ("in", "not in"):
                        with self.subTest(moment=moment, operator=operator, states=states):
                            self.assertFound(self.manager, operator, states)

    @freeze_time(MOMENTS[1])
    def test_reps_find_their_own_only(self):
        for states in CHOICES:
            self.assertFound(self.rep, "in", states)
            self.assertFound(self.rep, "not in", states)

    def test_a_state_that_does_not_exist_finds_nothing(self):
        leads = self.env["crm.lead"].with_user(self.rep)
        self.assertFalse(leads.search([("sheet_next_action", "=", "someday")]))

    def test_a_search_is_one_query(self):
        leads = self.env["crm.lead"].with_user(self.manager)
        domain = [("sheet_next_action", "in", ["none", "overdue"])]
        leads.search(domain)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            leads.search(domain)

    def test_activities_are_looked_up_in_their_index(self):
        self.env.flush_all()
        self.env.cr.execute("ANALYZE mail_activity")  # what it was before is another database's
        for states in (["none"], ["overdue"], ["today"], ["planned"], ["none", "overdue"]):
            used = indexes_of(self.env["crm.lead"], [("sheet_next_action", "in", states)])
            self.assertIn("mail_activity_sheet_open_index", used, states)
