from odoo import api, models
from odoo.tools import SQL


class CustomerSheetMerge(models.Model):
    _inherit = "customer.sheet.merge"

    @api.model
    def _blocks(self, host, groups):
        """Leave out groups with a record that was erased, a merge would write a person there
        again; or that is kept, but not used: a merge would use it."""
        found = super()._blocks(host, groups)
        hosts = self.env[host]
        if not (hosts._sheet_somebody_is_erased() or hosts._sheet_is_any_restricted()):
            return found
        rows = {each: survivor for survivor, tails in groups for each in (survivor, *tails)}
        sql = (
            "SELECT id, sheet_erased_on IS NOT NULL FROM %s WHERE id = ANY(%s)"
            " AND (sheet_erased_on IS NOT NULL OR sheet_restricted_on IS NOT NULL)"
        )
        table = SQL.identifier(hosts._table)
        for row, is_erased in self.env.execute_query(SQL(sql, table, list(rows))):
            why = (
                self.env._("One of them was erased. Leave it out.")
                if is_erased
                else self.env._("One of them is kept, but not used. Leave it out.")
            )
            found.setdefault(rows[row], []).append(why)
        return found
