from odoo import api, models
from odoo.tools import SQL

from ..catalogue.plan_question import FILLED, PLACEHOLDER, Holder, can_hold_answer


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
        """Keep our own records of the leads that go."""
        for records in self._sheet_merged_rows(opportunities):
            self._sheet_take_over(records)
        return super()._merge_dependences(opportunities)

    @api.model
    def _sheet_merged_models(self):
        """Return the models with a ``lead_id`` whose records a merge keeps."""
        return ["customer.sheet.answer", "customer.sheet.stakeholder"]

    def _sheet_take_over(self, records):
        """Make records of a lead that goes those of this lead."""
        records.lead_id = self

    def _sheet_merged_rows(self, opportunities):
        """Return our records of leads that go, as superuser, in one query for all models."""
        models = [self.env[name].sudo() for name in self._sheet_merged_models()]
        parts = []
        for model in models:
            model.flush_model(["lead_id"])
            table, leads = SQL.identifier(model._table), tuple(opportunities.ids)
            parts.append(
                SQL("SELECT %s, id FROM %s WHERE lead_id IN %s", model._name, table, leads)
            )
        ids = {}
        for name, id_ in self.env.execute_query(SQL(" UNION ALL ").join(parts)):
            ids.setdefault(name, []).append(id_)
        return [self.env[name].sudo().browse(found) for name, found in ids.items()]


def _best_known(name, leads):
    """Return the value of the first lead that really answers, as ``write`` takes it."""
    field = leads._fields[name]
    if field.type == "many2many":
        return leads[name]
    holder = Holder(field)
    by_state = {holder.state(lead): lead for lead in reversed(leads)}
    lead = by_state.get(FILLED) or by_state.get(PLACEHOLDER) or leads[:1]
    return lead[name].id if field.type == "many2one" else lead[name]
