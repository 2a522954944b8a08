import json

from odoo import fields, models
from odoo.tools import SQL

EVENT = "customer.sheet.consent.event"


class CustomerSheetConsentPayload(models.Model):
    """The readable part of an event; the event keeps a commitment to it.

    Only an erasure deletes it, together with the key of the person.
    """

    _name = "customer.sheet.consent.payload"
    _inherit = ["customer.sheet.consent.evidence.mixin"]
    _description = "Consent Evidence"
    _rec_name = "event_id"

    event_id = fields.Many2one(
        "customer.sheet.consent.event", required=True, ondelete="restrict", index=True
    )
    content = fields.Text(required=True, readonly=True, help="Canonical JSON.")

    def _read(self):
        """Return the readable part as a dictionary."""
        self.ensure_one()
        return json.loads(self.content)

    def _erase(self):
        """Delete the readable parts for good, and the documents filed with them alone."""
        if not self:
            return
        documents = {payload._read().get("evidence_id") for payload in self} - {None}
        self.env.cr.execute(
            "DELETE FROM customer_sheet_consent_payload WHERE id IN %s", [tuple(self.ids)]
        )
        self.invalidate_model()
        needed = self.env.execute_query(
            SQL(
                "SELECT DISTINCT (content::jsonb->>'evidence_id')::int"
                " FROM customer_sheet_consent_payload"
                " WHERE (content::jsonb->>'evidence_id')::int = ANY(%s)",
                list(documents),
            )
        )
        alone = documents - {document for [document] in needed}
        filed = self.env["ir.attachment"].sudo().browse(alone).exists()
        filed.filtered(lambda document: document.res_model == EVENT).unlink()
