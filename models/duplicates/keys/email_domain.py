from odoo import api, models


class CustomerSheetEmailDomain(models.Model):
    """What an administrator says of a domain counts for duplicates at once."""

    _inherit = "customer.sheet.email.domain"

    @api.model
    def _check_addresses_of(self, names):
        result = super()._check_addresses_of(names)
        for host in ("res.partner", "crm.lead"):
            self.env[host].sudo()._sheet_match_domains(names)
        return result
