from odoo import api, models
from odoo.tools import SQL

from ...sheet.fields import HOSTS
from ...sheet.statistics import refresh_statistics
from .duplicate_job import COMPARED

#: Records given keys at once.
FILL_BATCH = 2000

FILLED = "crm_customer_sheet.match_filled.{}".format
DONE = "done"


class CustomerSheetDuplicate(models.Model):
    """Keys for the records that were there before the module."""

    _inherit = "customer.sheet.duplicate"

    @api.model
    def _start_filling(self, small):
        """Give all records their keys: now in a small database, else in the background."""
        for host in HOSTS:
            if self.env[host].search_count([], limit=small + 1) > small:
                self.env.ref("crm_customer_sheet.ir_cron_sheet_match")._trigger()
                return
        self._fill(lambda done, remaining: True)

    @api.model
    def _fill_anew(self):
        """Have the keys of all records made anew: how they are made has changed."""
        for host in HOSTS:
            self.env["ir.config_parameter"].sudo().set_param(FILLED(host), "0")

    @api.model
    def _is_filled(self):
        setting = self.env["ir.config_parameter"].sudo().get_param
        return all(setting(FILLED(host)) == DONE for host in HOSTS)

    @api.model
    def _fill(self, commit):
        """Make the keys of existing records; return whether all have theirs.

        Resumes after the last record done.  Ends with one rebuild instead of a mark for each.
        """
        if self._is_filled():
            return True
        for host in HOSTS:
            while (cursor := self._filled_up_to(host)) is not None:
                done = self._fill_batch(host, cursor)
                if not commit(done, remaining=1):
                    return False
        self._rebuild()
        commit(1, remaining=0)
        return True

    @api.model
    def _filled_up_to(self, host):
        """Return the id of the last record with keys, ``None`` when all have theirs."""
        value = self.env["ir.config_parameter"].sudo().get_param(FILLED(host))
        return None if value == DONE else int(value or 0)

    @api.model
    def _fill_batch(self, host, cursor):
        model = self.env[host].sudo()
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE id > %s ORDER BY id LIMIT %s",
                SQL.identifier(model._table),
                cursor,
                FILL_BATCH,
            )
        )
        ids = [record_id for (record_id,) in rows]
        if ids:
            refresh_statistics(self.env, model._table, *COMPARED)
            model._sheet_match_store(ids, mark=False)
            self.env["customer.sheet.match.term"]._count_if_grown(by=10)
        cursor = str(ids[-1]) if ids else DONE
        self.env["ir.config_parameter"].sudo().set_param(FILLED(host), cursor)
        return len(ids)
