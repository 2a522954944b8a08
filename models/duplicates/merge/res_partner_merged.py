from odoo import fields, models

from ...sheet.fields import SHEET_FIELD


class ResPartner(models.Model):
    """Where a merged record went."""

    _inherit = "res.partner"

    sheet_merged_into_id = fields.Many2one(
        "res.partner",
        "Merged into",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        **SHEET_FIELD,
    )
