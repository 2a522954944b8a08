from odoo import api, models

from ..sheet.actor import acting


class CustomerSheetMerge(models.Model):
    """A merge and its undo move leads about by themselves: nobody is called for it."""

    _inherit = "customer.sheet.merge"

    @api.model
    def _merge_groups(self, host, groups, run=None):
        with acting("merge"):
            merges = super()._merge_groups(host, groups, run)
        if host == "crm.lead":
            kept = self.env[host].browse([group.survivor for group in groups])
            kept._sheet_gate_came_in()
        return merges

    def _undo(self, overwrite=()):
        with acting("merge"):
            result = super()._undo(overwrite)
        if self.host == "crm.lead":
            (self._survivor() | self._tails())._sheet_gate_came_in()
        return result
