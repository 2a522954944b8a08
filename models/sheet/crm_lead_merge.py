from odoo import api, models
from odoo.tools import SQL

from .plan_holder import FILLED, PLACEHOLDER, Holder, can_hold_answer

STAKEHOLDER = "customer.sheet.stakeholder"


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
        for records in self._sheet_merged_rows(opportunities):
            records.lead_id = self
        return super()._merge_dependences(opportunities)

    def _sheet_merged_rows(self, opportunities):
        """Return our own records of leads that go, as superuser, in one query for all models."""
        models = [self.env[name].sudo() for name in ("customer.sheet.answer", STAKEHOLDER)]
        parts = []
        for index, model in enumerate(models):
            model.flush_model(["lead_id"])
            parts.append(
                SQL(
                    "SELECT %s, id FROM %s WHERE lead_id IN %s",
                    index,
                    SQL.identifier(model._table),
                    tuple(opportunities.ids),
                )
            )
        found = self.env.execute_query(SQL(" UNION ALL ").join(parts))
        return [
            model.browse(id_ for which, id_ in found if which == index)
            for index, model in enumerate(models)
            if any(which == index for which, _id in found)
        ]


def _best_known(name, leads):
    """Return the value of the first lead that really answers, as ``write`` takes it."""
    field = leads._fields[name]
    if field.type == "many2many":
        return leads[name]
    holder = Holder(field)
    by_state = {holder.state(lead): lead for lead in reversed(leads)}
    lead = by_state.get(FILLED) or by_state.get(PLACEHOLDER) or leads[:1]
    return lead[name].id if field.type == "many2one" else lead[name]
