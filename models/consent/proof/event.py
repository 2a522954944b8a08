import gzip
import io
import json

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_normalize

from ...sheet.called import called
from ..ledger.words import word_of

BATCH = 5000


class CustomerSheetConsentEvent(models.Model):
    """Events as the privacy officer finds and reads them."""

    _inherit = "customer.sheet.consent.event"

    holder_names = fields.Char(related="subject_id.holder_names", string="Person")
    author_name = fields.Char("By whom", compute="_compute_author_name")
    company_name = fields.Char("Company", compute="_compute_author_name")
    label = fields.Text("Exact words", compute="_compute_readable")
    note = fields.Text(compute="_compute_readable")
    call_reference = fields.Char("Call reference", compute="_compute_readable")
    trace = fields.Text("Technical trace", compute="_compute_readable")
    contact_point = fields.Char(
        "Contact point",
        compute="_compute_readable",
        search="_search_contact_point",
        help="The e-mail address, phone number or postal address that the decision is about.",
    )
    document_id = fields.Many2one("ir.attachment", compute="_compute_readable")

    # -- what sealing needs: finding the events of the last days in a long ledger --
    # rows come in the order of time and stay: a block range index is a few pages for millions
    _recorded_index = models.Index("USING brin (recorded_at)")

    @api.depends("state", "purpose_id", "channel")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for event in self:
            parts = [word_of(event, "state"), event.purpose_id.name, word_of(event, "channel")]
            event.display_name = " · ".join(filter(None, parts))

    @api.depends("user_id", "company_id")
    @api.depends_context("lang")
    def _compute_author_name(self):
        companies = self.env["res.company"].sudo()
        for event in self:
            event.author_name = event._author()
            event.company_name = companies.browse(event.company_id).exists().name

    @api.depends("payload_ids.content")
    def _compute_readable(self):
        for event in self:
            readable = event._readable()
            for name in ("label", "note", "call_reference"):
                event[name] = readable.get(name, False)
            event.contact_point = readable.get("point", False)
            document = self.env["ir.attachment"].browse(readable.get("evidence_id") or ())
            event.document_id = document.exists()
            event.trace = event._trace(readable)

    def _trace(self, readable):
        """Return where an answer came from, a line for each thing known, or False."""
        words = {
            "ip": self.env._("IP address: %(value)s", value=readable.get("ip")),
            "user_agent": self.env._("Browser: %(value)s", value=readable.get("user_agent")),
            "referrer": self.env._("Page: %(value)s", value=readable.get("referrer")),
            "submission": self.env._("Submission: %(value)s", value=readable.get("submission")),
        }
        return "\n".join(line for name, line in words.items() if readable.get(name)) or False

    @api.model
    def _search_contact_point(self, operator, value):
        """Find the events of a whole e-mail address or phone number: the ledger holds hashes."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        typed = [str(each) for each in ([value] if isinstance(value, str) else value) if each]
        return Domain("point_hash", "in", [h for text in typed for h in self._hashes_of(text)])

    @api.model
    def _hashes_of(self, text):
        subjects = self.env["customer.sheet.consent.subject"].sudo()
        text = text.strip("%").strip()
        country = self.env.company.country_id
        number = self.env.user._phone_format(number=text, country=country, force_format="E164")
        points = {"email": email_normalize(text), "phone": number}
        return [subjects._hash_point(kind, point) for kind, point in points.items() if point]

    @called(one=True)
    def action_open_person(self):
        """Open the person with all their events."""
        roots = self.subject_id._roots()
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.sheet.consent.subject",
            "res_id": roots[self.subject_id.id],
            "views": [(False, "form")],
        }

    # -- the whole ledger as a file -----------------------------------------------

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
