from odoo import api, models

from .plan_holder import FILLED, PLACEHOLDER, Holder, can_hold_answer


class CrmLead(models.Model):
    """A stock lead merge keeps the best known answer to each question.

    Stock drops every field that it does not know, and the assignment job merges silently.
    """

    _inherit = "crm.lead"

    @api.model
    def _sheet_merged_fields(self):
        """Return the fields to merge; first and last name follow the stock name as one."""
        names = ("sheet_first_name", "sheet_last_name")
        return [
            field
            for name, field in self._fields.items()
            if name.startswith("sheet_") and name not in names
            if field.copy and can_hold_answer(field)
        ]

    def _merge_get_fields_specific(self):
        own = {field.name: _best_known for field in self._sheet_merged_fields()}
        return {**super()._merge_get_fields_specific(), **own}

    def _merge_dependences(self, opportunities):
        """Keep stakeholders, and what was said about the answers, of the leads that go."""
        self.env["customer.sheet.answer"].sudo().search(
            [("lead_id", "in", opportunities.ids)]
        ).lead_id = self
        opportunities.sudo().sheet_stakeholder_ids.lead_id = self
        return super()._merge_dependences(opportunities)


def _best_known(name, leads):
    """Return the value of the first lead that really answers, as ``write`` takes it."""
    field = leads._fields[name]
    if field.type == "many2many":
        return leads[name]
    holder = Holder(field)
    by_state = {holder.state(lead): lead for lead in reversed(leads)}
    lead = by_state.get(FILLED) or by_state.get(PLACEHOLDER) or leads[:1]
    return lead[name].id if field.type == "many2one" else lead[name]
