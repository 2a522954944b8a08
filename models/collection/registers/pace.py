import random
import time

import psycopg2.errors

from odoo import api, fields, models
from odoo.tools import SQL

from .answer import Silent

#: So often is a row written that others write at the same moment.
_TRIES = 10


class CustomerSheetRegisterPace(models.Model):
    """How often a register is asked: all processes and servers together, in one row.

    It holds the moment at which the register will have been asked as often as it may (GCRA, a
    leaky bucket), and how it went.  It is written with a cursor of its own, as look-ups write
    nothing with the caller's, and apart from the register, so that nobody who changes that one
    gets in the way.
    """

    _name = "customer.sheet.register.pace"
    _description = "How Often a Register Is Asked"
    _log_access = False
    _rec_name = "register_id"

    register_id = fields.Many2one(
        "customer.sheet.register", required=True, readonly=True, ondelete="cascade"
    )
    until = fields.Datetime("Asked as often as it may be until", readonly=True)
    last_success_at = fields.Datetime("Last answer", readonly=True)
    last_failure_at = fields.Datetime("Last failure", readonly=True)
    last_failure = fields.Char("Code of the failure", readonly=True)

    _register_unique = models.Constraint(
        "UNIQUE (register_id)", "There is one line for each register."
    )

    @api.model
    def _turn(self, register, burst, patience):
        """Return the seconds to wait until a register may be asked, and count the question.

        :param burst: so many questions may come at once
        :param patience: the most seconds that the caller waits
        :raise Silent: it would take longer
        """
        each = 1 / register.calls_per_second
        counted = SQL(
            """
            WITH clock AS MATERIALIZED (SELECT clock_timestamp() AT TIME ZONE 'UTC' AS now),
                 paced AS (
                     SELECT now, GREATEST(until, now) AS until
                       FROM clock
                  LEFT JOIN customer_sheet_register_pace ON register_id = %(register)s
                 ),
                 waits AS (
                     SELECT until,
                            GREATEST(EXTRACT(EPOCH FROM until - now) - %(ahead)s, 0) AS seconds
                       FROM paced
                 ),
                 counted AS (
                     INSERT INTO customer_sheet_register_pace (register_id, until)
                     SELECT %(register)s, until + %(each)s * INTERVAL '1 second'
                       FROM waits
                      WHERE seconds <= %(patience)s
                ON CONFLICT (register_id) DO UPDATE SET until = EXCLUDED.until
                  RETURNING id
                 )
            SELECT seconds::float, EXISTS (SELECT FROM counted) FROM waits
            """,
            register=register.id,
            each=each,
            ahead=(burst - 1) * each,
            patience=patience,
        )
        seconds, is_counted = self._run(counted)
        if not is_counted:
            raise Silent("busy", seconds)
        return seconds

    @api.model
    def _note(self, register, reason="", wait=None, burst=1):
        """Note how a question ended, and that the register has asked to wait.

        :param reason: why there was no answer, ``""`` where there was
        :param burst: as in :meth:`_turn`: none of them may come sooner
        """
        noted = SQL(
            """
            UPDATE customer_sheet_register_pace
               SET last_success_at = CASE WHEN %(good)s THEN now ELSE last_success_at END,
                   last_failure_at = CASE WHEN %(good)s THEN last_failure_at ELSE now END,
                   last_failure = CASE WHEN %(good)s THEN last_failure ELSE %(reason)s END,
                   until = GREATEST(until, now + %(wait)s * INTERVAL '1 second')
              FROM (SELECT clock_timestamp() AT TIME ZONE 'UTC' AS now) AS clock
             WHERE register_id = %(register)s
         RETURNING id
            """,
            register=register.id,
            good=not reason,
            reason=reason,
            wait=wait and wait + (burst - 1) / register.calls_per_second,
        )
        self._run(noted)

    @api.model
    def _run(self, statement):
        """Return the row that a statement gives in a transaction of its own.

        Where another process has written meanwhile PostgreSQL refuses, and it is done again.

        :raise Silent: there are too many of them
        """
        for _try in range(_TRIES):
            try:
                with self.env.registry.cursor() as cr:
                    cr.execute(statement, log_exceptions=False)
                    return cr.fetchone()
            except psycopg2.errors.SerializationFailure:
                time.sleep(random.uniform(0, 0.01))
        raise Silent("busy", 1)
