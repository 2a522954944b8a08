from odoo import api, models
from odoo.tools import SQL

from .fields import HostMany2many


class CustomerSheetMixin(models.AbstractModel):
    """All lists of values and lines of a sheet are loaded by one query.

    Stock needs one query for each relation; a sheet has a dozen, and opening a form must
    cost hardly more than before.  Their access is that of the sheet itself.
    """

    _inherit = "customer.sheet.mixin"

    def _fetch_query(self, query, fields):
        ours = [field for field in fields if self._sheet_is_ours(field)]
        fetched = super()._fetch_query(query, [field for field in fields if field not in ours])
        if ours and fetched:
            fetched._sheet_fetch_relations(ours)
        return fetched

    @api.model
    def _sheet_is_ours(self, field):
        """Tell whether ``field`` is a list of values or ordered lines of the sheet."""
        if isinstance(field, HostMany2many):
            return True
        lines = field.type == "one2many" and field.comodel_name.startswith("customer.sheet.")
        return lines and "sequence" in self.env[field.comodel_name]._fields

    def _sheet_fetch_relations(self, relations):
        for comodel in {field.comodel_name for field in relations}:
            self.env[comodel].check_access("read")
            self.env[comodel].flush_model()
        selects = [
            SQL("(SELECT %s, %s)", number, self._sheet_relation_sql(field))
            for number, field in enumerate(relations)
        ]
        rows = self.env.execute_query(
            SQL("%s ORDER BY sequence, id", SQL(" UNION ALL ").join(selects))
        )
        found = {}
        for number, record_id, related_id, _sequence in rows:
            found.setdefault((number, record_id), []).append(related_id)
        for number, field in enumerate(relations):
            values = [tuple(found.get((number, record_id), ())) for record_id in self._ids]
            field._insert_cache(self, values)

    def _sheet_relation_sql(self, field):
        """Return the rest of a SELECT of ``record, related id, sequence``."""
        comodel = SQL.identifier(self.env[field.comodel_name]._table)
        if field.type == "one2many":
            owner = SQL.identifier(field.inverse_name)
            return SQL("%s, id, sequence FROM %s WHERE %s IN %s", owner, comodel, owner, self._ids)
        owner = SQL.identifier("r", field.column1)
        return SQL(
            "%s, o.id, o.sequence FROM %s r JOIN %s o ON o.id = %s WHERE %s IN %s",
            owner,
            SQL.identifier(field.relation),
            comodel,
            SQL.identifier("r", field.column2),
            owner,
            self._ids,
        )
