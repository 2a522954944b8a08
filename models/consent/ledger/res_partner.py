from odoo import api, models
from odoo.tools import SQL


class ResPartner(models.Model):
    """Contacts are people of the ledger."""

    _inherit = "res.partner"

    def _sheet_consent_owners(self):
        return {"partner_id": {partner.id: [partner.id] for partner in self}}

    @api.model
    def _sheet_consent_owner_sql(self, alias, link):
        return SQL("%s = %s", SQL.identifier(link, "partner_id"), SQL.identifier(alias, "id"))

    def _sheet_consent_lang(self):
        return self.lang or self.env.lang or "en_US"

    def _sheet_consent_sheets(self):
        """Return ``(contacts, leads)`` on which calls to this person are noted."""
        leads = self.env["crm.lead"].with_context(active_test=False)
        return self, leads.search([("partner_id", "in", self.ids)])
