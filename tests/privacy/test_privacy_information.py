"""Whoever did not give us their data is told so within a month (GDPR, Art. 14)."""

from datetime import date

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mail.tests.common import MockEmail

from ..consent.common import ConsentCase

TODAY = "2026-11-30 10:00:00"


@tagged("post_install", "-at_install")
class TestPrivacyInformation(MockEmail, ConsentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.partner_source = cls.env.ref("crm_customer_sheet.option_source_partner")
        cls.partner_source.is_indirect = True
        cls.officer.group_ids += cls.env.ref("sales_team.group_sale_manager")
        cls.website = cls.env.ref("crm_customer_sheet.option_source_website")
        purpose = cls.env["customer.sheet.consent.purpose"]._by_code("prospecting")
        cls.notice = purpose.notice_id = cls.env["customer.sheet.consent.notice"].create(
            {"name": "What we do"}
        )
        version = cls.env["customer.sheet.consent.notice.version"].create(
            {"notice_id": cls.notice.id, "lang": "en_US", "body": "<p>What we do</p>"}
        )
        version._publish()
        cls.version = version

    def night(self):
        self.env.flush_all()
        for host in ("res.partner", "crm.lead"):
            self.env[host].sudo()._sheet_clocks()

    def waiting(self, *records):
        return [bool(r.filtered_domain(r._sheet_inform_domain())) for r in records]

    def send(self, record, to=None, body="<p>Hello</p>"):
        """What leaves of a message about a record."""
        mail = {"model": record._name, "res_id": record.id, "body_html": body}
        with self.mock_mail_gateway():
            self.env["mail.mail"].create(
                {**mail, "email_from": "us@example.com", "email_to": to or "ada@example.fr"}
            ).send()
        return "".join(mail["body"] for mail in self._mails)

    # -- the clock ---------------------------------------------------------------

    def test_a_month_from_the_day_on_which_we_got_the_data(self):
        lead = self.lead(sheet_source_id=self.partner_source.id)
        contact = self.contact(sheet_source_id=self.partner_source.id)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE crm_lead SET create_date = '2026-01-31 08:00' WHERE id = %s", [lead.id]
        )
        self.night()
        self.assertEqual(lead.sheet_inform_by, date(2026, 2, 28))
        self.assertTrue(contact.sheet_inform_by)
        self.assertEqual(self.waiting(lead, contact), [True, True])

    def test_who_gave_us_their_data_has_no_clock(self):
        direct = self.lead(sheet_source_id=self.website.id)
        company = self.contact(sheet_source_id=self.partner_source.id, is_company=True)
        unnamed = self.lead(
            sheet_source_id=self.partner_source.id, contact_name=False, email_from=False
        )
        contact = self.contact(sheet_source_id=self.partner_source.id)
        of_contact = self.lead(sheet_source_id=self.partner_source.id, partner_id=contact.id)
        self.night()
        found = self.waiting(direct, company, unnamed, of_contact, contact)
        self.assertEqual(found, [False, False, False, False, True])

    def test_the_clock_stops_where_the_source_was_wrong(self):
        lead = self.lead(sheet_source_id=self.partner_source.id)
        self.night()
        lead.sheet_source_id = self.website
        self.night()
        self.assertFalse(lead.sheet_inform_by)
        self.website.is_indirect = True
        self.night()
        self.assertTrue(lead.sheet_inform_by)

    def test_nobody_writes_the_clock(self):
        lead = self.lead(sheet_source_id=self.partner_source.id)
        self.night()
        written = lead.write_date
        lead.with_user(self.manager).write({"sheet_informed_on": TODAY})
        self.lead(sheet_informed_on=TODAY, sheet_inform_by="2026-01-01")
        self.assertEqual(self.waiting(lead), [True])
        self.night()
        self.assertGreaterEqual(lead.write_date, written)

    # -- the first message ----------------------------------------------------------

    def test_the_first_message_informs_and_stops_the_clock(self):
        lead = self.lead(sheet_source_id=self.partner_source.id)
        self.night()
        body = self.send(lead)
        self.assertIn(self.version.url, body)
        self.assertIn("source: Partner", body)
        self.assertTrue(lead.sheet_informed_on)
        [event] = lead._sheet_consent_events(("state", "=", "informed"))
        self.assertEqual((event.notice_version_id, event.method), (self.version, "email"))
        self.assertNotIn(self.version.url, self.send(lead))
        self.assertFalse(self.standing(lead), "it is no decision")

    def test_it_does_so_on_the_same_day(self):
        contact = self.contact(sheet_source_id=self.partner_source.id)
        self.assertIn(self.version.url, self.send(contact))
        self.night()
        self.assertEqual(self.waiting(contact), [False])

    def test_a_message_to_a_colleague_informs_nobody(self):
        lead = self.lead(sheet_source_id=self.partner_source.id)
        with self.mock_mail_gateway():
            self.env["mail.mail"].create(
                {
                    "model": lead._name,
                    "res_id": lead.id,
                    "body_html": "<p>Look</p>",
                    "email_from": "us@example.com",
                    "recipient_ids": [fields.Command.link(self.rep.partner_id.id)],
                }
            ).send()
        self.assertNotIn(self.version.url, self._mails[0]["body"])
        self.assertFalse(lead.sheet_informed_on)

    def test_a_message_that_does_not_leave_informs_nobody(self):
        lead = self.lead(sheet_source_id=self.partner_source.id)
        self.send(lead, to="nobody at all")
        self.assertFalse(lead.sheet_informed_on)

    def test_without_a_notice_the_clock_runs_on(self):
        self.env["customer.sheet.consent.purpose"]._by_code("prospecting").notice_id = False
        lead = self.lead(sheet_source_id=self.partner_source.id)
        self.send(lead)
        self.assertFalse(lead.sheet_informed_on)

    def test_an_ordinary_message_costs_one_query(self):
        contact = self.contact(sheet_source_id=self.website.id)
        mail = self.env["mail.mail"].create(
            {"model": contact._name, "res_id": contact.id, "email_to": "ada@example.fr"}
        )
        mail._sheet_uninformed()
        self.env.flush_all()
        with self.assertQueryCount(1):
            mail._sheet_uninformed()

    def test_what_the_person_read_since_stops_the_clock(self):
        lead = self.lead(sheet_source_id=self.partner_source.id)
        told_by_us = self.lead(sheet_source_id=self.partner_source.id, email_from="b@example.fr")
        self.night()
        self.decide(lead, "given", actor_kind="subject", method="web_form")
        self.decide(told_by_us, "given")
        self.night()
        self.assertEqual(self.waiting(lead, told_by_us), [False, True])

    # -- the dialog --------------------------------------------------------------------

    def inform(self, records, **values):
        dialog = self.env["customer.sheet.information"].with_user(self.officer)
        dialog = dialog.with_context(active_model=records._name, active_ids=records.ids)
        return dialog.create(values)

    def test_the_officer_writes_to_many(self):
        french = self.env["res.lang"]._activate_lang("fr_FR")
        leads = self.lead(sheet_source_id=self.partner_source.id) | self.lead(
            sheet_source_id=self.partner_source.id,
            email_from="yan@example.fr",
            lang_id=french.id,
        )
        silent = self.lead(sheet_source_id=self.partner_source.id, email_from=False)
        self.night()
        dialog = self.inform(leads | silent)
        self.assertEqual((dialog.mail_count, dialog.unreachable_count), (2, 1))
        dialog.action_save()
        mails = self.env["mail.mail"].search([("model", "=", "crm.lead")], limit=2)
        self.assertEqual(set(mails.mapped("res_id")), set(leads.ids))
        self.assertEqual(self.waiting(*leads), [True, True], "nothing has left yet")
        with self.mock_mail_gateway():
            mails.send()
        for mail in self._mails:
            self.assertEqual(mail["body"].count(self.version.url), 1)
        self.assertEqual(self.waiting(*leads, silent), [False, False, True])

    def test_what_was_told_otherwise_is_noted(self):
        lead = self.lead(sheet_source_id=self.partner_source.id, email_from=False)
        self.night()
        with self.assertRaises(UserError):
            self.inform(lead).action_save()
        self.inform(
            lead, how="told", method="paper", what="By post", effective_at="2026-01-02 10:00:00"
        ).action_save()
        [event] = lead._sheet_consent_events()
        self.assertEqual(
            (event.state, event.method, event.actor_kind), ("informed", "paper", "user")
        )
        self.assertEqual(self.waiting(lead), [False])
        with self.assertRaises(UserError):
            self.inform(lead).action_save()

    def test_who_may_not_see_the_lead_informs_nobody(self):
        lead = self.lead(sheet_source_id=self.partner_source.id)
        dialog = self.env["customer.sheet.information"].with_user(self.outsider)
        with self.assertRaises(AccessError):
            dialog.with_context(active_model="crm.lead", active_ids=lead.ids).create({})

    def test_it_is_due_and_late_is_a_control_that_is_not_right(self):
        before = self.env["customer.sheet.control"]._check_informed()
        lead = self.lead(sheet_source_id=self.partner_source.id)
        self.night()
        desk = self.env["customer.sheet.desk"].with_user(self.officer)
        [line] = [each for each in desk._due() if each.code == "inform_crm_lead"]
        self.assertEqual(line.day, min(lead.sheet_inform_by, line.day))
        with freeze_time("2100-01-01"):
            late = self.env["customer.sheet.control"]._check_informed()
        self.assertEqual((before.ok, late.ok), (True, False))
