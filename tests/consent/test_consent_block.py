import base64
import hashlib
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import ConsentCase

SCAN = b"signed by hand"


@tagged("post_install", "-at_install")
class TestConsentRecord(ConsentCase):
    """The dialog in which a user notes what a person decided."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.purposes = cls.env["customer.sheet.consent.purpose"]
        cls.ada = cls.contact(cls)
        cls.scan = base64.b64encode(SCAN)

    def dialog(self, record, *clicked, user=None):
        """Open the dialog as a user who clicked these words."""
        action = record.with_user(user or self.rep).action_sheet_consent_record(*clicked)
        dialogs = self.env[action["res_model"]].with_user(user or self.rep)
        return Form(dialogs.with_context(**action["context"]))

    def say(self, record, decision="refused", purposes=("prospecting",), user=None, **values):
        """Note a decision about prospecting by e-mail, told on the phone."""
        with self.dialog(record, user=user) as form:
            for code in purposes:
                form.purpose_ids.add(self.purposes._by_code(code))
            form.decision = decision
            for name, value in {"on_email": True, "method": "phone", **values}.items():
                form[name] = value
        return form.record.action_save()

    def last(self, record):
        return record._sheet_consent_events()[:1]

    # -- nothing is chosen beforehand ------------------------------------------

    def test_nothing_is_chosen_beforehand(self):
        form = self.dialog(self.ada)
        for name in ("on_email", "on_phone", "on_sms", "on_post", "decision", "method"):
            self.assertFalse(form[name], name)
        self.assertFalse(form.purpose_ids)
        self.assertEqual(form.sheet_names, "Ada")

    def test_only_what_was_clicked_is_filled_in(self):
        form = self.dialog(self.ada, "prospecting", "phone")
        self.assertEqual(form.purpose_ids[:], self.purposes._by_code("prospecting"))
        self.assertTrue(form.on_phone)
        self.assertFalse(form.on_email)
        self.assertFalse(form.decision)
        self.assertEqual(self.dialog(self.ada, "prospecting", "sms", "refused").decision, "refused")

    # -- what is noted -----------------------------------------------------------

    def test_a_rep_notes_a_refusal(self):
        self.say(self.ada, words="Please do not write to me")
        event = self.last(self.ada)
        self.assertRecordValues(
            event,
            [
                {
                    "state": "refused",
                    "channel": "email",
                    "method": "phone",
                    "actor_kind": "user",
                    "user_id": self.rep.id,
                    "box": "none",
                    "strength": "2",
                }
            ],
        )
        self.assertEqual(event.payload_ids._read()["label"], "Please do not write to me")
        self.assertFalse(self.may(self.ada))

    def test_several_purposes_and_channels_are_noted_at_once(self):
        self.say(self.ada, "objected", ("prospecting", "newsletter"), on_phone=True)
        for purpose in ("prospecting", "newsletter"):
            for channel in ("email", "phone"):
                self.assertEqual(self.standing(self.ada, purpose, channel), ["objected"])

    def test_a_dialog_saved_twice_is_one_decision(self):
        form = self.dialog(self.ada, "prospecting", "email", "refused")
        form.method = "phone"
        dialog = form.save()
        dialog.action_save()
        dialog.action_save()
        self.assertEqual(len(self.ada._sheet_consent_events()), 1)

    def test_a_past_decision_takes_effect_when_it_was_made(self):
        before = fields.Datetime.now().replace(microsecond=0) - timedelta(days=9)
        self.say(self.ada, effective_at=before)
        self.assertEqual(self.last(self.ada).effective_at, before)

    # -- what is refused -----------------------------------------------------------

    def test_a_decision_cannot_lie_in_the_future(self):
        with self.assertRaisesRegex(ValidationError, "“When” .* lies in the future"):
            self.say(self.ada, effective_at=fields.Datetime.now() + timedelta(days=1))

    def test_how_it_was_obtained_is_required(self):
        with self.assertRaisesRegex(ValidationError, "“How” is empty"):
            self.say(self.ada, method=False)

    def test_a_decision_is_about_some_purpose_on_some_channel(self):
        with self.assertRaisesRegex(ValidationError, "“What for” is empty"):
            self.say(self.ada, purposes=())
        with self.assertRaisesRegex(ValidationError, "which channels"):
            self.say(self.ada, on_email=False)
        with self.assertRaisesRegex(ValidationError, "“What they said” is empty"):
            self.say(self.ada, decision=False)

    def test_a_consent_needs_something_to_prove_it(self):
        with self.assertRaisesRegex(ValidationError, "has to be proved"):
            self.say(self.ada, "given")
        self.say(self.ada, "given", call_reference="recording 17")
        self.assertEqual(self.standing(self.ada), ["given"])

    # -- evidence --------------------------------------------------------------------

    def test_a_paper_is_required_and_its_hash_kept(self):
        with self.assertRaisesRegex(AssertionError, "document"):
            self.say(self.ada, "given", method="paper")
        self.say(self.ada, "given", method="paper", document=self.scan)
        event = self.last(self.ada)
        self.assertEqual(event.evidence_sha256, hashlib.sha256(SCAN).hexdigest())
        self.assertEqual(event.strength, "3")

    def test_a_word_without_a_document_is_worth_less(self):
        self.say(self.ada, "given", method="email", words="Yes")
        self.assertEqual(self.last(self.ada).strength, "2")

    def test_the_document_belongs_to_the_ledger_and_not_to_the_rep(self):
        self.say(self.ada, method="paper", document=self.scan)
        document = self.last(self.ada).with_user(self.officer).document_id
        self.assertEqual(document.raw, SCAN)
        as_rep = document.sudo().with_user(self.rep)
        with self.assertRaises(AccessError):
            as_rep.read(["name"])
        for user in (self.rep, self.officer):
            with self.assertRaises(UserError):
                document.with_user(user).unlink()

    # -- who may -----------------------------------------------------------------------

    def test_whoever_has_no_sheets_notes_nothing(self):
        for user in (self.outsider,):
            with self.assertRaises(AccessError):
                self.ada.with_user(user).action_sheet_consent_record()

    def test_a_rep_notes_nothing_on_the_lead_of_another(self):
        lead = self.lead(self.manager, user_id=self.manager.id)
        dialogs = self.env["customer.sheet.consent.record"].with_user(self.rep)
        dialog = dialogs.create({"host": "crm.lead", "sheet_refs": lead.ids, "method": "phone"})
        with self.assertRaises(AccessError):
            dialog.action_save()
        with self.assertRaises(UserError):
            dialogs.create({"host": "res.users", "sheet_refs": [2]}).action_save()

    def test_the_privacy_officer_notes_an_objection_on_a_sheet_she_cannot_edit(self):
        self.assertFalse(self.ada.with_user(self.officer).has_access("write"))
        self.say(self.ada, "objected", user=self.officer)
        self.assertEqual(self.last(self.ada).user_id, self.officer.id)

    # -- many at once --------------------------------------------------------------------

    def bulk(self, records, **values):
        action = self.env.ref("crm_customer_sheet.customer_sheet_consent_record_action_partner")
        context = {"active_model": records._name, "active_ids": records.ids}
        dialogs = self.env[action.res_model].with_user(self.rep).with_context(**context)
        with Form(dialogs) as form:
            form.purpose_ids.add(self.purposes._by_code("newsletter"))
            for name, value in {"on_email": True, "method": "paper", **values}.items():
                form[name] = value
        form.record.action_save()

    def test_a_selection_is_noted_with_the_document_that_shows_it(self):
        people = self.ada + self.contact(name="Grace", email="grace@example.fr")
        with self.assertRaisesRegex(AssertionError, "document"):
            self.bulk(people, decision="given", method="meeting")
        self.bulk(people, decision="given", document=self.scan)
        for person in people:
            self.assertEqual(self.standing(person, "newsletter"), ["given"])
        both = self.last(people[0]) + self.last(people[1])
        self.assertEqual(len(both.subject_id), 2)
        self.assertEqual(both[0].evidence_sha256, both[1].evidence_sha256)

    def test_a_selection_without_a_document_is_refused_by_the_server_too(self):
        people = self.ada + self.contact(name="Grace", email="grace@example.fr")
        dialogs = self.env["customer.sheet.consent.record"].with_user(self.rep)
        dialog = dialogs.create(
            {
                "host": "res.partner",
                "sheet_refs": people.ids,
                "method": "phone",
                "decision": "refused",
                "on_email": True,
                "purpose_ids": self.purposes._by_code("newsletter").ids,
            }
        )
        with self.assertRaisesRegex(ValidationError, "several people"):
            dialog.action_save()

    # -- the notice ------------------------------------------------------------------------

    def test_the_notice_in_force_is_read_out_and_its_absence_told(self):
        prospecting = self.purposes._by_code("prospecting").sudo()
        prospecting.notice_id = self.env["customer.sheet.consent.notice"].create({"name": "Ours"})
        form = self.dialog(self.ada, "prospecting", "email")
        self.assertIn(prospecting.name, form.without_notice)
        self.assertFalse(form.notice)
        version = self.env["customer.sheet.consent.notice.version"].create(
            {"notice_id": prospecting.notice_id.id, "body": "<p>We write once a month</p>"}
        )
        version._publish()
        form = self.dialog(self.ada, "prospecting", "email")
        self.assertFalse(form.without_notice)
        self.assertIn("We write once a month", form.notice)
        self.say(self.ada)
        self.assertEqual(self.last(self.ada).notice_version_id, version)
