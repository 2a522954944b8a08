from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .mail_common import ConsentMailCase

DECISIONS = ("given", "renewed", "refused", "withdrawn", "objected")


@tagged("post_install", "-at_install")
class TestConsentMailMass(ConsentMailCase):
    """Messages to many: who may not be written to is named before, and cancelled."""

    @property
    def everybody(self):
        return self.ada | self.bob | self.cleo

    def test_messages_to_many_contacts_are_prospecting_unless_said_otherwise(self):
        composer = self.composer(self.everybody)
        self.assertEqual(composer.sheet_consent_purpose_id, self.prospecting)
        composer.sheet_consent_purpose_id = False
        with self.assertRaisesRegex(UserError, "Choose what these messages are for"):
            composer.action_send_mail()

    def test_the_template_says_what_a_message_is_for(self):
        self.template.sheet_consent_purpose_id = self.env.ref(
            "crm_customer_sheet.consent_purpose_customer"
        )
        composer = self.composer(self.everybody, template_id=self.template.id)
        self.assertEqual(composer.sheet_consent_purpose_id.code, "customer")

    def test_the_dialog_names_those_who_may_not_be_written_to(self):
        composer = self.composer(self.everybody)
        self.assertIn("2 of 3", composer.sheet_consent_alert)
        self.assertIn(f"/odoo/res.partner/{self.bob.id}", composer.sheet_consent_refused)
        self.assertNotIn("Ada", composer.sheet_consent_refused)
        composer.sheet_consent_purpose_id = self.env.ref(
            "crm_customer_sheet.consent_purpose_customer"
        )
        self.assertFalse(composer.sheet_consent_alert)

    def test_a_template_without_a_purpose_keeps_the_one_chosen(self):
        self.template.sheet_consent_purpose_id = False
        newsletter = self.env.ref("crm_customer_sheet.consent_purpose_newsletter")
        composers = self.env["mail.compose.message"].with_user(self.rep)
        context = {"default_model": "res.partner", "default_res_ids": self.ada.ids}
        with Form(composers.with_context(**context)) as form:
            form.sheet_consent_purpose_id = newsletter
            form.template_id = self.template
            self.assertEqual(form.sheet_consent_purpose_id, newsletter)

    def test_the_form_opens_in_both_modes(self):
        for mode in ("comment", "mass_mail"):
            composers = self.env["mail.compose.message"].with_user(self.rep)
            context = {
                "default_model": "res.partner",
                "default_res_ids": self.everybody.ids if mode == "mass_mail" else self.ada.ids,
                "default_composition_mode": mode,
            }
            with Form(composers.with_context(**context)) as form:
                form.subject = "Our offer"
                self.assertEqual(bool(form.sheet_consent_purpose_id), mode == "mass_mail")

    def test_refused_ones_are_cancelled_and_not_dropped(self):
        composer = self.composer(self.everybody, force_send=True, auto_delete=False)
        with self.mock_mail_gateway():
            mails, _messages = composer._action_send_mail()
        self.assertEqual(self.sent(), ['"Ada" <ada@example.fr>'])
        self.assertEqual(sorted(mails.mapped("state")), ["cancel", "cancel", "sent"])
        self.assertTrue(all(mail.failure_reason for mail in mails if mail.state == "cancel"))

    def test_automatic_messages_to_many_are_for_what_their_template_says(self):
        self.template.sheet_consent_purpose_id = False
        with self.mock_mail_gateway():
            self.everybody.message_mail_with_source(self.template, force_send=True)
        self.assertEqual(len(self.sent()), 3)

    def test_a_batch_costs_no_query_for_each_mail(self):
        mails = self.env["mail.mail"]
        counts = []
        for size in (10, 100):
            mails = self.env["mail.mail"].union(*(self.mail(c) for c in self._crowd(size)))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            mails._sheet_letter_judge()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(set(mails.mapped("state")), {"cancel", "outgoing"})
        self.assertLessEqual(counts[1], counts[0])

    def test_ordinary_mail_costs_no_query(self):
        mails = self.env["mail.mail"].union(*(self.mail(c, False) for c in self._crowd(5)))
        self.env.flush_all()
        with self.assertQueryCount(0):
            mails._sheet_letter_judge()

    def _crowd(self, size):
        """Create contacts; the even ones agree."""
        crowd = self.env["res.partner"].create(
            [
                {
                    "name": f"Person {size}/{number}",
                    "email": f"p{size}.{number}@example.fr",
                    "country_id": self.france.id,
                    "sheet_typology": "b2c",
                }
                for number in range(size)
            ]
        )
        self.decide(crowd[::2], "given", method="web_form")
        return crowd


