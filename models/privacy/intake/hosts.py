from odoo import models

from ...sheet.called import called


class CustomerSheetMixin(models.AbstractModel):
    """Whoever hears that somebody asks about their data can file it."""

    _inherit = "customer.sheet.mixin"

    @called(one=True)
    def action_sheet_request_file(self):
        """Open the dialog that tells the privacy officer that this person asks something."""
        self._sheet_check_access("read")
        column = "partner_id" if self._name == "res.partner" else "lead_id"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("They ask about their data"),
            "res_model": "customer.sheet.request.file",
            "view_mode": "form",
            "target": "new",
            "context": {f"default_{column}": self.id},
        }

    def _sheet_request_name(self):
        """Return the name by which a request about this person is known."""
        raise NotImplementedError


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _sheet_request_name(self):
        return self.name


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _sheet_request_name(self):
        return self.contact_name or self.partner_name
