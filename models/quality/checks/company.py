from odoo import api, models, tools


class ResCompany(models.Model):
    """In which country a company is, from Odoo's cache: every save of a sheet asks."""

    _inherit = "res.company"

    @api.model
    @tools.ormcache("company_id", "creator_id")
    def _sheet_country_code(self, company_id, creator_id):
        """Return the code of the country of a company, as its card says, or ``""``.

        :param company_id: nothing stands for the company of the user ``creator_id``
        """
        users = self.env["res.users"].sudo()
        company = (
            self.sudo().browse(company_id) if company_id else users.browse(creator_id).company_id
        )
        return company.partner_id.country_id.code or ""

    @api.model
    @tools.ormcache()
    def _sheet_card_ids(self):
        """Return the ids of the contacts that are the cards of companies."""
        companies = self.sudo().with_context(active_test=False).search_fetch([], ["partner_id"])
        return frozenset(companies.partner_id._ids)

    def cache_invalidation_fields(self):
        return {*super().cache_invalidation_fields(), "partner_id"}
