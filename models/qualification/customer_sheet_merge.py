from odoo import api, models

from .crm_lead_gate import _automatic


class CustomerSheetMerge(models.Model):
    """A merge and its undo move leads about by themselves: nobody is called for it."""

    _inherit = "customer.sheet.merge"

    @api.model
    def _merge_groups(self, host, groups, run=None):
        with _automatic():
            return super()._merge_groups(host, groups, run)

    def _undo(self, overwrite=()):
        with _automatic():
            return super()._undo(overwrite)
