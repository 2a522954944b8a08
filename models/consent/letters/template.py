from odoo import fields, models

from .message import PURPOSE


class MailTemplate(models.Model):
    """What the messages of a template are for."""

    _inherit = "mail.template"

    sheet_consent_purpose_id = fields.Many2one(
        "customer.sheet.consent.purpose",
        "Purpose",
        index="btree_not_null",
        help="What the messages are for. Messages of a marketing purpose go only to people who"
        " may be contacted for it. Leave empty for ordinary correspondence.",
    )

    def _generate_template_static_values(self, res_ids, render_fields, render_results=None):
        """Give the mails that are created from the values the purpose of the template."""
        results = super()._generate_template_static_values(res_ids, render_fields, render_results)
        purpose = self.sudo().sheet_consent_purpose_id
        if purpose and "res_id" in render_fields:
            for res_id in res_ids:
                results[res_id][PURPOSE] = purpose.id
        return results
