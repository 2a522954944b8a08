from odoo import api, models
from odoo.tools import SQL


class CustomerSheetMerge(models.Model):
    _inherit = "customer.sheet.merge"

    @api.model
    def _blocks(self, host, groups):
        """Leave out groups with an erased record: a merge would write a person there again."""
        found = super()._blocks(host, groups)
        if not self.env[host]._sheet_somebody_is_erased():
            return found
        rows = {each: survivor for survivor, tails in groups for each in (survivor, *tails)}
        sql = "SELECT id FROM %s WHERE id = ANY(%s) AND sheet_erased_on IS NOT NULL"
        table = SQL.identifier(self.env[host]._table)
        for (row,) in self.env.execute_query(SQL(sql, table, list(rows))):
            found.setdefault(rows[row], []).append(
                self.env._("One of them was erased. Leave it out.")
            )
        return found
