import random
from collections import Counter
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..plans import indexes_of
from .forgotten_common import ForgottenCase

ZONES = ("Pacific/Kiritimati", "Europe/Paris", "Pacific/Pago_Pago", False)
MOMENTS = ("2026-11-24 00:30:00", "2026-11-24 11:30:00", "2026-11-24 23:30:00")
OPEN_INDEX = "mail_activity_sheet_open_index"


@tagged("post_install", "-at_install")
class TestForgottenList(ForgottenCase):
    """C8 at size: the list says what the leads and their activities say, and asks for no more."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.forgotten = cls.env["customer.sheet.forgotten"]
        cls.chance = random.Random(17)
        cls.leads = cls.env["crm.lead"].create([cls.some_lead(n) for n in range(50)])
        for zone in ZONES:
            cls.rep.tz = zone
            for lead in cls.chance.sample(list(cls.leads), 20):
                cls.plan(lead)
        cls.leads[:3].action_set_won()
        cls.leads[3:6].action_set_lost()

    @classmethod
    def some_lead(cls, number):
        return {
            "name": f"Lead {number}",
            "type": "opportunity",
            "user_id": cls.chance.choice((cls.rep.id, cls.manager.id, False)),
            "sheet_deadline": cls.chance.choice((False, "2026-11-20", "2026-12-01", "2027-06-01")),
        }

    @classmethod
    def plan(cls, lead):
        activity = lead.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=f"2026-11-{cls.chance.randint(22, 26)}",
            user_id=cls.chance.choice((cls.rep.id, cls.manager.id)),
        )
        if cls.chance.random() < 0.3:
            activity.action_done()

    def expected(self, user):
        """Return ``{(lead, kind, date)}`` as the leads themselves tell it."""
        today = fields.Date.context_today(self.forgotten)
        near = today + timedelta(days=self.forgotten._deadline_days())
        rows = set()
        for lead in self.leads.with_user(user).filtered(lambda each: each.has_access("read")):
            if not lead.active or lead.won_status != "pending":
                continue
            since = fields.Datetime.context_timestamp(self.forgotten, lead.create_date).date()
            late = lead.activity_ids.filtered(lambda each: each.state == "overdue")
            kinds = {
                "owner": not lead.user_id and since,
                "unplanned": lead.user_id and not lead.activity_ids and since,
                "overdue": late and min(late.mapped("date_deadline")),
                "deadline": lead.sheet_deadline and min(lead.sheet_deadline, near) < near
                and lead.sheet_deadline,
            }  # fmt: skip
            rows |= {(lead, kind, date) for kind, date in kinds.items() if date}
        return rows

    def listed(self, user, *domain):
        rows = self.forgotten.with_user(user).search(domain)
        self.assertEqual(len(set(rows.ids)), len(rows))
        return rows

    def test_it_says_what_the_leads_say_at_every_time_of_the_day(self):
        for moment in MOMENTS:
            for user in (self.rep, self.manager):
                with freeze_time(moment), self.subTest(moment=moment, user=user.login):
                    self.env.invalidate_all()
                    rows = self.listed(user)
                    expected = self.expected(user)
                    self.assertEqual({(row.lead_id, row.kind, row.date) for row in rows}, expected)
                    self.assertEqual(len(rows), len(expected))
                    for row in rows:
                        self.assertEqual(row.name, row.lead_id.name)
                        self.assertEqual(row.user_id, row.lead_id.user_id)

    @freeze_time(MOMENTS[1])
    def test_filters_counts_and_groups_agree_with_the_whole(self):
        for user in (self.rep, self.manager):
            rows = self.listed(user)
            forgotten = self.forgotten.with_user(user)
            by_kind = Counter(rows.mapped("kind"))
            self.assertGreater(len(by_kind), 3)
            self.assertEqual(dict(forgotten._read_group([], ["kind"], ["__count"])), by_kind)
            self.assertEqual(forgotten.search_count([]), len(rows))
            for kind, count in by_kind.items():
                self.assertEqual(len(self.listed(user, ("kind", "=", kind))), count)
                others = self.listed(user, ("kind", "not in", [kind]))
                self.assertEqual(len(others), len(rows) - count)
            for owner in (user.id, False):
                mine = self.listed(user, ("user_id", "=", owner))
                self.assertEqual(mine, rows.filtered(lambda row, o=owner: row.user_id.id == o))

    @freeze_time(MOMENTS[1])
    def test_page_and_count_are_two_queries(self):
        forgotten = self.forgotten.with_user(self.rep)
        wanted = {name: {} for name in ("name", "kind", "date")}
        forgotten.web_search_read([], wanted, limit=1, count_limit=10)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(2):
            forgotten.web_search_read([], wanted, limit=1, count_limit=10)

    def plan_many(self):
        """Plan 30,000 activities, most done or on contacts: of a few, any index serves as well."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO mail_activity
                        (res_model, res_model_id, res_id, user_id, date_deadline, active)
                 SELECT CASE WHEN n %% 3 = 0 THEN res_model ELSE 'res.partner' END,
                        res_model_id, %s + n / 3, user_id, date_deadline, n %% 30 < 3
                   FROM (SELECT * FROM mail_activity
                          WHERE res_model = 'crm.lead' AND active LIMIT 1) one
             CROSS JOIN generate_series(1, 30000) n
            """,
            [max(self.leads.ids)],
        )
        self.env.cr.execute("ANALYZE mail_activity, crm_lead")

    def test_activities_are_looked_up_in_their_index(self):
        self.plan_many()
        for kind in ("unplanned", "overdue"):
            self.assertIn(OPEN_INDEX, indexes_of(self.forgotten, [("kind", "=", kind)]))

    def test_one_kind_leaves_the_others_alone(self):
        for kind in ("owner", "deadline", "unknown"):
            self.assertNotIn(OPEN_INDEX, indexes_of(self.forgotten, [("kind", "=", kind)]))

    def test_whose_leads_reaches_the_leads(self):
        used = indexes_of(self.forgotten, [("user_id", "=", self.rep.id)])
        self.assertTrue(any(name.startswith("crm_lead__user_id") for name in used), used)
