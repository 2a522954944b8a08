from odoo import api, fields, models
from odoo.tools import SQL


class CustomerSheetMatchDirty(models.Model):
    """The records whose twins are to be looked for: a queue that loses nothing.

    A mark is a row of its own, added together with the keys.  The job takes marks with SKIP
    LOCKED and looks for twins in the same snapshot that showed them: of two customers created
    at one time the mark that is committed last is seen by a snapshot that sees both.
    """

    _name = "customer.sheet.match.dirty"
    _description = "Record to Match"
    _log_access = False
    _rec_name = "node"

    node = fields.Integer(required=True)

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
