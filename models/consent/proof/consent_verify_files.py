import hashlib

from odoo import models
from odoo.tools import SQL

from ..ledger.payload import DOCUMENT


class CustomerSheetConsentSeal(models.Model):
    """Are the notices the ones that were shown, and the documents the ones handed over?"""

    _inherit = "customer.sheet.consent.seal"

    def _verify_notices(self, subject_ids):
        """Yield the notices whose text is not the one that people were shown."""
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT notice_version_id, notice_sha256, count(*) AS count, min(id) AS event_id
                  FROM customer_sheet_consent_event
                 WHERE notice_version_id IS NOT NULL %s
                 GROUP BY notice_version_id, notice_sha256
                 ORDER BY notice_version_id
                """,
                self._verified_only(subject_ids),
            )
        )
        versions = self.env["customer.sheet.consent.notice.version"].sudo()
        for row in rows:
            version = versions.browse(row["notice_version_id"])
            version.invalidate_recordset(["body", "state"])
            held = hashlib.sha256(str(version.body or "").encode()).hexdigest()
            if held != row["notice_sha256"] or version.state != "published":
                yield {
                    "kind": "notice",
                    **self._verified_event(row["event_id"]),
                    "notice": version.id,
                    "count": row["count"],
                }

    def _verify_documents(self, subject_ids):
        """Yield the documents that were replaced or removed since they were handed over."""
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT %s AS document, evidence_sha256, count(*) AS count,
                       min(event.id) AS event_id
                  FROM customer_sheet_consent_event event
                  JOIN customer_sheet_consent_payload payload ON payload.event_id = event.id
                 WHERE evidence_sha256 IS NOT NULL %s
              GROUP BY 1, 2 ORDER BY 4
                """,
                SQL(DOCUMENT),
                self._verified_only(subject_ids),
            )
        )
        attachments = self.env["ir.attachment"].sudo()
        for row in rows:
            if not row["document"]:  # it was never kept here
                continue
            document = attachments.browse(row["document"]).exists()
            held = hashlib.sha256(document.raw or b"").hexdigest() if document else None
            document.invalidate_recordset()
            if held != row["evidence_sha256"]:
                kind = "document" if document else "document_missing"
                yield {
                    "kind": kind,
                    **self._verified_event(row["event_id"]),
                    "document": document.name or "",
                    "count": row["count"],
                }

    def _verified_only(self, subject_ids):
        if subject_ids is None:
            return SQL()
        return SQL("AND subject_id = ANY(%s)", list(subject_ids))

    def _verified_event(self, event_id):
        event = self.env["customer.sheet.consent.event"].sudo().browse(event_id)
        return {"subject": event.subject_id.uuid, "sequence": event.sequence}
