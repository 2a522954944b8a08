from odoo import api, models
from odoo.tools import SQL

#: Facts of a whole company: Odoo copies them to its people, who must not count again.
COMPANY_FACTS = {"registry", "vat"}


class ResPartner(models.Model):
    """Where a contact holds what is checked."""

    _inherit = "res.partner"

    @api.model
    def _sheet_quality_sources(self):
        return {
            "email": "email",
            "phone": "phone",
            "phone2": "sheet_phone2",
            "registry": "company_registry",
            "vat": "vat",
            "company_name": "name",
            "person_name": "name",
            "city": "city",
            "zip": "zip",
        }

    @api.model
    def _sheet_quality_depends(self):
        return ["is_company", "commercial_partner_id", *super()._sheet_quality_depends()]

    def _sheet_quality_facts(self):
        """Leave out the name of the other kind, and a company's ids on its people."""
        facts = super()._sheet_quality_facts()
        dropped = {"person_name" if self.is_company else "company_name"}
        if self.commercial_partner_id._origin != self._origin:
            dropped |= COMPANY_FACTS
        return facts._replace(**dict.fromkeys(dropped, ""))

    @api.model
    def _sheet_fact_sql(self, role, column):
        if role in COMPANY_FACTS:
            return SQL(
                "CASE WHEN res_partner.commercial_partner_id = res_partner.id THEN %s END", column
            )
        if role == "company_name":
            return SQL("CASE WHEN res_partner.is_company THEN %s END", column)
        if role == "person_name":
            return SQL("CASE WHEN res_partner.is_company IS NOT TRUE THEN %s END", column)
        return column

    @api.model
    def _sheet_static_depends(self):
        """A company's main contact answers for it only where the answer is not invalid."""
        statuses = [
            f"{link}.{self._sheet_own_statuses()[name]}"
            for name, link in self._sheet_linked_answers().items()
            if name in self._sheet_own_statuses()
        ]
        return [*super()._sheet_static_depends(), *statuses]
