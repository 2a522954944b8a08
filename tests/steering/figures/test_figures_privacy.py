"""Figures of the privacy desk: seen by the officer, as they are on the day."""

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from ...people import person

CODES = ("requests_in_time", "breaches_in_time", "retention_overdue", "places_known")


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 09:00:00")
class TestFiguresPrivacy(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = person(cls.env, "officer", "figure_officer")
        cls.steward = person(cls.env, "steward", "figure_steward")
        cls.env.company.country_id = cls.env.ref("base.fr")
        cls.kpis = cls.env["customer.sheet.kpi"]
        cls.kpis._declare()
        cls.requests = cls.env["customer.sheet.request"].with_user(cls.officer)
        cls.before = cls.kpis._now(codes=CODES)

    def new(self, code):
        """Return what has come to a figure since the test began."""
        now, before = self.kpis._now(codes=CODES)[code], self.before[code]
        return tuple(after - former for after, former in zip(now, before, strict=True))

    def ask(self, received_on):
        return self.requests.create(
            {"kind": "access", "person_name": "Julie", "received_on": received_on}
        )

    def step(self, request, step="answered"):
        dialog = self.env["customer.sheet.request.step"].with_user(self.officer)
        dialog.create({"request_id": request.id, "step": step, "words": "So."}).action_apply()

    def test_requests_answered_in_time_and_late_ones(self):
        self.ask("2026-04-10")  # time is left: nothing to say yet
        self.assertEqual(self.new("requests_in_time"), (0, 0))
        self.step(self.ask("2026-04-01"))
        self.assertEqual(self.new("requests_in_time"), (1, 1))
        self.step(self.ask("2026-02-01"), "refused")
        self.ask("2026-02-01")
        self.assertEqual(self.new("requests_in_time"), (1, 3))
        unknown = self.ask("2026-03-01")
        self.step(unknown, "asked")
        self.step(unknown, "closed")  # nobody to answer
        self.assertEqual(self.new("requests_in_time"), (1, 3))

    def test_breaches_told_in_time_and_late_ones(self):
        breaches = self.env["customer.sheet.breach"].with_user(self.officer)
        judged = {"risk": "risk", "risk_why": "Phone numbers"}
        told = breaches.create({"title": "A laptop", **judged})
        self.assertEqual(self.new("breaches_in_time"), (0, 0))
        self.env["customer.sheet.breach.notify"].with_user(self.officer).create(
            {"breach_id": told.id}
        ).action_notify()
        breaches.create({"title": "A list", "discovered_on": "2026-04-01 08:00:00", **judged})
        breaches.create({"title": "A key", "discovered_on": "2026-04-01 08:00:00", "risk": "none"})
        self.assertEqual(self.new("breaches_in_time"), (1, 2))

    def test_people_kept_past_their_time(self):
        runs = self.env["customer.sheet.retention.run"].sudo()

        def preview(*lines):
            over = {"term_on": "2026-04-01"}
            lines = [Command.create({"action": a, "state": s, **over, **more}) for a, s, more in lines]
            runs.create({"looked_at": 9, "line_ids": lines})
            return self.kpis._now(codes=["retention_overdue"])["retention_overdue"]

        kept = {"keep_until": "2026-12-31", "keep_why": "A dispute"}
        open_, done = ("erase", "open", {}), ("ask", "done", {})
        self.assertEqual(preview(open_, done, ("keep", "open", {}), ("erase", "open", kept)), (1, 3))
        self.assertEqual(preview(done), (0, 1))  # only the last preview counts

    def test_the_map(self):
        place = self.env["customer.sheet.place"].search([("state", "!=", "unknown")], limit=1)
        place.state = "unknown"
        self.assertEqual(self.new("places_known"), (-1, 0))

    def test_they_are_the_officers_and_open_what_they_count(self):
        self.step(self.ask("2026-04-01"))
        self.kpis._cron_snapshot()
        seen = self.kpis.with_user(self.officer).search([("code", "in", CODES)])
        self.assertEqual(set(seen.mapped("code")), set(CODES))
        self.assertFalse(
            self.kpis.with_user(self.steward).search([("code", "=", "requests_in_time")])
        )
        for kpi in seen:
            action = kpi.action_open()
            model = kpi.env[action["res_model"]]
            whole = self.kpis._now(codes=[kpi.code])[kpi.code][1]
            self.assertEqual(model.search_count(action["domain"]), whole)
