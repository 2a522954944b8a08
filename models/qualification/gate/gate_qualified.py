from odoo import api, models, tools


class CustomerSheetGate(models.Model):
    """Which stages mean "qualified": those of the shipped gate and those behind them."""

    _inherit = "customer.sheet.gate"

    @api.model
    @tools.ormcache()
    def _qualified_stage_ids(self):
        """Return the ids of the stages in which a lead is qualified."""
        gate = self.env.ref("crm_customer_sheet.gate_qualified", raise_if_not_found=False)
        return frozenset(gate.sudo()._stages_beyond().ids) if gate else frozenset()
