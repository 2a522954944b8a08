import gzip
import io
import json

from odoo import api, fields, models
from odoo.tools import SQL

from .append_only import drop_all

BATCH = 5000


class CustomerSheetConsentEvent(models.Model):
    """The ledger outlives the module: uninstalling leaves it as a file."""

    _inherit = "customer.sheet.consent.event"

    @api.model
    def _export_and_release(self):
        """Keep the whole ledger as an attachment of the company and let its tables go.

        One JSON document a line: events with what the hash covers, the hashes and the readable
        part; then the seals with their leaves.
        """
        if self.search_count([], limit=1):
            name = f"consent_ledger_{fields.Date.today().isoformat()}.jsonl.gz"
            self.env["ir.attachment"].create(
                {
                    "name": name,
                    "raw": self._exported(),
                    "mimetype": "application/gzip",
                    "res_model": "res.company",
                    "res_id": self.env.company.id,
                }
            )
        drop_all(self.env.cr)
        self.env.cr.execute(
            SQL(
                "TRUNCATE %s CASCADE",
                SQL.identifier("customer_sheet_consent_subject"),
            )
        )
        self.env.invalidate_all(flush=False)

    @api.model
    def _exported(self):
        """Return the ledger, compressed, in the order it was written."""
        buffer = io.BytesIO()
        with gzip.open(buffer, "wt", encoding="utf-8") as lines:
            for model in (self, self.env["customer.sheet.consent.seal"]):
                for record in self._each(model):
                    lines.write(json.dumps(record._exported_line(), ensure_ascii=False) + "\n")
        return buffer.getvalue()

    @api.model
    def _each(self, model):
        """Yield all records in the order they were written, without holding them all."""
        last = 0
        while records := model.search([("id", ">", last)], order="id", limit=BATCH):
            yield from records
            last = records[-1].id
            self.env.invalidate_all(flush=False)

    def _exported_line(self):
        payload = self.payload_ids
        return {
            "record": self._record(),
            "prev_hash": self.prev_hash or None,
            "hash": self.hash,
            "key": self.subject_id.sudo().key or None,
            "readable": payload._read() if payload else None,
        }
