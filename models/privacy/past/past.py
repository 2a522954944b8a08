from odoo import api, fields, models

from ...sheet.called import called
from .hosts import PAGE
from .words import kind_words


class CustomerSheetPast(models.TransientModel):
    """The page *What happened to their data*: read anew whenever somebody looks."""

    _name = "customer.sheet.past"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "What Happened to Their Data"

    partner_id = fields.Many2one("res.partner", "Contact", readonly=True, ondelete="cascade")
    lead_id = fields.Many2one("crm.lead", readonly=True, ondelete="cascade")
    kind = fields.Selection(
        lambda self: list(kind_words(self.env).items()), "What happened", readonly=False
    )
    page = fields.Integer(readonly=True)
    lines = fields.Html(compute="_compute_lines", compute_sudo=False, sanitize=False)
    has_more = fields.Boolean(compute="_compute_lines", compute_sudo=False)

    @api.depends("partner_id", "lead_id")
    def _compute_display_name(self):
        for past in self:
            past.display_name = self.env._(
                "What happened to the data of %(name)s", name=past._sheet().display_name or ""
            )

    @api.depends("kind", "page", "partner_id", "lead_id")
    @api.depends_context("lang", "uid", "allowed_company_ids")
    def _compute_lines(self):
        for past in self:
            sheet = past._sheet()
            lines = sheet._sheet_past(past.kind, PAGE + 1, past.page * PAGE) if sheet else []
            past.has_more = len(lines) > PAGE
            past.lines = self.env["ir.qweb"]._render(
                "crm_customer_sheet.customer_sheet_past_lines", {"lines": lines[:PAGE]}
            )

    @api.onchange("kind")
    def _onchange_kind(self):
        self.page = 0

    def _sheet(self):
        """Return the contact or lead, if the user may see it."""
        return (self.partner_id or self.lead_id)._origin._filtered_access("read")

    def _action_open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    @called(one=True)
    def action_older(self):
        """Show the page before."""
        self.page += 1
        return True

    @called(one=True)
    def action_newer(self):
        """Show the page after."""
        self.page = max(self.page - 1, 0)
        return True

    @called(one=True)
    def action_download(self):
        """Download all of it as a table."""
        sheet = self._sheet()
        sheet._sheet_check_past()
        kind = f"?kind={self.kind}" if self.kind else ""
        url = f"/customer_sheet/past/{sheet._name}/{sheet.id}.csv{kind}"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}
