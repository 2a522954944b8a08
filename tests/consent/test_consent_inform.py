import base64
import hashlib

from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .common import ConsentCase

SCAN = b"signed by hand"


@tagged("post_install", "-at_install")
class TestConsentInform(ConsentCase):
    """What a person was told before a contract."""

    def inform(self, record, **values):
        action = record.with_user(self.rep).action_sheet_consent_informed()
        dialogs = self.env[action["res_model"]].with_user(self.rep)
        with Form(dialogs.with_context(**action["context"])) as form:
            for name, value in {
                "what": "Cost of the credit",
                "method": "meeting",
                **values,
            }.items():
                form[name] = value
        form.record.action_save()

    def test_what_was_told_is_listed_on_the_sheet(self):
        ada = self.contact(sheet_sector="finance")
        self.inform(ada)
        [row] = ada.with_user(self.rep).sheet_consents["precontract"]
        self.assertEqual(row["what"], "Cost of the credit")
        self.assertEqual(row["by"], self.rep.name)
        event = ada._sheet_consent_events()
        self.assertEqual((event.state, event.purpose_code), ("informed", "precontract"))
        self.assertFalse(event.channel)

    def test_what_was_told_is_no_decision(self):
        lead = self.lead(sheet_sector="finance")
        self.inform(lead)
        self.assertFalse(self.standing(lead, "precontract"))

    def test_a_document_of_the_sheet_can_be_named(self):
        lead = self.lead(sheet_sector="finance")
        offer = self.env["ir.attachment"].create(
            {"name": "offer.pdf", "raw": SCAN, "res_model": "crm.lead", "res_id": lead.id}
        )
        self.inform(lead, attachment_id=offer)
        event = lead._sheet_consent_events()
        self.assertEqual(event.evidence_sha256, hashlib.sha256(SCAN).hexdigest())
        self.assertEqual((offer.res_model, offer.res_id), ("crm.lead", lead.id))
        self.assertEqual(
            lead.with_user(self.rep).sheet_consents["precontract"][0]["document"], "offer.pdf"
        )

    def test_only_one_document(self):
        ada = self.contact(sheet_sector="finance")
        offer = self.env["ir.attachment"].create(
            {"name": "offer.pdf", "raw": SCAN, "res_model": "res.partner", "res_id": ada.id}
        )
        dialogs = self.env["customer.sheet.consent.inform"].with_user(self.rep)
        dialog = dialogs.create(
            {
                "host": "res.partner",
                "sheet_refs": ada.ids,
                "what": "Cost",
                "method": "meeting",
                "attachment_id": offer.id,
                "document": base64.b64encode(SCAN),
            }
        )
        with self.assertRaisesRegex(ValidationError, "not both"):
            dialog.action_save()
