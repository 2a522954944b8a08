from odoo import api, models


class CrmLead(models.Model):
    """Where a lead holds what is checked."""

    _inherit = "crm.lead"

    @api.model
    def _sheet_quality_sources(self):
        return {
            "email": "email_from",
            "phone": "phone",
            "phone2": "sheet_phone2",
            "registry": "sheet_company_registry",
            "vat": "sheet_vat",
            "company_name": "partner_name",
            "person_name": "contact_name",
            "city": "city",
            "zip": "zip",
        }

    @api.model
    def _sheet_free_lines(self):
        return {"name", "sheet_need"}
