from freezegun import freeze_time

from odoo.tests import new_test_user, tagged

from odoo.addons.mail.tests.common import MockEmail

from ...models.sheet import clock
from ..upkeep import do_chore
from .forgotten_common import ForgottenCase

#: In the morning of most of Europe.
TUESDAY = "2026-11-24 06:00:00"


@tagged("post_install", "-at_install")
class TestForgotten(MockEmail, ForgottenCase):
    """C8: every day, whoever has something to look after is told; nobody else is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["crm.team"].search([]).user_id = False
        cls.leader = new_test_user(
            cls.env,
            "forgotten_leader",
            email="leader@example.com",
            groups="sales_team.group_sale_salesman_all_leads",
        )
        cls.rep.email, cls.manager.email = "rep@example.com", "boss@example.com"
        cls.team = cls.env["crm.team"].create(
            {
                "name": "North",
                "user_id": cls.leader.id,
                "member_ids": [(6, 0, (cls.rep | cls.leader).ids)],
            }
        )
        cls.forgotten = cls.env["customer.sheet.forgotten"]
        # whoever else administers the sales of this database gets the lists without a team
        admins = cls.env.ref("sales_team.group_sale_manager").all_user_ids
        (admins - cls.manager).sheet_digest_off = True

    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(freeze_time(TUESDAY))

    def lead(self, name="Lead", plan="2026-12-24", **values):
        lead = super().lead(name=name, team_id=self.team.id, **values)
        if plan:
            lead.activity_schedule(
                "mail.mail_activity_data_todo", date_deadline=plan, user_id=self.rep.id
            )
        return lead

    def kinds(self, user=None):
        rows = self.forgotten.with_user(user or self.rep).search([])
        return sorted((row.name, row.kind) for row in rows)

    def send(self):
        with self.mock_mail_gateway():
            do_chore(self, "digest")
            self.env["mail.mail"].process_email_queue()
        self.env.invalidate_all()
        return {
            mail["email_to"][0].rpartition("<")[2].strip(">"): mail
            for mail in self._mails
            if mail["subject"].startswith("Nobody forgotten")
        }

    def test_each_kind_is_listed(self):
        self.lead("Kept")
        self.lead("Orphan", user_id=False)
        self.lead("Idle", plan=None)
        self.lead("Late", plan="2026-11-20")
        self.lead("Urgent", sheet_deadline="2026-12-01")
        self.lead("Far", sheet_deadline="2027-12-01")
        asked = self.lead("Unknown")
        asked.sheet_set_unknown("budget", reason="Asks the board", reask_date="2026-11-30")
        self.lead("Won", plan=None).action_set_won()
        self.assertEqual(
            self.kinds(),
            [
                ("Idle", "unplanned"),
                ("Late", "overdue"),
                ("Orphan", "owner"),
                ("Urgent", "deadline"),
            ],
        )
        self.clock.move_to("2026-11-30 12:00:00")
        self.env.invalidate_all()
        self.assertIn(("Unknown", "unknown"), self.kinds())

    def test_what_was_answered_meanwhile_is_not_asked_again(self):
        lead = self.lead("Unknown")
        lead.sheet_set_unknown("budget", reason="Asks the board", reask_date="2026-11-25")
        lead.activity_ids.filtered(lambda each: each.date_deadline.day == 25).unlink()
        lead.sheet_budget_min = 1000
        self.clock.move_to("2026-11-26 12:00:00")
        self.assertNotIn(("Unknown", "unknown"), self.kinds())

    def test_a_contact_to_ask_again_is_listed_too(self):
        contact = self.env["res.partner"].create({"name": "Atlas", "user_id": self.rep.id})
        contact.with_user(self.rep).sheet_set_unknown(
            "email", reason="Asks", reask_date="2026-11-25"
        )
        self.clock.move_to("2026-11-26 12:00:00")
        self.assertIn(("Atlas", "unknown"), self.kinds())

    def test_reps_see_their_own_and_what_nobody_has(self):
        self.lead("Mine", plan=None)
        self.lead("Theirs", plan=None, user=self.manager)
        self.lead("Orphan", user_id=False)
        self.assertEqual(self.kinds(), [("Mine", "unplanned"), ("Orphan", "owner")])
        self.assertEqual(len(self.kinds(self.manager)), 3)

    def test_a_line_opens_its_lead(self):
        lead = self.lead("Mine", plan=None)
        action = self.forgotten.with_user(self.rep).search([]).action_open()
        self.assertEqual((action["res_model"], action["res_id"]), ("crm.lead", lead.id))

    def test_one_digest_for_each_person_and_none_without_need(self):
        self.lead("Idle", plan=None)
        self.lead("Orphan", user_id=False)
        mails = self.send()
        self.assertEqual(sorted(mails), ["leader@example.com", "rep@example.com"])
        self.assertIn("Idle", mails["rep@example.com"]["body"])
        self.assertNotIn("Orphan", mails["rep@example.com"]["body"])
        self.assertIn("Orphan", mails["leader@example.com"]["body"])
        self.assertIn(self.rep.name, mails["leader@example.com"]["body"])
        self.assertEqual(self.send(), {})
        self.clock.move_to("2026-11-25 06:00:00")
        self.assertEqual(len(self.send()), 2)

    def test_f4_the_digest_comes_every_working_day_all_over_the_world(self):
        """In the morning of the company, whatever day it is in Greenwich then; never at night."""
        self.lead("Idle", plan=None)
        for zone, night, morning in (
            ("America/Los_Angeles", 5, 15),
            ("America/Martinique", 2, 10),
            ("Pacific/Honolulu", 11, 17),
            ("Pacific/Auckland", 5, 18),
            ("Pacific/Auckland", 12, 22),
            ("Asia/Kolkata", 0, 2),
            ("Europe/Paris", 1, 5),
            ("UTC", 5, 6),
        ):
            with self.subTest(zone=zone, morning=morning), self.env.cr.savepoint() as point:
                self.env.company.resource_calendar_id.tz = zone
                sent = {night: [], morning: []}
                for day in range(1, 8):  # a week
                    for hour, numbers in sent.items():
                        self.clock.move_to(f"2026-12-{day:02} {hour:02}:00:00")
                        numbers.append(len(self.send()))
                self.assertFalse(any(sent[night]), sent)
                self.assertEqual(sum(map(bool, sent[morning])), 5, sent)
                self.assertEqual(sum(sent[morning]), 10, sent)
                point.rollback()
                self.env.invalidate_all()

    def test_f4_each_company_has_its_own_day(self):
        """On a Monday at six in Greenwich it is Sunday in California."""
        self.env.company.resource_calendar_id.tz = "Europe/Paris"
        west = self.env["res.company"].create({"name": "West"})
        west.resource_calendar_id.tz = "America/Los_Angeles"
        cowboy = new_test_user(
            self.env, "forgotten_west", email="west@example.com",
            groups="sales_team.group_sale_salesman", company_id=west.id, company_ids=west.ids,
        )  # fmt: skip
        self.lead("Idle", plan=None)
        lead = self.env["crm.lead"].create({"name": "West", "company_id": west.id})
        lead.write({"user_id": cowboy.id, "team_id": False})
        self.clock.move_to("2026-12-07 06:00:00")
        self.assertNotIn("west@example.com", mails := self.send())
        self.assertIn("rep@example.com", mails)
        self.clock.move_to("2026-12-07 15:00:00")
        self.assertIn("west@example.com", self.send())

    def test_f4_a_day_begins_at_midnight_also_where_clocks_changed_on_it(self):
        self.env["res.company"].search([]).resource_calendar_id.tz = "Europe/Paris"
        self.env["res.company"].search([]).partner_id.tz = "Europe/Paris"
        for now, midnight in (
            ("2026-03-29 08:00:00", "2026-03-28 23:00:00"),  # an hour is left out at two
            ("2026-10-25 08:00:00", "2026-10-24 22:00:00"),  # an hour comes twice
            ("2026-10-24 22:30:00", "2026-10-24 22:00:00"),
            ("2026-11-24 08:00:00", "2026-11-23 23:00:00"),
        ):
            self.clock.move_to(now)
            self.assertEqual(str(clock.last_midnight(self.env)), midnight, now)

    def test_nothing_to_do_no_mail(self):
        self.lead("Kept")
        self.assertEqual(self.send(), {})

    def test_sales_administrators_look_after_teams_without_a_leader(self):
        self.lead("Orphan", user_id=False)
        self.team.user_id = False
        self.assertEqual(sorted(self.send()), ["boss@example.com"])

    def test_a_leader_reads_nothing_that_may_not_be_seen(self):
        self.lead("Idle", plan=None)
        self.lead("Orphan", user_id=False)
        all_leads = self.env.ref("sales_team.group_sale_salesman_all_leads")
        salesman = self.env.ref("sales_team.group_sale_salesman")
        self.leader.group_ids = self.leader.group_ids - all_leads + salesman
        body = self.send()["leader@example.com"]["body"]
        self.assertIn("Orphan", body)
        self.assertNotIn("Idle", body)

    def test_other_companies_are_left_out(self):
        company = self.env["res.company"].create({"name": "Other"})
        self.team.company_id = False
        self.lead("Abroad", plan=None, user_id=False).sudo().company_id = company
        self.assertEqual(self.send(), {})

    def test_who_declines_gets_none_and_nobody_on_a_day_off(self):
        self.lead("Idle", plan=None)
        self.rep.with_user(self.rep).sheet_digest_off = True
        self.assertEqual(sorted(self.send()), ["leader@example.com"])
        self.clock.move_to("2026-11-28 06:00:00")  # a Saturday
        self.assertEqual(self.send(), {})

    def test_the_setting_switches_it_off(self):
        self.lead("Idle", plan=None)
        settings = self.env["res.config.settings"].create({})
        self.assertTrue(settings.sheet_forgotten_digest)
        settings.sheet_forgotten_digest = False
        settings.set_values()
        self.assertEqual(self.send(), {})

    def test_long_lists_are_counted(self):
        for number in range(8):
            self.lead(f"Idle {number}", plan=None)
        body = self.send()["rep@example.com"]["body"]
        self.assertIn("(8)", " ".join(body.split()))
        self.assertIn("and 3 more", " ".join(body.split()))

    def test_the_lists_of_many_cost_as_many_queries_as_of_few(self):
        def cost():
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.forgotten._own_lists()
            self.forgotten._team_lists()
            return self.env.cr.sql_log_count - before

        self.lead("Idle", plan=None)
        cost()
        few = cost()
        for number in range(20):
            self.lead(f"Idle {number}", plan=None)
        self.assertEqual(cost(), few)
