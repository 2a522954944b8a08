"""T8: a document that proves a decision is the person's own, and stays whatever happens."""

import base64
import hashlib
from warnings import catch_warnings, simplefilter

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ConsentCase

SCAN = b"signed by hand"
EVENT = "customer.sheet.consent.event"


@tagged("post_install", "-at_install")
class TestConsentDocuments(ConsentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.attachments = cls.env["ir.attachment"]
        cls.ada = cls.contact(cls, sheet_sector="finance")
        cls.bob = cls.contact(cls, name="Bob", email="bob@example.fr", sheet_sector="finance")

    def attach(self, record=None, user=None, **values):
        """Return a document, lying on a record or on none."""
        filed = {"res_model": record._name, "res_id": record.id} if record else {}
        attachments = self.attachments.with_user(user or self.env.user)
        return attachments.create({"name": "offer.pdf", "raw": SCAN, **filed, **values})

    def inform(self, sheets, attachment=None, user=None, **values):
        dialogs = self.env["customer.sheet.consent.inform"].with_user(user or self.rep)
        dialogs.create(
            {
                "host": sheets._name,
                "sheet_refs": sheets.ids,
                "what": "Cost of the credit",
                "method": "meeting",
                "attachment_id": attachment and attachment.id,
                **values,
            }
        ).action_save()

    def filed(self, sheet):
        """Return the document that the ledger keeps of the last event of a person."""
        event = sheet._sheet_consent_events()[:1]
        return self.attachments.browse(event.document_id.id)

    def verified(self):
        self.env.invalidate_all()
        return self.env["customer.sheet.consent.seal"]._verify()

    # -- whose document ----------------------------------------------------------

    def test_a_document_of_somebody_else_is_refused(self):
        lead = self.lead(partner_id=self.bob.id)
        foreign = (
            self.attach(self.bob),
            self.attach(lead),
            self.attach(self.env["crm.team"].search([], limit=1)),
            self.attach(public=True),
            self.attach(user=self.steward),
            self.attach(self.rep.partner_id),
            self.attach(self.env.company.partner_id, public=True),
        )
        for attachment in foreign:
            with self.subTest(attachment.res_model), self.assertRaises(UserError):
                self.inform(self.ada, attachment)
        self.assertFalse(self.ada._sheet_consent_events())

    def test_a_document_of_one_is_none_of_several(self):
        with self.assertRaisesRegex(ValidationError, "not a document of"):
            self.inform(self.ada | self.bob, self.attach(self.ada))

    def test_documents_of_the_persons_own_records_are_taken(self):
        lead = self.lead(partner_id=self.ada.id, sheet_sector="finance")
        for number, (sheet, attachment) in enumerate(
            (
                (self.ada, self.attach(self.ada)),
                (lead, self.attach(lead)),
                (lead, self.attach(self.ada)),
                (self.ada, self.attach(lead)),
                (self.ada, self.attach(user=self.rep)),
            ),
            1,
        ):
            self.inform(sheet, attachment)
            self.assertEqual(len(self.ada._sheet_consent_events()), number)
            self.assertNotEqual(self.filed(sheet), attachment)
            self.assertEqual(self.filed(sheet).raw, SCAN)

    def test_an_empty_file_or_a_link_proves_nothing(self):
        link = {"type": "url", "url": "https://example.fr/offer.pdf", "raw": False}
        for values in ({"raw": b""}, link):
            with self.assertRaisesRegex(UserError, "proves nothing"):
                self.inform(self.ada, self.attach(self.ada, **values))

    # -- it stays ------------------------------------------------------------------

    def everybody(self):
        admin = self.env.ref("base.user_admin")
        return (self.rep, self.steward, self.officer, self.manager, admin)

    def test_nobody_changes_or_removes_what_was_filed(self):
        self.inform(self.ada, self.attach(self.ada))
        document = self.filed(self.ada)
        changes = (
            {"raw": b"forged"},
            {"datas": base64.b64encode(b"forged")},
            {"res_model": "res.partner", "res_id": self.ada.id},
            {"res_id": 0},
            {"res_model": False},
            {"name": "other.pdf"},
            {"type": "url", "url": "https://example.fr"},
            {"public": True},
            {"access_token": "x"},
            {"company_id": False},
        )
        for user in self.everybody():
            mine = document.with_user(user)
            for vals in changes:
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    mine.write(vals)
            with self.assertRaises(UserError), self.env.cr.savepoint():
                mine.unlink()
            with self.assertRaises(UserError), self.env.cr.savepoint():
                mine.with_context(
                    _force_unlink=True, sheet_consent_erasing=True, uninstall=True
                ).unlink()
        for vals in changes:
            with self.assertRaises(UserError):
                document.sudo().write(vals)
        with self.assertRaises(UserError):
            (document | self.attach()).sudo().unlink()
        self.assertEqual(self.verified(), [])

    def test_nobody_files_a_document_with_an_event_by_hand(self):
        self.inform(self.ada, self.attach(self.ada))
        event = self.ada._sheet_consent_events()
        for user in self.everybody():
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.attach(event, user=user)

    def test_what_lies_on_the_sheet_may_go(self):
        """Also the sheet itself, its lead, and the user who uploaded it."""
        on_lead = self.lead(partner_id=self.ada.id, sheet_sector="finance")
        for sheet, attachment in (
            (self.ada, self.attach(self.ada)),
            (on_lead, self.attach(on_lead)),
            (self.ada, self.attach(user=self.rep)),
        ):
            self.inform(sheet, attachment)
            document = self.filed(sheet)
            attachment.sudo().raw = b"changed"
            attachment.sudo().unlink()
            self.assertEqual(document.raw, SCAN)
        on_lead.sudo().unlink()
        self.ada.sudo().unlink()
        self.assertEqual(document.exists().raw, SCAN)
        self.assertEqual(self.verified(), [])

    def test_an_upload_is_filed_and_saved_once(self):
        before = self.attachments.sudo().search_count([])
        values = {"document": base64.b64encode(SCAN), "document_name": "scan.pdf"}
        self.inform(self.ada, **values)
        document = self.filed(self.ada)
        self.assertEqual((document.name, document.res_model), ("scan.pdf", EVENT))
        self.assertEqual(self.attachments.sudo().search_count([]), before + 1)

    def test_moving_the_files_to_another_storage_goes_on(self):
        self.inform(self.ada, self.attach(self.ada))
        document = self.filed(self.ada).sudo()
        document.write({"raw": document.raw, "mimetype": document.mimetype})
        self.assertEqual(self.verified(), [])

    def test_what_is_written_as_it_is_changes_nothing(self):
        self.inform(self.ada, self.attach(self.ada))
        document = self.filed(self.ada).sudo()
        names = ("company_id", "res_id", "res_model", "type", "public", "raw", "datas")
        with catch_warnings():
            simplefilter("error")  # a record is compared with a record
            document.write(document._convert_to_write({name: document[name] for name in names}))
        self.assertEqual(self.verified(), [])

    def test_a_program_files_a_copy_too(self):
        scan = self.attach()
        self.decide(self.ada, "given", method="paper", evidence=scan)
        scan.unlink()
        event = self.ada._sheet_consent_events()
        self.assertEqual(event.evidence_sha256, hashlib.sha256(SCAN).hexdigest())
        self.assertEqual(event.document_id.raw, SCAN)

    def test_an_erasure_removes_the_document(self):
        self.inform(self.ada, self.attach(self.ada))
        document = self.filed(self.ada)
        self.ada._sheet_consent_subjects()._erase()
        self.assertFalse(document.exists())

    def test_what_an_odd_browser_sent_does_not_stop_an_erasure(self):
        scan = self.attach()
        self.decide(self.ada, "given", method="paper", evidence=scan, payload={"ip": "a\0b"})
        self.ada._sheet_consent_subjects()._erase()
        self.assertFalse(self.ada._sheet_consent_events().payload_ids)
