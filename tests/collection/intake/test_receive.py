from datetime import timedelta
from uuid import uuid4

from odoo import fields
from odoo.tests import tagged

from ....models.collection.intake.exceptions import OtherPayload
from .intake_common import IntakeCase


@tagged("post_install", "-at_install")
class TestReceive(IntakeCase):
    """One uuid is one submission, however often it comes."""

    def test_the_same_again_is_the_same(self):
        uuid = str(uuid4())
        first, fresh = self.request._receive(uuid, self.ada, self.yes(), "Hello")
        again, fresh_again = self.request._receive(uuid, self.ada, self.yes(), "Hello")
        self.assertEqual((first, fresh, fresh_again), (again, True, False))
        self.assertEqual(first.state, "received")

    def test_other_content_under_the_same_uuid_is_refused(self):
        uuid = str(uuid4())
        first = self.send(uuid=uuid)
        for other in ({"values": {**self.ada, "need": "Other"}}, {"consents": self.yes()}):
            with self.assertRaises(OtherPayload) as caught:
                self.send(uuid=uuid, **other)
            self.assertEqual(caught.exception.submission, first)
        self.assertEqual(first.values["need"], "An engine")

    def test_two_forms_may_have_the_same_uuid(self):
        other = self.published("name", "email")
        uuid = str(uuid4())
        first = self.send({"email": "ada@x-y.fr"}, uuid=uuid)
        self.assertNotEqual(first, self.send({"email": "ada@x-y.fr"}, form=other, uuid=uuid))

    def test_a_late_draft_overtakes_nothing(self):
        uuid = str(uuid4())
        draft = self.send({"name": "Ada"}, uuid=uuid, draft=True)
        self.assertEqual((draft.state, bool(draft.expires_at)), ("draft", True))
        sent = self.send(uuid=uuid)
        self.assertEqual((sent, sent.state, sent.expires_at), (draft, "received", False))
        self.assertEqual(self.send({"name": "A"}, uuid=uuid, draft=True), sent)
        self.assertEqual(sent.values["name"], "Ada Lovelace")

    def test_refusals_name_the_questions(self):
        self.request.line_ids.filtered(
            lambda line: line.question_id.code == "email"
        ).required = True
        self.request.action_publish()
        errors = self.errors({"need": "x" * 300, "user_id": 2, "budget": "-3"})
        self.assertEqual(set(errors), {"email", "need", "user_id", "budget"})
        self.assertIn("“E-mail”", errors["email"])
        self.assertFalse(self.submissions.search([("form_id", "=", self.request.id)]).values)

    def test_an_older_version_still_arrives(self):
        former = self.request.version_id
        self.request.line_ids.filtered(lambda line: line.question_id.code == "need").unlink()
        self.request.action_publish()
        sent = self.landed(version=former)
        self.assertEqual((sent.version_id, sent.lead_id.sheet_need), (former, "An engine"))
        self.assertIn("need", self.errors(self.ada))

    def test_boxes_say_what_the_version_showed(self):
        sent = self.send(consents=self.yes(words="I pay 100 €"))
        [box] = sent.consents
        self.assertNotIn("100", box["words"])
        self.assertTrue(box["notice_version_id"])
        other = [{"purpose": "prospecting", "channel": "sms", "given": True}]
        self.assertIn("consents", self.errors(self.ada, consents=other))

    def test_the_trace_is_kept_as_the_setting_says(self):
        trace = {
            "ip": "203.0.113.77",
            "referrer": "https://search.example/?q=ada@x.fr",
            "page": "https://www.example.com/contact#top",
            "user_agent": "Browser",
            "utm_campaign": "Never Heard Of",
        }
        before = self.env["utm.campaign"].search_count([])
        sent = self.send(trace=trace)
        kept = sent.ip, sent.referrer, sent.page, sent.user_agent
        urls = ("https://search.example/", "https://www.example.com/contact")
        self.assertEqual(kept, ("203.0.113.0", *urls, "Browser"))
        self.assertEqual(self.env["utm.campaign"].search_count([]), before)
        campaign = self.env["utm.campaign"].create({"title": "Spring 100%"})
        sent = self.send(trace={"utm_campaign": "spring 100%"})
        self.assertEqual(sent.campaign_id, campaign)
        self.assertFalse(self.send(trace={"utm_campaign": "%"}).campaign_id)

    def test_what_is_suspicious_is_held(self):
        self.assertEqual(self.send(suspicion=(2, ["too_fast"])).state, "received")
        held = self.send(suspicion=(3, ["honeypot"]))
        self.assertEqual((held.state, held.suspicion), ("held", ["honeypot"]))
        held._sheet_land()
        self.assertFalse(held.lead_id)

    def test_expired_drafts_and_old_content_go(self):
        draft, sent = self.send({}, draft=True), self.landed(message="Secret")
        draft.expires_at = sent.received_at = fields.Datetime.now() - timedelta(400)
        self.submissions._cron_expire()
        self.submissions._cron_erase()
        self.assertFalse(draft.exists())
        self.assertTrue(sent.erased_at and sent.fingerprint)
        self.assertFalse(sent.values or sent.message or sent.consents)
