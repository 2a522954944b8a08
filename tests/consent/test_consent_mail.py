from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .mail_common import ConsentMailCase

UNSUBSCRIBE = "/customer_sheet/unsubscribe/"


@tagged("post_install", "-at_install")
class TestConsentMail(ConsentMailCase):
    """No marketing mail leaves without being judged; ordinary mail is none of our business."""

    def test_who_agreed_is_written_to_with_the_event_that_allowed_it(self):
        mail = self.mail(self.ada)
        with self.mock_mail_gateway():
            mail.send()
        [event] = self.ada._sheet_consent_subjects().event_ids
        self.assertEqual((mail.state, self.sent()), ("sent", ["ada@example.fr"]))
        self.assertEqual(mail.mail_message_id.sheet_consent_event_hash, event.hash)

    def test_who_refused_and_who_never_agreed_is_not_written_to(self):
        mails = self.mail(self.bob), self.mail(self.cleo)
        with self.mock_mail_gateway():
            (mails[0] | mails[1]).send()
        self.assertFalse(self.sent())
        self.assertCancelled(mails[0], "Refused on")
        self.assertCancelled(mails[1], "No consent")
        self.assertFalse(mails[0].mail_message_id.sheet_consent_event_hash)

    def test_ordinary_mail_is_untouched(self):
        for purpose in (False, "customer"):
            mail = self.mail(self.bob, purpose)
            with self.mock_mail_gateway():
                mail.send()
            self.assertEqual(self.sent(), ["bob@example.fr"])
            self.assertNotIn("List-Unsubscribe", self._mails[0]["headers"])
            self.assertFalse(mail.mail_message_id.sheet_consent_event_hash)

    def test_legitimate_interest_is_stamped_with_the_rule(self):
        firm = self.contact(name="Firm", is_company=True, sheet_typology="b2b", email="a@firm.fr")
        mail = self.mail(firm)
        with self.mock_mail_gateway():
            mail.send()
        rule = firm._sheet_consent_rule(self.prospecting, "email")
        self.assertEqual(rule.requirement, "objection")
        self.assertEqual(mail.mail_message_id.sheet_consent_event_hash, rule.sudo().source)

    def test_what_waits_in_the_queue_is_judged_when_it_leaves(self):
        mail = self.mail(self.ada)
        self.decide(self.ada, "withdrawn", effective_at=fields.Datetime.now())
        with self.mock_mail_gateway():
            self.env["mail.mail"].sudo().process_email_queue(mail.ids)
        self.assertFalse(self.sent())
        self.assertCancelled(mail, "Withdrawn on")

    def test_an_objection_follows_the_address_to_any_record(self):
        lead = self.lead(email_from="bob@example.fr")
        campaign = self.env["utm.campaign"].create({"title": "No sheet at all"})
        mails = self.mail(lead) | self.mail(
            self.bob, model="utm.campaign", res_id=campaign.id, email_to="Bob <BOB@example.fr>"
        )
        with self.mock_mail_gateway():
            mails.send()
        self.assertFalse(self.sent())
        self.assertEqual(mails.mapped("state"), ["cancel"] * 2)

    def test_the_stock_blacklist_stays_the_hard_stop(self):
        self.env["mail.blacklist"]._add("stranger@example.fr")
        campaign = self.env["utm.campaign"].create({"title": "No sheet at all"})
        mail = self.mail(
            self.ada, model="utm.campaign", res_id=campaign.id, email_to="stranger@example.fr"
        )
        with self.mock_mail_gateway():
            mail.send()
        self.assertEqual((mail.state, mail.failure_type), ("cancel", "mail_bl"))

    def test_a_recipient_who_refused_is_parted_from_the_others(self):
        mail = self.mail(self.ada, recipient_ids=[self.bob.id, self.rep.partner_id.id])
        with self.mock_mail_gateway():
            mail.send()
        self.assertNotIn("bob@example.fr", " ".join(self.sent()))
        self.assertIn("ada@example.fr", self.sent())
        self.assertEqual(mail.state, "sent")
        parts = self.env["mail.mail"].sudo().search([("recipient_ids", "=", self.bob.id)])
        self.assertCancelled(parts, "Refused on")

    def test_a_record_that_is_gone_leaves_its_address(self):
        for address, state in (("bob@example.fr", "cancel"), ("new@example.fr", "sent")):
            lead = self.lead(email_from=address)
            mail = self.mail(lead)
            self.env.flush_all()
            self.env.cr.execute("DELETE FROM crm_lead WHERE id = %s", [lead.id])
            self.env.invalidate_all()
            with self.mock_mail_gateway():
                mail.send()
            self.assertEqual(mail.state, state)

    # -- the way out ---------------------------------------------------------

    def test_every_message_can_be_stopped_in_one_click(self):
        self.ada.lang = "en_US"
        with self.mock_mail_gateway():
            self.mail(self.ada).send()
        [sent] = self._mails
        self.assertEqual(sent["headers"]["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        url = sent["headers"]["List-Unsubscribe"].strip("<>")
        self.assertIn(UNSUBSCRIBE, url)
        self.assertIn(url, sent["body"])
        self.assertIn(url, sent["body_alternative"])

    def test_a_text_with_its_own_way_out_gets_no_second_one(self):
        body = '<p>Stop: <a href="/my/unsubscribe">here</a></p>'
        with self.mock_mail_gateway():
            self.mail(self.ada, body_html=body).send()
        self.assertNotIn(UNSUBSCRIBE, self._mails[0]["body"])
        self.assertIn(UNSUBSCRIBE, self._mails[0]["headers"]["List-Unsubscribe"])

    def test_a_colleague_gets_no_link_that_unsubscribes_the_customer(self):
        with self.mock_mail_gateway():
            self.mail(self.ada, recipient_ids=[self.rep.partner_id.id]).send()
        links = ["List-Unsubscribe" in sent["headers"] for sent in self._mails]
        self.assertEqual(sorted(links), [False, True])

    # -- evidence --------------------------------------------------------------

    def test_the_message_outlives_a_mail_that_deletes_itself(self):
        mail = self.mail(self.ada, auto_delete=True, is_notification=False)
        message = mail.mail_message_id
        with self.mock_mail_gateway(mail_unlink_sent=True):
            mail.send()
        self.assertFalse(mail.exists())
        self.assertTrue(message.exists().sheet_consent_event_hash)

    def test_nobody_forges_the_stamp_or_changes_the_purpose(self):
        message = self.env["mail.message"].with_user(self.rep)
        message = message.create(
            {
                "model": "res.partner",
                "res_id": self.bob.id,
                "body": "Hello",
                "sheet_consent_event_hash": "$1$forged",
            }
        )
        self.assertFalse(message.sheet_consent_event_hash)
        forged = self.env["mail.message"].with_user(self.rep)
        forged = forged.with_context(default_sheet_consent_event_hash="$1$forged")
        forged = forged.create({"model": "res.partner", "res_id": self.bob.id, "body": "Hello"})
        self.assertFalse(forged.sheet_consent_event_hash)
        for name, value in (("event_hash", "$1$forged"), ("purpose_id", False)):
            with self.assertRaises(AccessError):
                message[f"sheet_consent_{name}"] = value

    def test_colleagues_without_a_sheet_write_as_before(self):
        greeting = "Hello"
        self.outsider.group_ids += self.env.ref("base.group_partner_manager")
        record = self.env["res.partner"].with_user(self.outsider).browse(self.ada.id)
        self.env["mail.message"].with_user(self.outsider).create(
            {"model": "res.partner", "res_id": self.ada.id, "body": greeting}
        )
        template = self.template.with_user(self.outsider)
        with self.mock_mail_gateway():
            record.message_post(body=greeting, partner_ids=self.ada.ids)
            record.message_post_with_source(template, partner_ids=(self.ada | self.bob).ids)
            composer = self.composer(
                self.ada | self.bob, user=self.outsider, template_id=template.id, force_send=True
            )
            composer.action_send_mail()
        self.assertIn("ada@example.fr", " ".join(self.sent()))
        self.assertNotIn("bob@example.fr", " ".join(self.sent()))

    # -- the composer ----------------------------------------------------------

    def test_one_message_is_refused_before_it_is_posted(self):
        composer = self.composer(self.bob, "comment", sheet_consent_purpose_id=self.prospecting.id)
        with self.assertRaisesRegex(UserError, "Bob: Refused on"):
            composer.action_send_mail()
        self.assertNotIn("Buy it", " ".join(self.bob.message_ids.mapped("body")))

    def test_one_message_to_somebody_else_who_refused_is_refused(self):
        composer = self.composer(
            self.ada,
            "comment",
            sheet_consent_purpose_id=self.prospecting.id,
            partner_ids=self.bob.ids,
        )
        with self.assertRaisesRegex(UserError, "Bob: Refused on"):
            composer.action_send_mail()

    def test_ordinary_correspondence_needs_no_consent(self):
        composer = self.composer(self.bob, "comment", partner_ids=self.bob.ids)
        self.assertFalse(composer.sheet_consent_purpose_id)
        with self.mock_mail_gateway():
            composer.action_send_mail()
        self.assertIn("bob@example.fr", " ".join(self.sent()))

    def test_a_scheduled_message_is_judged_twice(self):
        later = fields.Datetime.add(fields.Datetime.now(), days=1)
        values = {"sheet_consent_purpose_id": self.prospecting.id, "scheduled_date": str(later)}
        refused = self.composer(self.bob, "comment", partner_ids=self.bob.ids, **values)
        with self.assertRaises(UserError):
            refused.action_schedule_message()
        self.composer(
            self.ada, "comment", partner_ids=self.ada.ids, **values
        ).action_schedule_message()
        self.decide(self.ada, "withdrawn")
        scheduled = self.env["mail.scheduled.message"].search([("res_id", "=", self.ada.id)])
        with self.mock_mail_gateway():
            scheduled.sudo()._post_message()
        self.assertFalse(self.sent())
