from odoo import models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Odoo's own merge, which other code still calls, leaves a trace.

    It deletes, so that it cannot be undone; the journal keeps who merged what, and the rows
    that went.
    """

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        self._sheet_point_at(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)

    def _sheet_point_at(self, src_partners, dst_partner):
        """Let the journals of earlier merges name the contact that stays."""
        merges = self.env["customer.sheet.merge"].sudo()
        domain = [("host", "=", "res.partner"), ("survivor_id", "in", src_partners.ids)]
        merges.search(domain).survivor_id = dst_partner.id

    def _log_merge_operation(self, src_partners, dst_partner):
        result = super()._log_merge_operation(src_partners, dst_partner)
        self.env["customer.sheet.merge"]._note_stock_merge(dst_partner, src_partners)
        return result
