from odoo import api, models

from ..sheet import takes
from ..sheet.called import called
from .customer_sheet_mixin_match import id_of


class CustomerSheetMatchKey(models.Model):
    """Of leads that look alike, those about something else say so."""

    _inherit = "customer.sheet.match.key"

    @api.model
    @api.readonly
    @called(values=takes.values, typology=takes.text, exclude=takes.values)
    def find(self, values, typology=None, exclude=None):
        found = super().find(values, typology, exclude)
        edited = exclude or {}
        if edited.get("model") == "crm.lead":
            lead = self.env["crm.lead"].browse(id_of(edited.get("id")) or ())
            lead._sheet_tell_deals(found, values)
        return found

    @api.model
    def _find_for(self, records):
        found = super()._find_for(records)
        for record in records if records._name == "crm.lead" else ():
            record._sheet_tell_deals(found.get(record.id, []))
        return found
