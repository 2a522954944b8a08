from odoo import api, fields, models
from odoo.tools import SQL

from ..fields import SHEET_FIELD, char, text


class CrmLead(models.Model):
    """Who decides, and how (A7): BANT and light MEDDIC."""

    _inherit = "crm.lead"

    sheet_decision_maker = char("Decision maker", tracking=True)
    sheet_decision_maker_id = fields.Many2one(
        "res.partner",
        "Decision maker (contact)",
        index="btree_not_null",
        ondelete="set null",
        **SHEET_FIELD,
    )
    sheet_stakeholder_ids = fields.One2many(
        "customer.sheet.stakeholder", "lead_id", "Stakeholders", copy=True, **SHEET_FIELD
    )
    sheet_metrics = text("Metrics")
    sheet_pain = text("Pain")
    sheet_champion = char("Champion")
    sheet_economic_buyer = char("Economic buyer")
    sheet_decision_criteria = text("Decision criteria")
    sheet_decision_process = text("Decision process")

    # the provider "stakeholders" of the catalogue

    def _sheet_provided_stakeholders(self):
        return self.filtered("sheet_stakeholder_ids")

    @api.model
    def _sheet_provided_stakeholders_sql(self, alias):
        return SQL(
            "EXISTS (SELECT 1 FROM customer_sheet_stakeholder s WHERE s.lead_id = %s)",
            SQL.identifier(alias, "id"),
        )
