from odoo import api, models
from odoo.tools import SQL

from .deal import Deal, differ

#: What says of a lead what it is about, and how its customer is called.
TITLE, NEED, PRODUCT = "name", "sheet_need", "sheet_product_id"
AMOUNTS = ("expected_revenue", "sheet_budget_max", "sheet_budget_min")
CUSTOMER = ("contact_name", "partner_name")
NAMES = (TITLE, NEED, PRODUCT, *AMOUNTS, *CUSTOMER)


class CrmLead(models.Model):
    """What a request is about: two requests of one customer are not one request twice."""

    _inherit = "crm.lead"

    def _sheet_deal_rows(self):
        """Return ``{id: row}`` of these leads with what makes their deals, in one query."""
        self.flush_model(NAMES)
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT id, %s FROM crm_lead WHERE id = ANY(%s)",
                SQL(", ").join(map(SQL.identifier, NAMES)),
                self.ids,
            )
        )
        return {row["id"]: row for row in rows}

    @api.model
    def _sheet_deal(self, row):
        """Return the :class:`Deal` of a row, or of the values of a form.

        Override to have other fields tell two requests apart.
        """
        amounts = (row.get(name) for name in AMOUNTS)
        product = row.get(PRODUCT)
        return Deal(
            title=str(row.get(TITLE) or ""),
            need=str(row.get(NEED) or ""),
            product=product if isinstance(product, int) else 0,
            amount=next((each for each in amounts if each and isinstance(each, float | int)), 0),
            customer=" ".join(str(row.get(name) or "") for name in CUSTOMER),
        )

    def _sheet_tell_more(self, matches, values=None):
        """Have the leads among ``matches`` that are about something else say so."""
        super()._sheet_tell_more(matches, values)
        rivals = [
            match
            for match in matches
            if match["model"] == "crm.lead" and match["kind"] == "duplicate" and match["readable"]
        ]
        if not rivals:
            return
        rows = self.browse([*self.ids, *(match["id"] for match in rivals)])._sheet_deal_rows()
        own = self._sheet_deal({**rows.get(self.id, {}), **(values or {})})
        for match in rivals:
            if differ(own, self._sheet_deal(rows[match["id"]])):
                match["kind"] = "same_customer"
                match["band"] = "probable" if match["band"] == "certain" else match["band"]
