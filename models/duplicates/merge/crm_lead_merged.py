from odoo import fields, models

from ...sheet.fields import SHEET_FIELD


class CrmLead(models.Model):
    """Where a merged record went."""

    _inherit = "crm.lead"

    sheet_merged_into_id = fields.Many2one(
        "crm.lead",
        "Merged into",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        **SHEET_FIELD,
    )
