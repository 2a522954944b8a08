from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..fields import SHEET_FIELD, SHEET_USER, char, options
from .nace import activity


class CustomerSheetIndustryMixin(models.AbstractModel):
    """What matters at an industrial customer (B1)."""

    _name = "customer.sheet.industry.mixin"
    _inherit = "customer.sheet.mixin"
    _description = "Customer Sheet: Industry"

    sheet_nace_code = char("NACE code", help="Statistical classification of the activity.")
    sheet_nace_label = fields.Char(
        "Activity", compute="_compute_sheet_nace_label", groups=SHEET_USER
    )
    sheet_site_headcount = fields.Integer("Headcount of the site", **SHEET_FIELD)
    sheet_site_count = fields.Integer("Production sites", **SHEET_FIELD)
    sheet_standard_ids = options("Required standards", "standard")
    sheet_process_ids = options("Impacted processes", "process")
    sheet_equipment_ids = options("Key equipment", "equipment")
    sheet_takt = char("Rate or takt")
    sheet_power = char("Power and energy")
    sheet_safety_constraint_ids = options("Safety constraints", "safety_constraint")

    @api.depends("sheet_nace_code")
    def _compute_sheet_nace_label(self):
        for record in self:
            record.sheet_nace_label = activity(record.sheet_nace_code)

    @api.constrains("sheet_nace_code")
    def _check_sheet_nace_code(self):
        for record in self.filtered("sheet_nace_code"):
            if not activity(record.sheet_nace_code):
                raise ValidationError(
                    self.env._(
                        "“%(code)s” in “NACE code” is not a code of the NACE classification."
                        " Example: 25.62 (machining).",
                        code=record.sheet_nace_code,
                    )
                )
