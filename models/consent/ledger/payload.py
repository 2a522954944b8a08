import json

from odoo import fields, models
from odoo.tools import SQL

#: What finds the document in a readable part; nothing but a key looks like this in JSON.
DOCUMENT = """substring(content FROM '"evidence_id":([0-9]{1,9})')::integer"""


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
                "SELECT DISTINCT %(document)s FROM customer_sheet_consent_payload"
                " WHERE %(document)s = ANY(%(documents)s)",
                document=SQL(DOCUMENT),
                documents=list(documents),
            )
        )
        alone = documents - {document for [document] in needed}
        self.env["ir.attachment"].browse(alone).exists()._sheet_erase()
