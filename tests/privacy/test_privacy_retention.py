"""How long data stay: whose time is over, what keeps them, and nothing without a signature."""

import re
from unittest.mock import patch

from dateutil.relativedelta import relativedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service.model import call_kw
from odoo.tests import TransactionCase, tagged

from ...models.privacy.retention.acts import KINDS, SOURCES
from ...models.sheet import clock
from ..people import people, person
from ..upkeep import do_chore


@tagged("post_install", "-at_install")
class TestPrivacyRetention(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer, cls.rep = people(cls.env, "officer", "rep")
        cls.france = cls.env.ref("base.fr")
        cls.env.company.country_id = cls.france
        cls.today = clock.common_today(cls.env)
        cls.runs = cls.env["customer.sheet.retention.run"].with_user(cls.officer)
        cls.prospects = cls.env.ref("crm_customer_sheet.retention_prospects")
        cls.customers = cls.env.ref("crm_customer_sheet.retention_customers")
        cls.ada = cls.contact("Ada Prospect", email="ada@prospect.example")

    @classmethod
    def contact(cls, name, months=40, **values):
        """Create a contact that is so old."""
        return cls.aged(cls.env["res.partner"].create({"name": name, **values}), months)

    @classmethod
    def aged(cls, record, months):
        record.flush_recordset()
        cls.env.cr.execute(
            f"UPDATE {record._table} SET create_date = %s WHERE id = %s",
            [cls.ago(months), record.id],
        )
        record.invalidate_recordset()
        return record

    @classmethod
    def ago(cls, months):
        return cls.today - relativedelta(months=months)

    def quiet(self):
        """Nobody is asked first."""
        (self.prospects + self.customers).ask_purpose_id = False

    def wrote(self, author, months, **values):
        return self.env["mail.message"].create(
            {
                "message_type": "email",
                "author_id": author.id,
                "date": self.ago(months),
                "model": "res.partner",
                "res_id": self.ada.id,
                "body": "Hello",
                **values,
            }
        )

    def look(self):
        self.env.flush_all()
        return self.runs._start()

    def found(self, *records):
        """Return what a new preview says of each of these: (action, because)."""
        lines = self.look().line_ids
        of = {line.partner_id or line.lead_id: (line.action, line.because) for line in lines}
        return [of.get(record) for record in records]

    # -- whose time is over ----------------------------------------------------------

    def test_who_did_nothing_for_three_years_is_asked_once(self):
        young = self.contact("Young", months=30)
        self.assertEqual(self.found(self.ada, young), [("ask", False), None])

    def test_without_an_address_nobody_can_be_asked(self):
        self.ada.email = False
        self.assertEqual(self.found(self.ada), [("erase", False)])

    def test_their_own_message_starts_the_time_anew_and_ours_does_not(self):
        self.quiet()
        bob, cid = self.contact("Bob"), self.contact("Cid")
        self.wrote(bob, 3)
        self.wrote(self.rep.partner_id, 3, res_id=cid.id)
        self.wrote(cid, 3, message_type="email_outgoing")
        self.wrote(cid, 38)
        self.assertEqual(self.found(bob, cid), [None, ("erase", False)])
        line = self.look().line_ids.filtered(lambda line: line.partner_id == cid)
        self.assertEqual((line.act_kind, line.act_on), ("message", self.ago(38)))
        self.assertEqual(line.term_on, self.ago(38) + relativedelta(months=36))

    def test_a_day_before_the_term_nothing_is_over(self):
        self.quiet()
        self.wrote(self.ada, 36)
        self.assertEqual(self.found(self.ada), [("erase", False)])
        self.wrote(self.ada, 0, date=self.ago(36) + relativedelta(days=1))
        self.assertEqual(self.found(self.ada), [None])

    def test_a_meeting_that_was_held_counts_and_a_declined_one_does_not(self):
        self.quiet()
        bob = self.contact("Bob")
        for guest, state in ((self.ada, "declined"), (bob, "accepted")):
            at = self.ago(2)
            meeting = self.env["calendar.event"].create(
                {"name": "Call", "start": at, "stop": at, "partner_ids": guest.ids}
            )
            meeting.attendee_ids.write({"state": state})
        self.assertEqual(self.found(self.ada, bob), [("erase", False), None])

    def test_a_lead_of_a_contact_is_theirs_and_one_alone_is_a_person(self):
        self.quiet()
        leads = self.env["crm.lead"]
        hers = leads.create({"name": "Hers", "partner_id": self.ada.id, "type": "lead"})
        alone = leads.create({"name": "Alone", "contact_name": "Al One", "phone": "0612345678"})
        nobody = leads.create({"name": "Nobody", "partner_name": "Atlas"})
        for lead in (hers, alone, nobody):
            self.aged(lead, 40)
        self.assertEqual(
            self.found(self.ada, hers, alone, nobody),
            [("erase", False), None, ("erase", False), None],
        )
        self.wrote(self.env["res.partner"], 1, model="crm.lead", res_id=hers.id, author_id=False)
        self.assertEqual(self.found(self.ada, alone), [None, ("erase", False)])

    def test_companies_colleagues_and_addresses_have_no_term(self):
        self.quiet()
        company = self.contact("Atlas", is_company=True)
        address = self.contact("Depot", parent_id=self.ada.id, type="delivery")
        colleague = self.aged(self.rep.partner_id, 60)
        self.assertEqual(self.found(company, address, colleague), [None] * 3)

    def test_whoever_shares_an_address_counts_together(self):
        self.quiet()
        twin = self.contact("Ada Prospect", email="ADA@prospect.example", months=1)
        self.assertEqual(self.found(self.ada, twin), [None, None])

    def test_a_customer_counts_from_the_last_purchase(self):
        self.quiet()
        self.ada.sheet_maturity = "active"
        self.ada.sheet_last_order_date = self.ago(37)
        line = self.look().line_ids.filtered(lambda line: line.partner_id == self.ada)
        self.assertEqual(line.rule_id, self.customers)
        self.ada.sheet_last_order_date = self.ago(20)
        self.assertEqual(self.found(self.ada), [None])

    def test_the_first_rule_that_fits_counts(self):
        self.quiet()
        morocco = self.env.ref("crm_customer_sheet.retention_prospects_ma")
        morocco.write({"months": 60, "ask_purpose_id": False})
        self.ada.country_id = self.env.ref("base.ma")
        self.assertEqual(self.found(self.ada), [None])
        morocco.active = False
        self.assertEqual(self.found(self.ada), [("erase", False)])
        self.prospects.typology = "b2b"
        self.ada.sheet_typology = "b2c"
        self.assertEqual(self.found(self.ada), [None])

    def test_every_source_of_acts_can_be_read(self):
        kinds = {source.kind for source in SOURCES}
        self.assertEqual(kinds, set(dict(KINDS)))

    # -- what keeps them -----------------------------------------------------------------

    def test_a_purpose_with_a_longer_period_keeps_them(self):
        self.quiet()
        loyalty = self.env.ref("crm_customer_sheet.consent_purpose_loyalty")
        loyalty.retention_months = 60
        said = {"purpose": "loyalty", "channel": "email", "state": "given"}
        self.ada._sheet_consent_record([said], method="import", effective_at=self.ago(10))
        line = self.look().line_ids.filtered(lambda line: line.partner_id == self.ada)
        self.assertEqual((line.action, line.because), ("keep", "purpose"))
        self.assertIn("Customer offers", line.kept_words)
        said["state"] = "withdrawn"
        self.ada._sheet_consent_record([said], method="phone")
        self.assertEqual(self.found(self.ada), [("erase", False)])

    def test_an_open_request_keeps_them(self):
        self.quiet()
        requests = self.env["customer.sheet.request"].with_user(self.officer)
        requests.create({"kind": "access", "partner_id": self.ada.id})
        self.assertEqual(self.found(self.ada), [("keep", "request")])

    def test_who_is_closed_off_for_a_document_is_dealt_with(self):
        self.quiet()
        self.ada._sheet_restrict("claims", self.today + relativedelta(years=1))
        self.assertEqual(self.found(self.ada), [None])
        bob = self.contact("Bob")
        bob._sheet_restrict("request")
        self.assertEqual(self.found(bob), [("keep", "restricted")])

    def test_an_officer_keeps_somebody_all_the_same_and_says_why(self):
        self.quiet()
        line = self.look().line_ids.filtered(lambda line: line.partner_id == self.ada)
        with self.assertRaises(ValidationError):
            line.keep_until = self.today + relativedelta(months=6)
        line.write({"keep_until": self.today + relativedelta(months=6), "keep_why": "A dispute"})
        self.assertIn("A dispute", line.sheet_changes)
        self.assertEqual(self.found(self.ada), [("keep", "officer")])
        with self.assertRaises(AccessError):
            line.action = "keep"

    # -- nothing without a signature ---------------------------------------------------

    def erasing(self):
        """Have erasures noted instead of done; return where."""
        erased = []

        def erase(model, records, words):
            erased.extend(records)
            return {record: ("erased", None, "") for record in records}

        erasures = type(self.env["customer.sheet.erasure"])
        self.startPatcher(patch.object(erasures, "_erase_term", erase))
        return erased

    def carry_out(self, run):
        """Do what the scheduled action does, but in this transaction."""
        while run.state == "running":
            run.sudo()._advance()

    def test_nothing_happens_before_the_preview_is_signed(self):
        self.quiet()
        erased = self.erasing()
        run = self.look()
        self.assertEqual(run.state, "preview")
        self.assertFalse(run.sudo()._running())
        run.action_sign()
        self.assertEqual((run.state, run.signed_by_id), ("running", self.officer))
        self.carry_out(run)
        self.assertIn(self.ada, erased)
        self.assertEqual((run.state, run.done), ("done", run.total))
        line = run.line_ids.filtered(lambda line: line.partner_id == self.ada)
        self.assertEqual((line.state, line.outcome), ("done", "erased"))
        with self.assertRaisesRegex(UserError, "past that"):
            run.action_sign()

    def test_the_button_of_the_list_looks(self):
        action = call_kw(self.runs.with_user(self.officer), "action_preview", [[]], {})
        self.assertEqual(self.runs.browse(action["res_id"]).state, "preview")

    def test_only_officers_look_and_sign(self):
        run = self.look()
        for user in (self.rep, *people(self.env, "steward", "manager")):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.runs.with_user(user).action_preview()
                with self.assertRaises(AccessError):
                    run.with_user(user).action_sign()
        with self.assertRaises(AccessError):
            run.state = "running"
        with self.assertRaises(AccessError):
            self.runs.create({"state": "running", "signed_on": self.ago(0)})

    def test_who_has_changed_a_rule_does_not_sign_where_somebody_else_may(self):
        self.quiet()
        self.erasing()
        self.prospects.with_user(self.officer).months = 24
        run = self.look()
        self.assertFalse(run.signers)  # the only officer there is
        second = person(self.env, "officer", "sheet_second")
        run.invalidate_recordset()
        self.assertEqual(run.signers, second.name)
        with self.assertRaisesRegex(UserError, "sheet_second"):
            run.action_sign()
        run.with_user(second).action_sign()
        self.assertEqual(run.signed_by_id, second)
        self.carry_out(run)
        self.contact("Bob")
        self.look().action_sign()  # what was changed, the other one has signed

        aside = self.customers.with_user(second)
        aside.active = False
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE customer_sheet_retention_rule SET write_date = now() + interval '1 hour'"
            " WHERE id = %s",
            aside.ids,
        )
        aside.invalidate_recordset()
        run = self.look()
        self.assertEqual(run.with_user(second).signers, self.officer.name)
        self.contact("Far", company_id=self.env["res.company"].create({"name": "Far"}).id)
        run = self.look().with_user(second)
        self.assertFalse(run.signers)  # the other one does not see all of them

    def test_an_old_preview_is_not_signed_and_a_new_one_takes_its_place(self):
        run = self.look()
        run.sudo().started_on = self.ago(2)
        with self.assertRaisesRegex(UserError, "too old"):
            run.action_sign()
        self.look()
        self.assertEqual(run.state, "stopped")
        self.runs.sudo()._forget()
        self.assertFalse(run.line_ids)

    def test_who_sees_only_a_part_signs_nothing(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.contact("Far", company_id=other.id)
        with self.assertRaisesRegex(UserError, "companies that you do not see"):
            self.look().action_sign()

    def test_who_comes_back_meanwhile_stays(self):
        self.quiet()
        erased = self.erasing()
        bob = self.contact("Bob")
        run = self.look()
        run.action_sign()
        self.wrote(bob, 0)
        self.carry_out(run)
        self.assertEqual(erased, [self.ada])
        line = run.line_ids.filtered(lambda line: line.partner_id == bob)
        self.assertEqual((line.state, line.outcome), ("kept", "meanwhile"))

    def test_nobody_is_erased_of_whom_another_record_stays(self):
        self.quiet()
        erased = self.erasing()
        run = self.look()
        run.action_sign()
        self.contact("Ada Prospect", months=0, sheet_merged_into_id=False, email=self.ada.email)
        self.carry_out(run)
        self.assertFalse(erased)

    def test_one_who_cannot_be_erased_stops_nobody(self):
        self.quiet()
        run = self.look()
        run.action_sign()
        refusing = lambda model, records, words: {  # noqa: E731
            record: ("refused", None, "Somebody signs in with it") for record in records
        }
        erasures = type(self.env["customer.sheet.erasure"])
        with patch.object(erasures, "_erase_term", refusing):
            self.carry_out(run)
        self.assertEqual(run.state, "done")
        self.assertEqual(run.failed_count, 1)
        self.assertEqual(run.line_ids.filtered("reason").reason, "Somebody signs in with it")

    def test_a_rule_may_close_off_instead_of_erasing(self):
        self.quiet()
        self.prospects.write({"afterwards": "restrict", "more_months": 12})
        run = self.look()
        run.action_sign()
        self.carry_out(run)
        self.assertEqual(self.ada.sheet_restricted_ground, "claims")
        self.assertEqual(self.ada.sheet_restricted_until, self.today + relativedelta(months=12))
        self.assertFalse(
            self.env["res.partner"].with_user(self.rep).search([("id", "=", self.ada.id)])
        )

    def test_the_chores_look_wait_for_a_signature_and_erase(self):
        self.quiet()
        do_chore(self, "retention_preview")
        do_chore(self, "retention_preview")
        run = self.runs.search([])
        self.assertEqual((len(run), run.state), (1, "preview"))
        do_chore(self, "retention")
        self.assertEqual((run.state, self.ada.email), ("preview", "ada@prospect.example"))
        run.action_sign()
        do_chore(self, "retention")
        self.assertEqual(run.state, "done", run.failure)
        line = run.line_ids.filtered(lambda line: line.partner_id == self.ada)
        self.assertEqual((line.state, line.outcome), ("done", "erased"), line.reason)
        self.assertTrue(self.ada.sheet_erased_on)
        self.assertFalse(self.ada.email)
        self.assertNotIn("Ada", self.ada.name)
        self.assertEqual(self.found(self.ada), [None])

    # -- asked once -----------------------------------------------------------------------

    def ask(self):
        """Carry out a run that asks Ada; return her link."""
        notice = self.env.ref("crm_customer_sheet.consent_notice_prospecting")
        versions = self.env["customer.sheet.consent.notice.version"]
        values = {"notice_id": notice.id, "lang": "en_US", "body": "<p>We tell you</p>"}
        versions.create(values)._publish()
        self.ada.write({"country_id": self.france.id, "sheet_typology": "b2c"})
        run = self.look()
        run.action_sign()
        self.carry_out(run)
        line = run.line_ids.filtered(lambda line: line.partner_id == self.ada)
        self.assertEqual((line.outcome, line.reason), ("asked", False))
        self.assertEqual(line.asked_on, self.today)
        mail = self.env["mail.mail"].search([("email_to", "=", self.ada.email)])
        self.assertEqual(len(mail), 1)
        self.assertIn("We ask only this once", mail.body_html)
        return re.search(r"/customer_sheet/consent/([^\"]+)", mail.body_html)[1]

    def test_who_says_yes_stays_and_their_time_starts_anew(self):
        holder = self.env["customer.sheet.consent.link"]._open("opt_in", self.ask())
        self.assertEqual(holder.sheet, self.ada)
        asked = self.env["customer.sheet.consent.event"]._opt_in_request(holder.request)
        self.ada._sheet_opt_in_answer(asked, "given")
        self.assertEqual(self.found(self.ada), [None])
        self.assertIn("A consent", self.ada.with_user(self.officer)._sheet_how_long())

    def test_who_does_not_answer_goes_and_nobody_is_asked_twice(self):
        self.ask()
        self.assertEqual(self.found(self.ada), [("keep", "asked")])
        asked = self.env["customer.sheet.retention.line"].search([("asked_on", "!=", False)])
        asked.sudo().asked_on = self.today - relativedelta(days=31)
        self.assertEqual(self.found(self.ada), [("erase", False)])
        with patch.object(type(self.ada), "_sheet_opt_in_send") as send:
            do_chore(self, "consent_reminders")
        send.assert_not_called()

    def test_who_objected_is_not_asked_and_goes_with_the_next_run(self):
        said = {"purpose": "prospecting", "channel": "email", "state": "objected"}
        self.ada._sheet_consent_record([said], method="phone")
        run = self.look()
        run.action_sign()
        self.carry_out(run)
        line = run.line_ids.filtered(lambda line: line.partner_id == self.ada)
        self.assertEqual((line.state, line.outcome), ("done", "not_asked"))
        self.assertFalse(self.env["mail.mail"].search([("email_to", "=", self.ada.email)]))
        self.assertEqual(self.found(self.ada), [("erase", False)])

    # -- what is overdue ------------------------------------------------------------------

    def test_overdue_are_those_of_the_last_preview_of_whom_nothing_was_done(self):
        self.quiet()
        erased = self.erasing()
        lines = self.env["customer.sheet.retention.line"]
        run = self.look()
        self.assertEqual(lines._overdue_count(), len(run.line_ids))
        self.assertEqual(lines.search(lines._overdue_domain()), run.line_ids)
        self.assertGreaterEqual(lines._looked_count(), 1)
        run.action_sign()
        self.carry_out(run)
        self.assertTrue(erased)
        self.assertEqual(lines._overdue_count(), 0)

    def test_the_control_and_the_page_ask_for_the_signature(self):
        self.quiet()
        self.erasing()
        controls = self.env["customer.sheet.control"]
        self.assertFalse(controls._check_retention_run().ok)
        run = self.look()
        self.assertIn("wait for a signature", controls._check_retention_run().evidence)
        due = self.env["customer.sheet.desk"].with_user(self.officer)._due()
        self.assertIn(f"retention_{run.id}", [line.code for line in due])
        run.action_sign()
        self.carry_out(run)
        self.assertTrue(controls._check_retention_run().ok)
        due = self.env["customer.sheet.desk"].with_user(self.officer)._due()
        self.assertNotIn(f"retention_{run.id}", [line.code for line in due])

    def test_the_officer_reads_on_the_contact_how_long_it_stays(self):
        self.wrote(self.ada, 10)
        words = self.ada.with_user(self.officer).action_sheet_how_long()["params"]["message"]
        self.assertIn("Prospects", words)
        self.assertIn("A message", words)
        with self.assertRaises(UserError):
            self.ada.with_user(self.rep).action_sheet_how_long()
