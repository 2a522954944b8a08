from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.sheet.called import called
from ...models.sheet.catalogue.version import plan_changes


class CustomerSheetCataloguePublish(models.TransientModel):
    """Shows what publishing the catalogue will change, then publishes it."""

    _name = "customer.sheet.catalogue.publish"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Publish the Catalogue"

    note = fields.Char(help="What changed and why, for the list of versions.")
    changes = fields.Html(compute="_compute_changes", sanitize=False)
    has_changes = fields.Boolean(compute="_compute_changes")
    impact = fields.Html(compute="_compute_impact", sanitize=False)

    @api.depends("note")
    def _compute_changes(self):
        versions = self.env["customer.sheet.catalogue.version"]
        published = versions._current().snapshot
        draft = self.env["customer.sheet.question"].sudo()._draft()
        for wizard in self:
            wizard.changes = versions._changes_html(published, draft)
            wizard.has_changes = any(plan_changes(published or [], draft))

    @api.depends_context("lang")
    def _compute_impact(self):
        impact = (
            self.env["customer.sheet.catalogue.version"]
            .sudo()
            ._impact(self.env["customer.sheet.question"].sudo()._draft())
        )
        self.impact = self.env["ir.qweb"]._render(
            "crm_customer_sheet.catalogue_impact",
            {"leads": impact["crm.lead"], "contacts": impact["res.partner"]},
        )

    @called(one=True)
    def action_publish(self):
        """Put the questions in force as they are now."""
        self.env["customer.sheet.question"].check_access("write")
        if not self.has_changes:
            raise UserError(self.env._("Nothing has changed since the last version."))
        version = self.env["customer.sheet.catalogue.version"]._publish(self.note or "")
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.sheet.catalogue.version",
            "res_id": version.id,
            "view_mode": "form",
        }
