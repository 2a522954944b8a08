"""The page Privacy: what is due, for somebody who comes twice a year."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from ..people import person

NAMES = {"due": {}, "display_name": {}}


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 09:00:00")
class TestPrivacyDesk(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = person(cls.env, "officer", "desk_officer", tz="Europe/Paris")
        cls.rep = person(cls.env, "rep", "desk_rep")
        cls.boss = person(cls.env, "manager", "desk_boss")
        cls.env.company.country_id = cls.env.ref("base.fr")
        cls.requests = cls.env["customer.sheet.request"].with_user(cls.officer)
        cls.breaches = cls.env["customer.sheet.breach"].with_user(cls.officer)
        cls.desk = cls.env["customer.sheet.desk"].with_user(cls.officer)

    def ask(self, name, received_on="2026-04-01", **values):
        values = {"kind": "access", "person_name": name, "received_on": received_on, **values}
        return self.requests.create(values)

    def page(self):
        """Return the lines of requests and breaches as the client reads them."""
        page = self.desk.browse(self.desk.action_open_page()["res_id"])
        [read] = page.web_read(NAMES)
        self.assertEqual(read["display_name"], "What is due")
        lines = read["due"] or []
        return [line for line in lines if line["code"].startswith(("request", "breach"))]

    def test_what_comes_first_stands_first(self):
        self.ask("Julie Martin", "2026-04-10")
        self.ask("Karim Alami", "2026-02-02")
        self.breaches.create({"title": "Stolen laptop", "discovered_on": "2026-04-14 09:00:00"})
        late, breach, later = self.page()
        self.assertEqual(late["title"], "Begin with the request of Karim Alami")
        self.assertTrue(late["is_late"])
        self.assertIn("Stolen laptop", breach["title"])
        self.assertTrue(breach["is_near"])
        self.assertFalse(breach["is_late"])
        self.assertEqual(later["day"], "Mon 11 May 2026")
        self.assertFalse(later["is_near"])

    def test_a_line_opens_what_it_is_about(self):
        request = self.ask("Julie Martin")
        [line] = self.page()
        action = self.desk.action_open(line["code"])
        self.assertEqual((action["res_model"], action["res_id"]), (request._name, request.id))
        self.assertEqual(action["views"], [(False, "form")])

    def test_what_is_done_meanwhile_says_so(self):
        request = self.ask("Julie Martin")
        [line] = self.page()
        steps = self.env["customer.sheet.request.step"].with_user(self.officer)
        steps.create({"request_id": request.id, "words": "Here it is."}).action_apply()
        self.assertEqual(self.page(), [])
        with self.assertRaises(UserError):
            self.desk.action_open(line["code"])

    def test_each_step_of_a_request_says_what_comes_next(self):
        request = self.ask("Julie Martin")
        request.action_start()
        [line] = self.page()
        self.assertEqual((line["title"], line["button"]), ("Answer Julie Martin", "Go on"))
        steps = self.env["customer.sheet.request.step"].with_user(self.officer)
        steps.create({"request_id": request.id, "step": "asked"}).action_apply()
        [line] = self.page()  # in France time stands still: they get two weeks
        self.assertEqual(line["day"], "Wed 29 Apr 2026")

    def test_a_breach_goes_from_risk_to_authority_to_people_to_the_end(self):
        breach = self.breaches.create({"title": "Stolen laptop"})
        self.assertIn("Judge the risk", self.page()[0]["title"])
        breach.write({"risk": "high", "risk_why": "Health data"})
        self.assertIn("Tell the authority", self.page()[0]["title"])
        self.env["customer.sheet.breach.notify"].with_user(self.officer).create(
            {"breach_id": breach.id}
        ).action_notify()
        self.assertIn("Tell the people", self.page()[0]["title"])
        breach.people_told_on = "2026-04-15"
        self.assertIn("Close", self.page()[0]["title"])
        breach.action_close()
        self.assertEqual(self.page(), [])

    def test_a_flood_of_requests_stays_one_page(self):
        for number in range(23):
            self.ask(f"Person {number}")
        lines = self.page()
        self.assertEqual(len(lines), 21)
        rest = next(line for line in lines if line["code"] == "requests")
        found = self.requests.search(self.desk.action_open(rest["code"])["domain"])
        self.assertEqual(len(found), 23)

    def test_the_page_is_a_handful_of_queries(self):
        for number in range(5):
            self.ask(f"Person {number}")
            self.breaches.create({"title": f"Laptop {number}"})
        self.page()
        page = self.desk.create({})
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(25):
            page.web_read(NAMES)

    def test_it_is_the_officers(self):
        desk = self.env["customer.sheet.desk"].with_user(self.rep)
        with self.assertRaises(AccessError):
            desk.action_open_page()
        with self.assertRaises(AccessError):
            desk.action_open("requests")

    def test_something_has_happened(self):
        page = self.desk.create({})
        for action in (page.action_new_request(), page.action_new_breach()):
            self.assertEqual(action["views"], [(False, "form")])
            self.assertFalse(action.get("res_id"))

    def test_what_the_software_cannot_see_is_attested_in_time(self):
        def line():
            page = self.desk.create({}).web_read(NAMES)
            return next((x for x in page[0]["due"] or [] if x["code"] == "attestations"), None)

        controls = self.env["customer.sheet.control"].with_user(self.officer)
        controls.sudo()._declare()
        rows = controls._asked().filtered("is_attested")
        for row in rows:
            self.assertTrue(line())
            row.with_user(self.boss)._attest("Seen in the contract", "2026-12-31")
        self.assertIsNone(line())
        with freeze_time("2026-12-10 09:00:00"):
            self.assertEqual(line()["day"], "Thu 31 Dec 2026")
            self.assertEqual(line()["count"], len(rows))