@tagged("post_install", "-at_install")
class TestConsentMailPaths(ConsentMailCase):
    """Whatever the path, nobody who refused last gets a marketing mail."""

    def test_no_path_leads_to_somebody_who_refused(self):
        paths = (self._comment, self._mass, self._template, self._queue, self._reply)

        @settings(
            max_examples=25,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(
            st.lists(st.sampled_from(DECISIONS), max_size=3),
            st.sampled_from(paths),
            st.sampled_from(("res.partner", "crm.lead")),
        )
        def check(decisions, path, host):
            with self.env.cr.savepoint(flush=True) as savepoint:
                self._check(decisions, path, host)
                savepoint.rollback()
            self.env.invalidate_all()

        check()

    def _check(self, decisions, path, host):
        if host == "res.partner":
            record = self.contact(name="Dora", email="dora@example.fr")
        else:
            record = self.lead(email_from="dora@example.fr")
        for day, decision in enumerate(decisions, 1):
            self.decide(record, decision, effective_at=f"2026-01-{day:02} 10:00:00")
        with self.mock_mail_gateway():
            try:
                path(record)
            except UserError:
                self.assertFalse(self._mails)
        expected = bool(decisions) and decisions[-1] in ("given", "renewed")
        self.assertEqual("dora@example.fr" in " ".join(self.sent()), expected, decisions)

    def _comment(self, record, **values):
        values.setdefault("partner_ids", self._partner(record).ids)
        self.composer(
            record, "comment", sheet_consent_purpose_id=self.prospecting.id, **values
        ).action_send_mail()

    def _reply(self, record):
        question = f"{record.display_name}?"
        parent = record.message_post(body=question)
        self._comment(record, parent_id=parent.id)

    def _mass(self, record):
        self.composer(record, force_send=True).action_send_mail()

    def _template(self, record):
        template = self.template.copy({"model_id": self.env["ir.model"]._get_id(record._name)})
        template.with_user(self.rep).sudo().send_mail(record.id, force_send=True)

    def _queue(self, record):
        mail = self.mail(record)
        self.env["mail.mail"].sudo().process_email_queue(mail.ids)

    def _partner(self, record):
        if record._name == "res.partner":
            return record
        # a stock reply to a lead goes to a contact that is made of its address
        record.with_user(self.rep).partner_id = self.env["res.partner"].create(
            {
                "name": "Dora",
                "email": "dora@example.fr",
                "country_id": self.france.id,
                "sheet_typology": "b2c",
            }
        )
        return record.partner_id


@tagged("post_install", "-at_install")
class TestConsentMailTemplate(ConsentMailCase):
    def test_a_template_sends_for_its_purpose(self):
        with self.mock_mail_gateway():
            for contact in (self.ada, self.bob):
                self.template.send_mail(contact.id, force_send=True)
        self.assertIn("ada@example.fr", " ".join(self.sent()))
        self.assertNotIn("bob@example.fr", " ".join(self.sent()))

    def test_an_automatic_post_is_not_stopped_but_its_mail_is(self):
        with self.mock_mail_gateway():
            self.bob.message_post_with_source(
                self.template, partner_ids=self.bob.ids, subtype_xmlid="mail.mt_comment"
            )
        self.assertFalse(self.sent())
        [notification] = self.bob.message_ids[0].notification_ids
        self.assertEqual(notification.notification_status, "canceled")
        self.assertIn("Refused on", notification.failure_reason)

    def test_a_copy_of_a_message_is_not_evidence(self):
        mail = self.mail(self.ada, recipient_ids=[Command.set(self.ada.ids)])
        with self.mock_mail_gateway():
            mail.send()
        copy = mail.mail_message_id.copy()
        self.assertFalse(copy.sheet_consent_event_hash)
