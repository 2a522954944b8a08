from odoo import api, fields, models
from odoo.tools import SQL

#: The scheduled action that takes the marks.
CRON = "crm_customer_sheet.ir_cron_sheet_match"


class CustomerSheetMatchDirty(models.Model):
    """The records whose keys are due and whose twins are to be looked for: it loses nothing.

    A mark is a row of its own, added by the transaction that saves the record.  The job takes
    marks with SKIP LOCKED, makes the keys of the records and looks for twins, all in the snapshot
    that showed them: of two customers created at one time the mark that is committed last is seen
    by a snapshot that sees both.
    """

    _name = "customer.sheet.match.dirty"
    _description = "Record to Match"
    _log_access = False
    _rec_name = "node"

    node = fields.Integer(required=True)

    @api.model
    def _mark(self, nodes):
        """Mark these nodes, and have the job run as soon as this transaction is committed."""
        self.env.cr.execute(
            SQL(
                """
                WITH woken AS (
                    INSERT INTO ir_cron_trigger (cron_id, call_at)
                    SELECT id, now() at time zone 'utc' FROM ir_cron WHERE id = %s)
                INSERT INTO customer_sheet_match_dirty (node) SELECT unnest(%s::int[])
                """,
                self.env["ir.model.data"]._xmlid_to_res_id(CRON) or 0,
                list(nodes),
            )
        )
        self.env.cr.postcommit.add(self.env["ir.cron"]._notifydb)

    @api.model
    def _take(self, limit):
        """Remove up to ``limit`` marks and return the nodes they name."""
        rows = self.env.execute_query(
            SQL(
                """
                DELETE FROM customer_sheet_match_dirty
                 WHERE id = ANY(ARRAY(SELECT id
                                        FROM customer_sheet_match_dirty
                                       ORDER BY id
                                       LIMIT %s FOR UPDATE SKIP LOCKED))
                RETURNING node
                """,
                limit,
            )
        )
        return sorted({node for (node,) in rows})

    @api.model
    def _left(self):
        """Return about how many marks are left."""
        [(count,)] = self.env.execute_query(
            SQL("SELECT count(*) FROM (SELECT 1 FROM customer_sheet_match_dirty LIMIT 100000) m")
        )
        return count
