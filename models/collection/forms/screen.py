import base64

from odoo import api, fields, models

from ....tools.qr import png
from ...sheet.called import called

#: What is longer is no address that a phone reads off a poster.
MOST_SCANNED = 500


class CustomerSheetForm(models.Model):
    """Where a form is found, and what the editor shows beside the draft."""

    _inherit = "customer.sheet.form"

    url = fields.Char("Public page", compute="_compute_url")
    embed_code = fields.Char(
        "Line for a website",
        compute="_compute_url",
        help="Paste it where the form is to stand in the page of a website.",
    )
    qr = fields.Binary("Code to scan", compute="_compute_qr")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    preview_lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Look at it in",
        compute="_compute_preview_lang",
        readonly=False,
    )
    version_count = fields.Integer("Published versions", compute="_compute_version_count")

    @api.depends("slug", "company_id")
    def _compute_url(self):
        for form in self:
            form.url = f"{form.get_base_url()}/customer_sheet/form/{form.slug or ''}"
            form.embed_code = f'<script src="{form.url}/embed.js" async></script>'

    @api.depends("url")
    def _compute_qr(self):
        for form in self:
            url = form.url or ""
            form.qr = base64.b64encode(png(url)) if len(url) < MOST_SCANNED else False

    @api.depends("version_ids")
    def _compute_version_count(self):
        for form in self:
            form.version_count = len(form.version_ids)

    def _compute_preview_lang(self):
        for form in self:
            form.preview_lang = self.env.lang

    @api.depends("preview_lang", "changes")
    def _compute_preview(self):
        for form in self:
            reader = form.with_context(lang=form.preview_lang or self.env.lang)
            form.preview = reader._preview_html(form._content()) if form.line_ids else False

    @called(one=True)
    def action_open_versions(self):
        """Open what was published, the last version first."""
        domain = [("form_id", "=", self.id)]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Published versions"),
            "res_model": "customer.sheet.form.version",
            "view_mode": "list,form",
            "domain": domain,
            "context": {},
        }

    @called(one=True)
    def action_open_page(self):
        """Open the public page, as visitors see it."""
        return {"type": "ir.actions.act_url", "url": self.url, "target": "new"}
