from odoo import models
from odoo.tools import SQL

from .sheet_fields import HostMany2many


class CustomerSheetMixin(models.AbstractModel):
    """All lists of values of a sheet are loaded by one query.

    Stock needs one query for each many2many; a sheet has a dozen, and opening a form must
    cost hardly more than before.
    """

    _inherit = "customer.sheet.mixin"

    def _fetch_query(self, query, fields):
        lists = [field for field in fields if isinstance(field, HostMany2many)]
        fetched = super()._fetch_query(query, [field for field in fields if field not in lists])
        if lists and fetched:
            fetched._sheet_fetch_lists(lists)
        return fetched

    def _sheet_fetch_lists(self, lists):
        self.env["customer.sheet.option"].check_access("read")
        selects = [
            SQL(
                "SELECT %s AS field, %s AS record, %s AS id FROM %s WHERE %s IN %s",
                number,
                SQL.identifier(field.column1),
                SQL.identifier(field.column2),
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
                self._ids,
            )
            for number, field in enumerate(lists)
        ]
        union = SQL(" UNION ALL ").join(selects)
        found = {}
        for number, record_id, option_id in self.env.execute_query(
            SQL("SELECT u.* FROM (%s) u JOIN customer_sheet_option o USING (id)"
                " ORDER BY o.sequence, o.id", union)
        ):
            found.setdefault((number, record_id), []).append(option_id)
        for number, field in enumerate(lists):
            values = [tuple(found.get((number, record_id), ())) for record_id in self._ids]
            field._insert_cache(self, values)
