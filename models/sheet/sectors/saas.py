from odoo import fields, models

from ..fields import SHEET_FIELD, choice, options


class CustomerSheetSaasMixin(models.AbstractModel):
    """What matters to a buyer of software (B5)."""

    _name = "customer.sheet.saas.mixin"
    _inherit = "customer.sheet.mixin"
    _description = "Customer Sheet: Software"

    sheet_stack_ids = options("Current stack", "stack")
    sheet_user_count = fields.Integer("Software users", **SHEET_FIELD)
    sheet_priority_integration_ids = options("Priority integrations", "integration")
    sheet_kpi_target_ids = options("KPI targets", "kpi_target")
    sheet_buying_cycle = choice(
        "Buying cycle",
        [
            ("under_1_month", "Less than a month"),
            ("1_3_months", "1 to 3 months"),
            ("3_6_months", "3 to 6 months"),
            ("over_6_months", "More than 6 months"),
        ],
    )
