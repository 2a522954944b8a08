from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..people import person
from ..upkeep import do_chore
from .public_common import PublicCase


@tagged("post_install", "-at_install")
class TestConsentOptIn(PublicCase):
    def ask(self, sheet=None, **context):
        (sheet or self.ada).with_user(self.rep).with_context(
            **context
        ).action_sheet_consent_request()
        mails = self.mails_to((sheet or self.ada).sudo().email_normalized)
        return self.link_in(mails[-1])

    def answer(self, path, answer):
        form = {**self.form_of(self.get(path).text), "answer": answer}
        return self.url_open(path, data=form)

    def remind(self):
        do_chore(self, "consent_reminders")

    def in_days(self, days):
        return freeze_time(datetime.now() + timedelta(days=days))

    # -- the journey ----------------------------------------------------------------

    def test_only_the_persons_own_click_gives_consent(self):
        path = self.ask()
        self.assertFalse(self.may(self.ada))
        before = self.ledger()
        page = self.get(path)
        self.opener.head(self.base_url() + path)
        self.assertEqual(self.ledger(), before, "mail scanners follow links")
        self.assertIn("Prospecting: Yes, you may write to me by e-mail", page.text)
        self.assertIn("We tell you", page.text)
        self.assertIn("your agreement is confirmed", self.answer(path, "yes").text)
        self.assertTrue(self.may(self.ada))
        asked, given = self.ada._sheet_consent_events().sorted("id")
        self.assertEqual((asked.state, asked.actor_kind), ("requested", "user"))
        self.assertEqual((given.state, given.actor_kind), ("given", "subject"))
        self.assertEqual((given.method, given.strength), ("double_opt_in", "4"))
        self.assertEqual(given.related_hash, asked.hash)
        self.assertTrue(given.payload_ids._read()["label"].startswith("Prospecting: Yes"))

    def test_a_link_confirms_once(self):
        path = self.ask()
        form = self.form_of(self.get(path).text)
        for answer in ("yes", "yes", "no"):
            page = self.url_open(path, data={**form, "answer": answer})
            self.assertIn("your agreement is confirmed", page.text)
        self.assertEqual(len(self.events_of(self.ada)), 2)

    def test_who_did_not_ask_for_it_refuses(self):
        path = self.ask()
        self.assertIn("you do not agree", self.answer(path, "unasked").text)
        self.assertEqual(self.standing(self.ada), ["refused"])
        refusal = self.ada._sheet_consent_events()[0]
        self.assertEqual(refusal.payload_ids._read()["answer"], "unasked")
        page = self.get(path).text
        self.assertIn("you do not agree", page)
        self.assertNotIn('name="answer"', page)

    def test_an_answer_that_is_none_changes_nothing(self):
        path = self.ask()
        self.answer(path, "maybe")
        self.assertEqual(self.standing(self.ada), ["requested"])

    def test_the_link_expires_and_the_request_stays_a_request(self):
        path = self.ask()
        with self.in_days(8):
            self.assertEqual(self.get(path).status_code, 404)
        self.assertEqual(self.standing(self.ada), ["requested"])

    def test_a_changed_address_or_number_invalidates_the_link(self):
        path = self.ask(sheet_consent_channel="phone")
        self.ada.phone = "+33 6 98 76 54 32"
        self.assertEqual(self.get(path).status_code, 404)
        self.ada.phone = "+33 6 12 34 56 78"
        self.assertEqual(self.get(path).status_code, 200)
        self.ada.email = "other@example.fr"
        self.assertEqual(self.get(path).status_code, 404)

    def test_an_email_can_ask_for_calls_and_is_strong_enough(self):
        monday = datetime.now() + timedelta(days=7 - datetime.now().weekday())
        calling_hour = monday.replace(hour=9, minute=30)
        self.decide(self.ada, "given", channel="phone", method="import")
        self.assertFalse(self.may(self.ada, channel="phone", when=calling_hour))
        with freeze_time(calling_hour - timedelta(minutes=15)):
            self.answer(self.ask(sheet_consent_channel="phone"), "yes")
            self.assertTrue(self.may(self.ada, channel="phone", when=calling_hour))

    def test_leads_are_asked_too(self):
        lead = self.lead(email_from="lead@example.fr")
        self.answer(self.ask(lead), "yes")
        self.assertTrue(self.may(lead))

    def test_the_link_survives_the_conversion_of_the_lead(self):
        lead = self.lead(email_from="lead@example.fr")
        path = self.ask(lead)
        lead.sudo().convert_opportunity(self.contact(email="lead@example.fr"))
        self.answer(path, "yes")
        self.assertTrue(self.may(lead))
        self.assertTrue(self.may(lead.partner_id))

    # -- who may be asked ----------------------------------------------------------

    def refused(self, words, sheet=None, **context):
        with self.assertRaisesRegex(UserError, words):
            self.ask(sheet, **context)

    def test_who_cannot_be_reached_cannot_be_asked(self):
        self.refused("no valid e-mail", self.contact(email=False))
        self.refused("how to reach", self.contact(phone=False), sheet_consent_channel="phone")

    def test_nobody_is_asked_without_a_notice_in_force(self):
        self.purpose.notice_id = self.env["customer.sheet.consent.notice"].create({"name": "New"})
        self.refused("No notice is in force")

    def test_nobody_is_asked_where_consent_means_nothing(self):
        self.refused("nothing to ask", sheet_consent_purpose="customer")

    def test_who_is_on_the_do_not_contact_list_is_left_alone(self):
        self.env["mail.blacklist"]._add("ada@example.fr")
        self.ada.invalidate_recordset()
        self.refused("do-not-contact list")

    def test_who_objected_is_never_asked_again(self):
        self.decide(self.ada, "objected")
        with self.in_days(1000):
            self.refused("may not be asked again")

    def test_an_objection_follows_the_address_to_another_sheet(self):
        self.decide(self.contact(name="Ada bis"), "objected")
        self.refused("may not be asked again")

    def test_who_refused_is_asked_again_after_the_cooling_off_of_the_rule(self):
        rule = self.ada.sudo()._sheet_consent_rule(self.purpose, "phone")
        rule.cooling_off_days = 60
        self.decide(self.ada, "refused", channel="phone")
        with self.in_days(59):
            self.refused("before", sheet_consent_channel="phone")
        with self.in_days(61):
            self.assertTrue(self.ask(sheet_consent_channel="phone"))

    def test_who_agreed_or_was_just_asked_is_not_asked_again(self):
        path = self.ask()
        self.refused("can still answer")
        self.answer(path, "yes")
        self.refused("already agreed")

    def test_only_users_of_sheets_who_may_edit_them_ask(self):
        outsider = person(self.env, "outsider", "opt_in_outsider")
        with self.assertRaises(AccessError):
            self.ada.with_user(outsider).action_sheet_consent_request()

    # -- the mail ------------------------------------------------------------------

    def test_the_link_is_for_nobody_but_the_person(self):
        self.ask()
        mail = self.mails_to("ada@example.fr")
        self.assertFalse(mail.mail_message_id.model or mail.recipient_ids)
        self.assertNotEqual(mail.author_id, self.rep.partner_id)
        self.assertTrue(mail.auto_delete)
        noted = self.ada.message_ids.mapped("body")
        self.assertTrue(any("Asked by e-mail for consent" in body for body in noted))
        self.assertFalse(any("/customer_sheet/" in body for body in noted))
        with self.assertRaises(AccessError):
            mail.mail_message_id.with_user(self.rep).read(["body"])

    def test_the_mail_is_rendered_for_every_company_without_any_fact(self):
        for template in ("opt_in", "link"):
            template = self.env.ref(f"crm_customer_sheet.mail_template_consent_{template}")
            bodies = template._render_field("body_html", self.env["res.company"].search([]).ids)
            self.assertTrue(all(bodies.values()))
            self.assertFalse(template.use_default_to)

    # -- the reminder --------------------------------------------------------------

    def test_who_does_not_answer_is_reminded_once(self):
        path = self.ask()
        self.remind()
        self.assertEqual(len(self.mails_to("ada@example.fr")), 1, "too early")
        for days in (4, 5, 6):
            with self.in_days(days):
                self.remind()
        mails = self.mails_to("ada@example.fr")
        self.assertEqual(len(mails), 2)
        self.assertIn("only reminder", " ".join(mails[-1].body_html.split()))
        self.answer(self.link_in(mails[-1]), "yes")
        self.assertIn("your agreement is confirmed", self.get(path).text, "one request, one answer")
        asked, reminder, given = self.ada._sheet_consent_events().sorted("id")
        self.assertEqual((reminder.state, reminder.actor_kind), ("requested", "system"))
        self.assertEqual(reminder.related_hash, asked.hash)
        self.assertEqual(given.related_hash, asked.hash)

    def test_who_answered_decided_or_left_is_not_reminded(self):
        answered, decided, moved, blocked = (
            self.contact(email=f"{name}@example.fr", phone=False) for name in "abcd"
        )
        for sheet in (decided, moved, blocked):
            self.ask(sheet)
        self.answer(self.ask(answered), "no")
        self.decide(decided, "given")
        self.env["mail.blacklist"]._add("d@example.fr")
        moved.email = "elsewhere@example.fr"
        with self.in_days(4):
            self.remind()
        for name in ("a", "b", "d", "elsewhere"):
            mails = self.mails_to(f"{name}@example.fr")
            self.assertFalse(
                mails.filtered(lambda m: "only" in m.body_html and "reminder" in m.body_html)
            )

    def test_an_expired_request_is_not_reminded(self):
        self.ask()
        with self.in_days(8):
            self.remind()
        self.assertEqual(len(self.mails_to("ada@example.fr")), 1)
