import logging

import psycopg2.errors

from odoo import SUPERUSER_ID, api, fields, models

from ..actor import acting
from ..resumable import go_on

_logger = logging.getLogger(__name__)

#: Records finished between two commits.
BATCH = 500


class CustomerSheetUnfinished(models.Model):
    """Records that one call has created together and whose sheets are to be finished.

    **How to use.**  ``_sheet_finish_later`` of the hosts adds a line in the transaction that
    creates the records: neither is ever there without the other, whatever kills the server.

    **How it works.**  A chore, woken at once, takes the oldest line and finishes its records
    batch by batch, as the person who created them, in the company and by the actor of then.  The
    line goes with its last batch.  One that cannot be finished stops no other: it stays, and the
    chore shows as failing until a later round succeeds.
    """

    _name = "customer.sheet.unfinished"
    _description = "Sheets to Finish"
    _log_access = False
    _rec_name = "host"

    host = fields.Char(required=True)
    record_ids = fields.Json("Records", required=True)
    names = fields.Json("Fields", required=True)
    user_id = fields.Many2one("res.users", ondelete="set null", index="btree_not_null")
    company_id = fields.Many2one("res.company", ondelete="set null", index="btree_not_null")
    actors = fields.Char(required=True)

    @api.model
    def _cron_finish(self):
        """Finish all lines, the oldest first; return what is left.

        :raise Exception: what stopped a line, once all others are done
        """
        lines, failed = self.sudo(), {}

        def step():
            rest = lines.search([("id", "not in", list(failed))], order="id", limit=2)
            if not rest:
                return 0, 0
            try:
                with self.env.cr.savepoint():
                    done = rest[0]._finish_next()
            except psycopg2.errors.SerializationFailure:
                raise
            except Exception as error:
                _logger.exception("The sheets of %s cannot be finished", rest[0])
                self.env.invalidate_all(flush=False)
                failed[rest[0].id], done = error, 0
            return done, len((rest - lines.browse(failed)).exists())

        left = go_on(self.env, step)
        for error in failed.values():
            raise error
        return left

    def _finish_next(self):
        """Finish the next batch of this line; return of how many records."""
        ids, rest = self.record_ids[:BATCH], self.record_ids[BATCH:]
        with acting(*self.actors.split()):
            self._creator()[self.host].browse(ids).exists()._sheet_finish_left(self.names)
            self.env.cr.flush()  # what follows is done by the same actor
        if rest:
            self.record_ids = rest
        else:
            self.unlink()
        return len(ids)

    def _creator(self):
        """Return the environment of who created the records, who checks nothing any more."""
        user = self.user_id or self.env["res.users"].browse(SUPERUSER_ID)
        context = {"allowed_company_ids": self.company_id.ids, "tz": user.tz}
        return self.env(user=user.id, su=True, context=context)
