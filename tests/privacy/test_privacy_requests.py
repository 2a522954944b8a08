"""Requests of people about their own data: noted, in time, answered in words."""

from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, TransactionCase, new_test_user, tagged

from ...models.privacy.regimes import days_off

OFFICER = "crm_customer_sheet.group_sheet_privacy"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-02 10:00:00")
class TestPrivacyRequests(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = new_test_user(cls.env, "desk_officer", groups=OFFICER)
        cls.rep = new_test_user(cls.env, "desk_rep", groups="sales_team.group_sale_salesman")
        cls.env.company.country_id = cls.env.ref("base.fr")
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.julie = cls.env["res.partner"].create(
            {
                "name": "Julie Martin",
                "email": "julie@example.com",
                "lang": "fr_FR",
                "country_id": cls.env.ref("base.fr").id,
            }
        )
        cls.requests = cls.env["customer.sheet.request"].with_user(cls.officer)
        cls.startClassPatcher(patch.object(days_off, "country_holidays", None))

    def request(self, **values):
        return self.requests.create({"kind": "erasure", "partner_id": self.julie.id, **values})

    def step(self, request, step, words="Because", **values):
        dialog = self.env["customer.sheet.request.step"].with_user(self.officer)
        dialog = dialog.create({"request_id": request.id, "step": step, "words": words, **values})
        return dialog.action_apply()

    def test_the_person_and_the_law_come_by_themselves(self):
        with Form(self.requests) as form:
            form.kind = "access"
            form.partner_id = self.julie
            self.assertEqual(form.person_name, "Julie Martin")
            self.assertEqual(form.email, "julie@example.com")
            self.assertEqual(form.lang, "fr_FR")
        request = form.record
        self.assertEqual(request.regime_id, self.env.ref("crm_customer_sheet.regime_fr"))
        self.assertEqual(request.due_on, date(2026, 4, 2))
        self.assertEqual(request.left, "31 days")
        self.assertIn("That day is not counted", request.why)
        self.assertEqual(request.activity_ids.user_id, self.officer)
        self.assertEqual(request.activity_ids.date_deadline, date(2026, 3, 26))

    def test_each_country_its_law(self):
        for country, law in (("ma", "ma"), ("be", "be"), ("de", "eu"), ("us", "fr")):
            self.julie.country_id = self.env.ref(f"base.{country}")
            found = self.request().regime_id
            with self.subTest(country=country):
                self.assertEqual(found, self.env.ref(f"crm_customer_sheet.regime_{law}"))

    def test_nobody_forges_what_is_worked_out(self):
        forged = {
            "state": "answered",
            "due_on": "2030-01-01",
            "name": "X",
            "in_time": True,
            "letter": "Done",
            "clock_ids": [Command.create({"code": "answered", "day": "2026-01-01"})],
        }
        context = {f"default_{name}": value for name, value in forged.items()}
        requests = self.request(**forged)
        requests |= self.requests.with_context(**context).create(
            {"kind": "access", "person_name": "Ada"}
        )
        for request in requests:
            self.assertEqual(request.state, "received")
            self.assertEqual(request.due_on, date(2026, 4, 2))
            self.assertEqual(request.clock_ids.mapped("code"), ["received"])
            self.assertTrue(request.name.startswith("R2026-"))
            self.assertFalse(request.letter)

    def test_nobody_else_sees_requests_and_nobody_deletes_one(self):
        request = self.request()
        with self.assertRaises(AccessError):
            request.with_user(self.rep).read(["person_name"])
        for records in (request, request.sudo(), request.sudo().clock_ids):
            with self.assertRaises(UserError):
                records.unlink()
        with self.assertRaises(AccessError):
            request.write({"due_on": "2030-01-01"})

    def test_who_is_it(self):
        request = self.request()
        self.step(request, "asked", day="2026-03-02")
        self.assertEqual((request.state, request.due_on), ("asked", False))
        self.assertEqual(request.left, "Waits for their identity")
        self.assertFalse(request.activity_ids)  # they are reminded by themselves
        with freeze_time("2026-03-12"):
            self.step(request, "proved", words=False)
        self.assertEqual(request.state, "working")
        self.assertEqual(request.due_on, date(2026, 4, 13))
        self.assertIn("stood still: 10", request.why)
        self.assertIn("is no working day", request.why)

    def test_never_identified(self):
        request = self.request()
        with self.assertRaises(UserError):
            self.step(request, "closed")
        self.step(request, "asked")
        self.step(request, "closed", words="Two letters, no answer")
        self.assertEqual(request.state, "closed")
        self.assertFalse(request.activity_ids)
        with self.assertRaises(UserError):
            self.step(request, "answered")

    def test_more_time_is_taken_once_and_in_time(self):
        request = self.request()
        request.action_start()
        with self.assertRaises(UserError):
            self.step(request, "extended", words=" ")
        self.step(request, "extended", words="Many files to look through")
        self.assertEqual(request.due_on, date(2026, 6, 2))
        self.assertIn("Many files", request.letter)
        self.assertIn("2026", request.letter)
        with self.assertRaises(UserError):
            self.step(request, "extended")
        late = self.request()
        with freeze_time("2026-04-03"), self.assertRaises(UserError):
            self.step(late, "extended")
        self.assertEqual(late.due_on, date(2026, 4, 2))
        self.julie.country_id = self.env.ref("base.ma")
        with self.assertRaises(UserError):
            self.step(self.request(), "extended")

    def test_an_answer_is_a_letter_in_their_language(self):
        request = self.request()
        request.action_start()
        self.step(
            request,
            "answered",
            words="C'est fait <b>",
            document="UERG",
            document_name="data.zip",
        )
        self.assertEqual(request.state, "answered")
        self.assertTrue(request.in_time)
        self.assertFalse(request.activity_ids)
        message = request.message_ids.filtered("outgoing_email_to")
        self.assertEqual(message.outgoing_email_to, "julie@example.com")
        self.assertEqual(message.attachment_ids.mapped("name"), ["data.zip"])
        self.assertIn("C'est fait &lt;b&gt;", request.letter)
        self.assertIn("cnil.fr", request.letter)
        with self.assertRaises(UserError):
            self.step(request, "refused")

    def test_a_late_answer_says_so(self):
        request = self.request(received_on="2026-01-20")
        self.assertTrue(request.is_late)
        self.assertIn("late", request.left)
        self.assertIn(request, self.requests.search([("is_late", "=", True)]))
        self.step(request, "answered")
        self.assertFalse(request.in_time)
        self.assertNotIn(request, self.requests.search([("is_late", "=", True)]))

    def test_a_refusal_needs_reasons_and_says_where_to_complain(self):
        request = self.request()
        request.action_start()
        with self.assertRaises(UserError) as said:
            self.step(request, "refused", words="")
        self.assertIn("why you refuse", str(said.exception))
        self.step(request, "refused", words="The invoices are kept by law", send=False)
        self.assertEqual(request.state, "refused")
        self.assertIn("The invoices are kept by law", request.letter)
        self.assertIn("75334 Paris", request.letter)
        self.assertFalse(request.message_ids.filtered("outgoing_email_to"))

    def test_a_correction_says_why_and_counts_again(self):
        """Another law, too: the whole time is that of the law that holds now."""
        request = self.request()
        morocco = self.env.ref("crm_customer_sheet.regime_ma")
        self.step(
            request,
            "corrected",
            words="The letter lay at the reception; she lives in Rabat",
            received_on="2026-02-20",
            regime_id=morocco.id,
        )
        self.assertEqual(request.received_on, date(2026, 2, 20))
        self.assertEqual(request.due_on, date(2026, 3, 3))
        self.assertEqual(request.regime_id, morocco)
        self.assertIn("reception", request.clock_ids[-1].words)

    def test_a_law_that_changes_changes_no_request_under_way(self):
        request = self.request()
        request.regime_id.sudo().count = 3
        self.step(request, "asked")
        self.step(request, "proved")
        self.assertEqual(request.due_on, date(2026, 4, 2))

    def test_days_cannot_be_invented(self):
        with self.assertRaises(UserError):
            self.request(received_on="2026-03-03")
        request = self.request()
        for day in ("2026-03-03", "2026-03-01"):
            with self.subTest(day=day), self.assertRaises(UserError):
                self.step(request, "asked", day=day)

    def test_holidays_of_the_company_count(self):
        """A day off of everybody; a summer break is none."""
        leaves = self.env["resource.calendar.leaves"]
        leaves.create(
            [
                {
                    "name": "Local feast",
                    "company_id": self.env.company.id,
                    "date_from": "2026-04-02 06:00:00",
                    "date_to": "2026-04-02 18:00:00",
                },
                {
                    "name": "Closed",
                    "company_id": self.env.company.id,
                    "date_from": "2026-04-03 06:00:00",
                    "date_to": "2026-04-20 18:00:00",
                },
            ]
        )
        request = self.request()
        self.assertEqual(request.due_on, date(2026, 4, 3))
        self.assertIn("Local feast", request.why)

    def test_a_withdrawal_goes_to_the_ledger(self):
        action = self.request(kind="withdrawal").action_record_decision()
        self.assertEqual(action["res_model"], "customer.sheet.consent.record")
        self.assertEqual(action["context"]["active_ids"], self.julie.ids)
        with self.assertRaises(UserError):
            self.request(kind="erasure").action_record_decision()

    def test_the_letter_is_printed(self):
        request = self.request()
        self.step(request, "answered", words="Nothing is kept", send=False)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "crm_customer_sheet.customer_sheet_request_print", request.ids
        )
        self.assertIn(b"Nothing is kept", html)
        self.assertEqual(request.action_print()["type"], "ir.actions.report")

    # -- rectification, and whoever has got the data -------------------------------------

    def rectify(self):
        """Return a request in work whose sheet was corrected since."""
        request = self.request(kind="rectification")
        request.action_start()
        self.env.cr.flush()
        self.julie.write({"phone": "+33612345678", "city": "Lyon", "user_id": self.rep.id})
        self.env.cr.flush()
        self.julie.phone = "+33699999999"
        self.env.cr.flush()
        return request

    def test_the_sheet_is_corrected_and_the_letter_says_what(self):
        request = self.rectify()
        request.action_correct()
        self.assertEqual(request.action_correct()["tag"], "display_notification")
        self.assertEqual(self.julie.activity_ids.user_id, self.rep)  # asked, once
        self.officer.group_ids |= self.env.ref("base.group_partner_manager")
        action = request.action_correct()
        self.assertEqual((action["res_model"], action["res_id"]), ("res.partner", self.julie.id))
        self.step(request, "answered", words="")
        letter = str(request.letter)
        self.assertIn("– → +33699999999", letter)
        self.assertIn("Lyon", letter)
        self.assertNotIn("+33612345678", letter)
        self.assertNotIn(self.rep.name, letter)  # ours to know

    def test_without_anything_corrected_somebody_says_what_was_done(self):
        request = self.request(kind="rectification")
        request.action_start()
        with self.assertRaisesRegex(UserError, "Say what you did"):
            self.step(request, "answered", words="")

    def test_who_has_got_the_data_is_told(self):
        self.env["customer.sheet.processor"].search([]).active = False
        post = self.env["res.partner"].create({"name": "Post", "email": "post@example.com"})
        values = {"service": "Newsletters", "partner_id": post.id}
        values["processing_ids"] = self.env.ref("crm_customer_sheet.processing_prospecting").ids
        self.env["customer.sheet.processor"].create(values)
        breaches = self.env.ref("crm_customer_sheet.processing_breaches").ids
        silent = {"name": "Vault", "service": "Archive", "processing_ids": breaches}
        self.env["customer.sheet.processor"].create(silent)
        logs = self.env["customer.sheet.export.log"].with_user(self.rep)
        logs._note("res.partner", self.julie.ids, "export", ["phone"])
        self.env["customer.sheet.export.log"]._note("res.partner", self.julie.ids, "answer")
        request = self.rectify()
        dialog = self.env["customer.sheet.request.step"].with_user(self.officer)
        dialog = dialog.create({"request_id": request.id, "step": "told", "lang": "en_US"})
        self.assertIn("Newsletters", dialog.recipients)
        self.assertNotIn("Vault", dialog.recipients)
        self.assertEqual(dialog.recipient_ids, post | self.rep.partner_id.filtered("email"))
        self.assertIn(self.rep.name, dialog.recipients)
        dialog.recipient_ids = post
        dialog.words = "The rep, on the phone"
        dialog.action_apply()
        [told] = request.message_ids.filtered(lambda each: post in each.partner_ids)
        self.assertIn("+33699999999", told.body)
        self.assertIn("Julie Martin", told.body)
        self.assertNotIn(post, request.message_partner_ids)
        self.assertEqual(request.clock_ids[-1].words, "Post\nThe rep, on the phone")
        self.assertTrue(request.is_passed_on)
        self.step(request, "answered")
        self.step(request, "told", words="Nobody else")  # later, too
        with self.assertRaises(UserError):
            self.step(self.request(kind="access"), "told")
        with self.assertRaisesRegex(UserError, "why nobody"):
            self.step(request, "told", words=" ", recipient_ids=False)
