import hmac

from odoo import api, fields, models
from odoo.tools import hmac as signature

#: Letters of the signature in a key.
SIGNED = 16


class CustomerSheetImportRow(models.Model):
    """A row of an error workbook names the row that it corrects by a key that nobody can make."""

    _inherit = "customer.sheet.import.row"

    mends_id = fields.Many2one(
        "customer.sheet.import.row",
        "Corrects",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )

    def _key(self):
        """Return the key by which a workbook names this row."""
        self.ensure_one()
        named = f"{self.import_id.id}-{self.line}"
        return f"{named}-{self._signed(named)}"

    def _unmend(self):
        """Let the rows that these ones have corrected wait for another correction."""
        originals = self.mends_id
        while originals:
            mended = originals.filtered(lambda row: row.outcome == "mended")
            mended.write({"outcome": "failed", "lead_id": False, "partner_id": False})
            originals = originals.mends_id

    @api.model
    def _signed(self, named):
        scope = "crm_customer_sheet.import.row"
        return signature(self.env(su=True), scope, named)[:SIGNED]

    @api.model
    def _by_key(self, key):
        """Return the row that a key names and that the user may see, or none."""
        named, _dash, signed = str(key or "").strip().rpartition("-")
        rows = self.browse()
        if not hmac.compare_digest(signed.encode(), self._signed(named).encode()):
            return rows
        import_id, _dash, line = named.partition("-")
        return self.search([("import_id", "=", int(import_id)), ("line", "=", int(line))])
