import base64
import hashlib
import json

from odoo import api, fields, models
from odoo.tools import format_date

from ...sheet.called import called

REPORT = "crm_customer_sheet.customer_sheet_processing_version_report"


class CustomerSheetProcessingVersion(models.Model):
    """The register of processing as it was on a day: frozen, with its PDF."""

    _name = "customer.sheet.processing.version"
    _description = "Published Register of Processing"
    _inherit = ["customer.sheet.evidence.mixin"]
    _order = "id desc"
    _rec_name = "published_on"
    _rec_names_search = ["note"]
    _sheet_stays = True

    published_on = fields.Datetime("Published on", required=True, readonly=True)
    user_id = fields.Many2one("res.users", "By", readonly=True, ondelete="set null")
    lang = fields.Char("Language", required=True, readonly=True)
    note = fields.Text("Why, and what for", readonly=True)
    content = fields.Json(required=True, readonly=True, prefetch=False)
    sha256 = fields.Char("SHA-256 of the content", required=True, readonly=True)
    activity_count = fields.Integer("Activities", readonly=True, aggregator=None)
    changes = fields.Html("What had changed", readonly=True, prefetch=False)
    shown = fields.Html("The register", compute="_compute_shown")
    pdf = fields.Binary("PDF", attachment=True, readonly=True)
    pdf_name = fields.Char(compute="_compute_pdf_name", export_string_translation=False)

    @api.depends("published_on")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for version in self:
            day = format_date(self.env, version.published_on)
            version.display_name = self.env._("Register of %(day)s", day=day)

    @api.depends("display_name")
    def _compute_pdf_name(self):
        for version in self:
            version.pdf_name = f"{version.display_name}.pdf"

    @api.depends("content")
    def _compute_shown(self):
        for version in self:
            version.shown = self.env["ir.qweb"]._render(
                "crm_customer_sheet.customer_sheet_processing_register",
                {"register": version.content},
            )

    @api.model
    def _publish(self, lang, note=False):
        """Freeze the register as it stands, with its PDF; the caller has checked who may.

        :param lang: code of the language in which it is written
        """
        activities = self.env["customer.sheet.processing"].with_context(lang=lang)
        content = activities._now()
        version = self.sudo().create(
            {
                "published_on": fields.Datetime.now(),
                "user_id": self.env.uid,
                "lang": lang,
                "note": note,
                "content": content,
                "sha256": _sha256(content),
                "activity_count": len(content["activities"]),
                "changes": activities._changes(content),
            }
        )
        pdf, _kind = self.env["ir.actions.report"].sudo()._render_qweb_pdf(REPORT, version.ids)
        version.pdf = base64.b64encode(pdf)
        return version.sudo(False)

    @called(one=True)
    def action_workbook(self):
        """Download the register as a workbook, in the order of the CNIL's model."""
        url = f"/customer_sheet/processing/{self.id}.xlsx"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}


def _sha256(content):
    """Return the hash of a register: of its JSON, sorted and without blanks."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
