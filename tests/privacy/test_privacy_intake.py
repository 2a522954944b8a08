"""Requests that reach us by themselves: taken once, told of once, and whose they are."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, new_test_user, tagged

from ...models.collection.pages.suspicion import Signs
from ...models.privacy.link import CONFIRM

OFFICER = "crm_customer_sheet.group_sheet_privacy"


class IntakeCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.fr")
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.officer = new_test_user(cls.env, "intake_officer", groups=OFFICER)
        cls.rep = new_test_user(cls.env, "intake_rep", groups="sales_team.group_sale_salesman")
        cls.env["ir.config_parameter"].set_param(
            "crm_customer_sheet.privacy_officer_id", str(cls.officer.id)
        )
        # a test is one transaction
        progress = patch.object(cls.registry["ir.cron"], "_commit_progress", lambda *a, **k: 1.0)
        cls.startClassPatcher(progress)
        cls.requests = cls.env["customer.sheet.request"]
        cls.arrivals = cls.env["customer.sheet.request.arrival"]
        cls.julie = cls.env["res.partner"].create(
            {"name": "Julie Martin", "email": "julie@intake.example", "lang": "fr_FR"}
        )

    def arrive(self, address="julie@intake.example", signs=None, **values):
        """Let something come by the page, and have it taken."""
        sent = {
            "uuid": fields.Datetime.now().isoformat() + str(self.arrivals.search_count([])),
            "kind": "erasure",
            "person_name": "Julie Martin",
            "words": "Forget me",
            "lang": "fr_FR",
            "company_id": self.env.company.id,
            "email": address,
            **values,
        }
        before = self.requests.search([])
        self.arrivals._arrive(sent, signs or Signs())
        self.arrivals._cron_take()
        return self.requests.search([]) - before

    def mails(self, address="julie@intake.example"):
        return self.env["mail.mail"].search([("email_to", "=", address)], order="id")

    def token(self, request):
        until = fields.Datetime.now() + timedelta(days=1)
        return CONFIRM.sign(self.env, request.id, request._address_key(), until)


@tagged("post_install", "-at_install")
class TestPrivacyIntake(IntakeCase):
    def test_somebody_whom_we_know_is_asked_by_a_link(self):
        request = self.arrive()
        self.assertEqual(request.partner_id, self.julie)
        self.assertEqual((request.state, request.channel), ("asked", "form"))
        self.assertEqual(request.user_id, self.officer)
        self.assertEqual(request.received_on, fields.Date.today())
        self.assertEqual(request.clock_ids.mapped("code"), ["received", "asked"])
        self.assertFalse(request.activity_ids)  # nothing to do before they answer
        mail = self.mails()
        self.assertEqual(len(mail), 1)
        self.assertIn("/customer_sheet/privacy/", mail.body_html)
        self.assertNotIn("/customer_sheet/privacy/", str(request.message_ids.mapped("body")))
        self.assertFalse(mail.model)
        arrival = self.arrivals.search([("state", "=", "done")], limit=1)
        self.assertFalse(arrival.email or arrival.words or arrival.person_name)

    def test_nobody_unknown_is_written_to_and_the_officer_is_told_once(self):
        request = self.arrive("nobody@intake.example")
        self.assertEqual(request.state, "received")
        self.assertFalse(request.partner_id or request.lead_id)
        self.assertFalse(self.mails("nobody@intake.example"))
        self.assertEqual(request.activity_ids.user_id, self.officer)

    def test_archived_contacts_and_leads_are_known_too(self):
        self.julie.active = False
        lead = self.env["crm.lead"].create(
            {"name": "A lead", "contact_name": "Lea", "email_from": "lea@intake.example"}
        )
        self.assertEqual(self.arrive().partner_id, self.julie)
        self.assertEqual(self.arrive("lea@intake.example").lead_id, lead)

    def test_of_several_with_one_address_nobody_is_guessed(self):
        self.env["res.partner"].create({"name": "Paul", "email": "julie@intake.example"})
        self.assertEqual(self.arrive(person_name="JULIE  martin").partner_id, self.julie)
        request = self.arrive(kind="access", person_name="Somebody")
        self.assertEqual(request.state, "asked")
        self.assertFalse(request.partner_id)

    def test_the_same_again_is_one_request_and_few_mails(self):
        request = self.arrive()
        for words in range(5):
            self.assertFalse(self.arrive(words=f"Again {words}"))
        self.assertIn("Again 4", str(request.message_ids.mapped("body")))
        self.assertTrue(self.arrive(kind="access"))
        self.assertEqual(len(self.mails()), 3)

    def test_what_looks_like_spam_is_held_and_not_lost(self):
        self.assertFalse(self.arrive(signs=Signs(honeypot="x")))
        self.assertFalse(self.mails())
        held = self.arrivals.search([("state", "=", "held")])
        due = self.env["customer.sheet.desk"].with_user(self.officer)._due()
        self.assertIn("requests_held", [line.code for line in due])
        with self.assertRaises(AccessError):
            held.with_user(self.rep).action_take()
        held.received_at = fields.Datetime.now() - timedelta(days=3)
        held.with_user(self.officer).action_take()
        request = self.requests.search([("partner_id", "=", self.julie.id)])
        self.assertEqual(request.received_on, fields.Date.today() - timedelta(days=3))
        self.arrive(signs=Signs(honeypot="x"), kind="access")
        held = self.arrivals.search([("state", "=", "held")])
        held.with_user(self.officer).action_drop()
        self.assertEqual((held.state, held.email, held.words), ("done", False, False))

    def test_a_flood_is_held(self):
        network = "203.0.113.0"
        found = [self.arrivals._is_flood(network, f"a{n}@x.example") for n in range(22)]
        self.assertEqual((found[0], found[-1]), (False, True))
        found = [self.arrivals._is_flood(f"10.0.{n}.0", "one@x.example") for n in range(4)]
        self.assertEqual(found, [False, False, False, True])

    # -- the link --------------------------------------------------------------------

    def test_the_owner_of_the_mailbox_confirms_once(self):
        request = self.arrive()
        token = self.token(request)
        self.assertEqual(self.requests._of_link(token), request)
        request._confirm()
        self.assertEqual((request.state, request.identity), ("working", "mailbox"))
        self.assertEqual(request.activity_ids.user_id, self.officer)
        request._confirm()
        request._disown()
        self.assertEqual(request.state, "working")
        self.assertEqual(request.clock_ids.mapped("code"), ["received", "asked", "proved"])

    def test_a_mailbox_that_others_use_proves_nobody(self):
        company = self.env["res.partner"].create(
            {"name": "Shop", "is_company": True, "email": "julie@intake.example"}
        )
        self.julie.parent_id = company
        request = self.arrive(kind="access")
        self.assertFalse(request._sharers())  # the company for which she works
        paul = {"name": "Paul", "parent_id": company.id, "email": "julie@intake.example"}
        self.env["res.partner"].create(paul)
        self.env["crm.lead"].create(
            {"name": "L", "contact_name": "Julie Martin", "email_from": "julie@intake.example"}
        )
        request.invalidate_recordset()
        self.assertEqual(request.with_user(self.officer).sharers, "Paul")
        request._confirm()
        request._disown()
        self.assertEqual((request.state, request.identity), ("asked", False))
        self.assertEqual(request.clock_ids[-1].code, "replied")
        self.assertEqual(request.activity_ids.date_deadline, fields.Date.today())
        with freeze_time(fields.Datetime.now() + timedelta(days=60)):
            self.requests._cron_identity()
        self.assertEqual(request.state, "asked")
        with self.assertRaisesRegex(UserError, "Paul"):
            self.step(request, step="proved", identity="mailbox")
        self.step(request, step="proved", identity="told")
        self.assertEqual(request.state, "working")
        other = self.arrive(kind="portability")
        other.sudo().write({"state": "working", "identity": "mailbox"})  # as it was before
        with self.assertRaisesRegex(UserError, "which of them asks"):
            self.step(other, step="answered", words="Here they are")

    def test_one_of_a_mailbox_does_not_close_what_another_asks(self):
        self.env["res.partner"].create({"name": "Paul", "email": "julie@intake.example"})
        request = self.arrive()
        request._disown()
        self.assertEqual(request.state, "asked")
        self.assertIn("it was not me", request.clock_ids[-1].words)

    def test_it_was_not_me(self):
        request = self.arrive()
        request._disown()
        self.assertEqual(request.state, "closed")
        self.assertFalse(request.activity_ids)
        request._confirm()
        self.assertEqual(request.state, "closed")

    def test_a_link_opens_only_its_own_request_with_its_own_address(self):
        request = self.arrive()
        other = self.arrive(kind="access")
        token = self.token(request)
        self.assertNotEqual(request._address_key(), other._address_key())
        with freeze_time(fields.Datetime.now() + timedelta(days=2)):
            self.assertFalse(self.requests._of_link(token))
        for bad in ("", "x", "é", token[:-3], token + "A"):
            self.assertFalse(self.requests._of_link(bad))
        request.email = "another@intake.example"
        self.assertFalse(self.requests._of_link(token))

    # -- one reminder, then it is closed ------------------------------------------------

    def test_one_reminder_then_it_is_closed_by_itself(self):
        request, today = self.arrive(lang="en_US"), fields.Date.today()
        states = {}
        for day in range(1, 30):
            with freeze_time(fields.Datetime.to_datetime(today) + timedelta(days=day, hours=5)):
                self.requests._cron_identity()
                states[day] = (request.state, len(self.mails()))
        self.assertEqual(states[6], ("asked", 1))
        self.assertEqual(states[7], ("asked", 2))
        self.assertEqual(states[20], ("asked", 2))
        self.assertEqual(states[21], ("closed", 2))
        self.assertEqual(states[29], ("closed", 2))
        self.assertIn("only reminder", self.mails()[-1].body_html)
        self.assertEqual(
            request.clock_ids.mapped("code"), ["received", "asked", "reminded", "closed"]
        )

    def test_who_wrote_back_is_left_to_the_officer(self):
        request = self.arrive()
        self.env["mail.thread"].message_process(
            "customer.sheet.request",
            self.mail("It is me", f"<reply@x>\nIn-Reply-To: {request.message_ids[-1].message_id}"),
        )
        self.assertEqual(request.clock_ids[-1].code, "wrote")
        self.assertEqual(request.activity_ids.date_deadline, fields.Date.today())
        with freeze_time(fields.Datetime.now() + timedelta(days=60)):
            self.requests._cron_identity()
        self.assertEqual(request.state, "asked")

    def test_an_identity_document_is_asked_for_on_doubt_only_and_deleted_once_checked(self):
        request = self.arrive("nobody@intake.example", lang="en_US")
        steps = self.env["customer.sheet.request.step"].with_user(self.officer)
        asked = {"request_id": request.id, "step": "asked", "is_doubted": True}
        with self.assertRaisesRegex(UserError, "Say why you doubt"):
            steps.create(asked).action_apply()
        dialog = steps.create({**asked, "words": "Two people have this name."})
        self.assertIn("copy of an identity document", dialog.letter)
        dialog.action_apply()
        files = self.env["ir.attachment"]
        copy = files.create({"name": "id.png", "res_model": request._name, "res_id": request.id})
        steps.create(
            {"request_id": request.id, "step": "proved", "identity": "document"}
        ).action_apply()
        self.assertEqual((request.state, request.identity), ("working", "document"))
        self.assertFalse(copy.exists())

    def test_what_is_no_request_is_forgotten(self):
        request = self.arrive("spam@intake.example", words="Buy pills")
        steps = self.env["customer.sheet.request.step"].with_user(self.officer)
        steps.create({"request_id": request.id, "step": "void", "words": "Spam"}).action_apply()
        self.assertEqual(request.state, "void")
        self.assertFalse(request.email or request.words or request.activity_ids)
        self.assertNotIn("pills", str(request.message_ids.mapped("body")))

    def test_of_who_was_erased_the_request_keeps_no_name(self):
        request = self.arrive()
        request._confirm()
        steps = self.env["customer.sheet.request.step"].with_user(self.officer)
        steps.create(
            {"request_id": request.id, "step": "answered", "words": "Julie, all is gone."}
        ).action_apply()
        self.env["mail.mail"].search([("mail_message_id", "in", request.message_ids.ids)]).unlink()
        erasure = self.env["customer.sheet.erasure"].create({"request_id": request.id})
        for state in ("draft", "done"):
            erasure.state = state
            self.requests._cron_forget()
            self.assertEqual(request.person_name, "Julie Martin")  # not on the day of the answer
        with freeze_time(fields.Datetime.now() + timedelta(days=1)):
            self.requests._cron_forget()
        said = str(request.read()) + str(request.clock_ids.mapped("words"))
        self.assertNotIn("ulie", said + str(request.message_ids.mapped("body")))
        self.assertEqual((request.state, request.kind), ("answered", "erasure"))
        self.assertEqual(
            request.clock_ids.mapped("code"), ["received", "asked", "proved", "answered"]
        )

    def step(self, request, **values):
        steps = self.env["customer.sheet.request.step"].with_user(self.officer)
        dialog = steps.create({"request_id": request.id})
        dialog.write(values)
        dialog.action_apply()

    def test_data_of_a_person_go_to_nobody_who_only_says_their_name(self):
        request = self.arrive("julie@elsewhere.example", kind="access")
        self.assertFalse(request.partner_id)
        self.step(request, step="corrected", partner_id=self.julie.id, words="It is Julie")
        request.with_user(self.officer).action_start()
        with self.assertRaisesRegex(UserError, "may not go there"):
            self.step(request, step="answered", words="Here they are")
        with self.assertRaisesRegex(UserError, "may not go there"):
            self.step(request, step="answered", words="x", with_link=False, document=b"eA==")
        self.step(request, step="asked", words="")
        with self.assertRaisesRegex(UserError, "who it is"):
            self.step(request, step="answered", words="Here they are")
        with self.assertRaisesRegex(UserError, "proves nothing"):
            self.step(request, step="proved", identity="mailbox")
        self.step(request, step="proved", identity="told")
        self.step(request, step="answered", words="Here they are")
        self.assertEqual(request.state, "answered")

    def test_a_dialog_tells_nobody_of_whom_another_company_knows(self):
        other = self.env["res.company"].create({"name": "Other"})
        berta = self.env["res.partner"].create({"name": "Berta", "company_id": other.id})
        lead = self.env["crm.lead"].create({"name": "L", "company_id": other.id})
        request = self.arrive("nobody@intake.example", kind="access")
        steps = self.env["customer.sheet.request.step"].with_user(self.officer)
        for chosen in ({"partner_id": berta.id}, {"lead_id": lead.id}):
            with self.assertRaises(AccessError):
                steps.create({"request_id": request.id, **chosen})
            with self.assertRaises(AccessError):
                steps.create({"request_id": request.id}).write(chosen)

    def test_the_mailbox_of_somebody_proves_nothing_of_somebody_else(self):
        other = self.env["res.partner"].create({"name": "Paul", "email": "paul@intake.example"})
        request = self.arrive("paul@intake.example", kind="access")
        request._confirm()
        self.assertEqual((request.partner_id, request.identity), (other, "mailbox"))
        self.step(request, step="corrected", partner_id=self.julie.id, words="He says: of Julie")
        self.assertFalse(request.identity)
        with self.assertRaisesRegex(UserError, "may not go there"):
            self.step(request, step="answered", words="Here they are")

    # -- by mail -----------------------------------------------------------------------

    def test_what_a_machine_answers_is_no_request(self):
        request = self.arrive()
        gateway, before = self.env["mail.thread"], self.requests.search([])
        away = self.mail("I am away", subject="Automatic reply: your request")
        name = "customer.sheet.request"
        gateway.message_process(name, away)
        self.assertNotIn("wrote", request.clock_ids.mapped("code"))
        request._disown()
        gateway.message_process(name, away.replace("<first@x>", "<second@x>"))
        gateway.message_process(name, away.replace("<first@x>", "<third@x>"), thread_id=request.id)
        self.assertEqual(self.requests.search([]), before)
        self.assertEqual(request.state, "closed")
        service = self.mail("Delete my data", "<4@x>", "c@service.example", subject="GDPR")
        service = service.replace("Subject:", "Auto-Submitted: auto-generated\nSubject:")
        self.assertTrue(gateway.message_process(name, service))
        self.assertEqual(len(self.requests.search([]) - before), 1)

    def test_who_was_forgotten_and_writes_again_is_forgotten_again(self):
        request = self.arrive()
        request._happened("void", request._today(), "Spam", state="void", closed_on="2026-01-01")
        request._forget_person("Nobody")
        self.env["mail.thread"].message_process(
            "customer.sheet.request", self.mail("I am Julie", "<5@x>"), thread_id=request.id
        )
        self.requests._cron_forget()
        self.assertIn("Julie", str(request.message_ids.mapped("body")))  # nobody has read it
        request.activity_ids.action_done()
        self.env["mail.mail"].search([("mail_message_id", "in", request.message_ids.ids)]).unlink()
        self.requests._cron_forget()
        said = str(request.message_ids.mapped(lambda m: f"{m.body} {m.email_from}"))
        self.assertNotIn("ulie", said)

    def mail(self, text, message_id="<first@x>", sender="Julie <Julie@intake.example>", **headers):
        date = headers.get("date", "Mon, 02 Nov 2026 09:30:00 +0100")
        return (
            f"From: {sender}\nTo: privacy@intake.test\nSubject: {headers.get('subject', 'Hello')}\n"
            f"Date: {date}\nMessage-Id: {message_id}\nContent-Type: text/plain\n\n{text}\n"
        )

    @freeze_time("2026-11-10 08:00:00")
    def test_a_mail_is_a_request_of_its_own_date(self):
        domain = self.env["mail.alias.domain"].create({"name": "intake.test"})
        alias = self.env.ref("crm_customer_sheet.mail_alias_privacy")
        alias.write({"alias_name": "privacy", "alias_domain_id": domain.id})
        before = self.requests.search([])
        self.env["mail.thread"].message_process(
            False, self.mail("Merci d'effacer mes données", subject="RGPD")
        )
        request = self.requests.search([]) - before
        self.assertEqual((request.kind, request.channel), ("erasure", "email"))
        self.assertEqual(request.partner_id, self.julie)
        self.assertEqual(fields.Date.to_string(request.received_on), "2026-11-02")
        self.assertEqual(request.state, "asked")
        self.assertIn("effacer", request.words)
        self.env["mail.thread"].message_process(False, self.mail("Any news?", "<second@x>"))
        self.assertEqual(self.requests.search([]) - before, request)
        self.assertEqual(request.clock_ids[-1].code, "wrote")

    @freeze_time("2026-11-10 08:00:00")
    def test_a_second_right_has_its_own_time_and_mere_news_has_none(self):
        gateway, name = self.env["mail.thread"], "customer.sheet.request"
        first = self.requests.browse(gateway.message_process(name, self.mail("Erase my data")))
        self.assertEqual((first.kind, first.due_on), ("erasure", False))
        later = {"date": "Mon, 09 Nov 2026 09:30:00 +0100"}
        second = self.requests.browse(
            gateway.message_process(name, self.mail("A copy of my data, please", "<2@x>", **later))
        )
        self.assertNotEqual(second, first)
        self.assertEqual((second.kind, str(second.received_on)), ("access", "2026-11-09"))
        for number, text in enumerate(("Any news?", "Well?\n> A copy of my data", "Erase it now")):
            mail = self.mail(text, f"<{number}@news>")
            joined = second if number < 2 else first
            self.assertEqual(gateway.message_process(name, mail), joined.id)
            self.assertEqual(joined.clock_ids[-1].code, "wrote")
        reply = self.mail("And correct my address", "<4@x>")
        gateway.message_process(name, reply, thread_id=first.id)
        self.assertIn("Rectification", first.clock_ids[-1].words)

    @freeze_time("2026-11-10 08:00:00")
    def test_a_mail_with_a_wrong_date_counts_from_today(self):
        wrong = ("Thu, 01 Jan 1970 00:00:00 +0000", "Fri, 01 Jan 2038 00:00:00 +0000")
        for number, date in enumerate(wrong):
            found = self.env["mail.thread"].message_process(
                "customer.sheet.request",
                self.mail("?", f"<{number}@x>", f"x{number}@intake.example", date=date),
            )
            request = self.requests.browse(found)
            self.assertEqual(request.received_on, fields.Date.today())

    def test_a_colleague_who_forwards_a_mail_is_not_who_asks(self):
        self.rep.email = "rep@intake.example"
        found = self.env["mail.thread"].message_process(
            "customer.sheet.request", self.mail("Fwd", sender="rep@intake.example")
        )
        request = self.requests.browse(found)
        self.assertEqual((request.state, request.email), ("received", False))

    def test_nobody_makes_a_request_by_calling_the_gateway(self):
        with self.assertRaises(AccessError):
            self.requests.with_user(self.rep).message_new({"email_from": "julie@intake.example"})

    # -- by colleagues and from an account --------------------------------------------------

    def test_a_rep_files_a_request_and_sees_none(self):
        julie = self.julie.with_user(self.rep)
        action = julie.action_sheet_request_file()
        dialogs = self.env["customer.sheet.request.file"].with_user(self.rep)
        dialogs = dialogs.with_context(**action["context"])
        with self.assertRaises(ValidationError):
            dialogs.create({"received_on": "2099-01-01"}).action_file()
        said = dialogs.create({"kind": "erasure", "words": "On the phone"}).action_file()
        self.assertIn("Thank you", said["params"]["message"])
        request = self.requests.search([("partner_id", "=", self.julie.id)])
        self.assertEqual((request.kind, request.channel), ("erasure", "phone"))
        self.assertEqual(request.activity_ids.user_id, self.officer)
        with self.assertRaises(AccessError):
            request.with_user(self.rep).read(["words"])
        again = dialogs.create({"kind": "erasure", "words": "Once more"}).action_file()
        self.assertEqual(again, said)
        self.assertEqual(self.requests.search_count([("partner_id", "=", self.julie.id)]), 1)

    def test_an_account_proves_who_asks(self):
        user = new_test_user(self.env, "intake_portal", groups="base.group_portal")
        request = self.requests._receive_of_account(user, "access", "All of it")
        self.assertEqual((request.state, request.identity), ("working", "account"))
        self.assertEqual(request.partner_id, user.partner_id)
        self.assertEqual(self.requests._receive_of_account(user, "access", "Again"), request)
        other = new_test_user(self.env, "intake_other", groups="base.group_portal")
        self.assertFalse(self.requests._of_account(other))

    def test_settings(self):
        settings = self.env["res.config.settings"].create({})
        self.assertTrue(settings.sheet_privacy_url.endswith("/customer_sheet/privacy"))
        settings.sheet_privacy_alias_name = "vie-privee"
        alias = self.env.ref("crm_customer_sheet.mail_alias_privacy")
        self.assertEqual(alias.alias_name, "vie-privee")
