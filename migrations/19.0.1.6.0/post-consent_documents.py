from odoo import SUPERUSER_ID, api

EVENT = "customer.sheet.consent.event"


def migrate(cr, version):
    """Let the documents that the ledger points at belong to it; the sheet keeps a copy."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    cr.execute(
        """
        SELECT document.id, min(payload.event_id)
          FROM customer_sheet_consent_payload payload
          JOIN ir_attachment document ON document.id =
               substring(payload.content FROM '"evidence_id":([0-9]{1,9})')::integer
         WHERE document.res_model IS DISTINCT FROM %s OR COALESCE(document.res_id, 0) = 0
      GROUP BY document.id
        """,
        [EVENT],
    )
    for document_id, event_id in cr.fetchall():
        document = env["ir.attachment"].browse(document_id)
        if document.res_model and document.res_model != EVENT:
            values = {name: document[name] for name in ("name", "res_model", "res_id")}
            copy = env["ir.attachment"].create({**values, "raw": document.raw})
            cr.execute(
                "UPDATE message_attachment_rel SET attachment_id = %s WHERE attachment_id = %s",
                [copy.id, document_id],
            )
        document.write({"res_model": EVENT, "res_id": event_id})
