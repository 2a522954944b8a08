from odoo import api, fields, models

from ...models.sheet.called import called


class CustomerSheetProcessingPublish(models.TransientModel):
    """Shows what has changed since the last publication, then freezes the register."""

    _name = "customer.sheet.processing.publish"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Publish the Register of Processing"

    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language",
        required=True,
        default=lambda self: self._last_lang(),
        help="The register is written in one language: choose that of your authority.",
    )
    note = fields.Text("Why, and what for", help="Kept beside it, for whoever reads it later.")
    changes = fields.Html("What has changed", compute="_compute_changes", compute_sudo=False)
    is_first = fields.Boolean(
        compute="_compute_changes", compute_sudo=False, export_string_translation=False
    )

    @api.model
    def _last_lang(self):
        versions = self.env["customer.sheet.processing.version"].sudo()
        last = versions.search_fetch([], ["lang"], limit=1)
        known = dict(self.env["res.lang"].get_installed())
        return last.lang if last.lang in known else self.env.lang or "en_US"

    @api.depends("lang")
    def _compute_changes(self):
        versions = self.env["customer.sheet.processing.version"]
        is_first = not versions.search_count([], limit=1)
        for dialog in self:
            activities = self.env["customer.sheet.processing"]
            dialog.is_first = is_first
            dialog.changes = activities._changes(activities.with_context(lang=dialog.lang)._now())

    @called(one=True)
    def action_publish(self):
        """Freeze the register as it stands, and open it."""
        self.env["customer.sheet.processing"].check_access("write")
        version = self.env["customer.sheet.processing.version"]._publish(self.lang, self.note)
        action = self.env["ir.actions.actions"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_processing_version_action"
        )
        views = {"view_mode": "form", "views": [(False, "form")]}
        return {**action, **views, "res_id": version.id, "target": "current"}

    @called(one=True)
    def action_print(self):
        """Print the register as it stands, not published."""
        activities = self.env["customer.sheet.processing"].search([("is_used", "=", True)])
        report = self.env.ref("crm_customer_sheet.customer_sheet_processing_report")
        return report.report_action(activities, config=False)

    @called(one=True)
    def action_workbook(self):
        """Download the register as it stands, as a workbook in the order of the CNIL's model."""
        url = "/customer_sheet/processing/0.xlsx"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}
