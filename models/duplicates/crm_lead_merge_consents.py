from odoo import models


class CrmLead(models.Model):
    """Odoo's own merge of leads joins their consents."""

    _inherit = "crm.lead"

    def _merge_dependences(self, opportunities):
        self.env["customer.sheet.merge"]._join_consents_of(self | opportunities)
        return super()._merge_dependences(opportunities)
