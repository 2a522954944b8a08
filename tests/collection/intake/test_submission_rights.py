from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...people import people
from .intake_common import IntakeCase


@tagged("post_install", "-at_install")
class TestSubmissionRights(IntakeCase):
    """Reps see what came about their customers, stewards all; nobody writes any."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rival, cls.steward = people(cls.env, "rival", "steward")

    def seen(self, user):
        return self.submissions.with_user(user).search([("form_id", "=", self.request.id)])

    def test_who_sees_what(self):
        held = self.send(suspicion=(3, ["honeypot"]))
        sent = self.landed()
        sent.lead_id.user_id = self.rep
        self.assertEqual(self.seen(self.rep), sent)
        self.assertFalse(self.seen(self.rival))
        self.assertEqual(self.seen(self.steward), held | sent)
        action = sent.lead_id.with_user(self.rep).action_sheet_submissions()
        self.assertEqual(self.submissions.with_user(self.rep).search(action["domain"]), sent)
        with self.assertRaises(AccessError):
            sent.lead_id.with_user(self.rival).action_sheet_submissions()

    def test_the_network_is_for_those_who_look_after_data(self):
        sent = self.landed(trace={"ip": "203.0.113.77"})
        self.assertEqual(sent.with_user(self.steward).ip, "203.0.113.0")
        with self.assertRaises(AccessError):
            sent.with_user(self.rep).read(["ip"])

    def test_nobody_forges_one(self):
        sent = self.landed()
        for user in (self.rep, self.steward, self.boss):
            with self.assertRaises(AccessError):
                sent.with_user(user).write({"state": "draft"})
            with self.assertRaises(AccessError):
                sent.with_user(user).unlink()
            with self.assertRaises(AccessError):
                self.submissions.with_user(user).create({"uuid": "x", "form_id": self.request.id})

    def test_only_stewards_decide(self):
        held = self.send(suspicion=(3, ["honeypot"]))
        sent = self.landed()
        sent.lead_id.user_id = self.rep
        for method in ("action_land", "action_refuse"):
            with self.assertRaises(AccessError):
                getattr(held.with_user(self.rep), method)()
            with self.assertRaises(UserError):
                getattr(sent.with_user(self.rep), method)()

    def test_one_click_lands_what_was_held(self):
        held = self.send(suspicion=(3, ["honeypot"]), consents=self.yes())
        held.with_user(self.steward).action_land()
        self.assertEqual((held.state, held.lead_id.contact_name), ("landed", "Ada Lovelace"))
        self.assertIn(self.steward.name, held.sheet_changes)
        held.with_user(self.steward).action_land()
        self.assertEqual(
            self.env["crm.lead"].search_count([("email_from", "=", self.ada["email"])]), 1
        )

    def test_what_is_refused_does_not_land(self):
        held = self.send(suspicion=(3, ["honeypot"]))
        held.with_user(self.steward).action_refuse()
        held._sheet_land()
        self.assertEqual((held.state, held.lead_id.id), ("refused", False))
