from odoo import api, models, tools
from odoo.fields import Domain

from ....tools.names.country_name import country_code


class ResCountry(models.Model):
    """Countries are found by their names and codes in French, English and Arabic (C4)."""

    _inherit = "res.country"

    @api.model
    @tools.ormcache("code", "lang", cache="stable")
    def _sheet_name(self, code, lang):
        """Return the name of the country with this code, ``""`` where there is none."""
        countries = self.sudo().with_context(lang=lang)
        return countries.search([("code", "=", code)]).name if code else ""

    @api.model
    def _search_display_name(self, operator, value):
        domain = super()._search_display_name(operator, value)
        texts = [value] if isinstance(value, str) else value or ()
        codes = {country_code(text) for text in texts if isinstance(text, str)} - {""}
        if codes and operator in ("=", "in", "ilike", "=ilike"):
            return Domain(domain) | Domain("code", "in", sorted(codes))
        return domain
