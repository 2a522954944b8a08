"""How often a register is asked: all processes and servers together, in one row of PostgreSQL.

The row holds the moment at which the register has been asked as often as it may (GCRA, a leaky
bucket).  It is written with a cursor of its own, as look-ups write nothing with the caller's.
"""

import random
import time

import psycopg2.errors

from odoo.tools import SQL

from .answer import Silent

_TRIES = 10


def turn(registry, register_id, calls_per_second, burst, patience):
    """Return the seconds to wait until a register may be asked, and count the question.

    :param burst: so many questions may come at once
    :param patience: the most seconds that the caller waits
    :raise Silent: it would take longer
    """
    each = 1 / calls_per_second
    ahead = (burst - 1) * each
    counted = SQL(
        """
        WITH clock AS MATERIALIZED (SELECT clock_timestamp() AT TIME ZONE 'UTC' AS now),
             paced AS (
                 SELECT id, now, GREATEST(COALESCE(paced_until, now), now) AS until
                   FROM customer_sheet_register, clock WHERE id = %(id)s
             ),
             waits AS (
                 SELECT *, GREATEST(EXTRACT(EPOCH FROM until - now) - %(ahead)s, 0) AS seconds
                   FROM paced
             ),
             counted AS (
                 UPDATE customer_sheet_register AS register
                    SET paced_until = until + %(each)s * INTERVAL '1 second'
                   FROM waits
                  WHERE register.id = waits.id AND seconds <= %(patience)s
              RETURNING register.id
             )
        SELECT seconds::float, EXISTS (SELECT FROM counted) FROM waits
        """,
        id=register_id,
        each=each,
        ahead=ahead,
        patience=patience,
    )
    found = _run(registry, counted)
    if not found:
        raise Silent("busy")
    [(seconds, is_counted)] = found
    if not is_counted:
        raise Silent("busy", seconds)
    return seconds


def note(registry, register_id, reason="", wait=None):
    """Note how a question ended, and that the register has asked to wait.

    :param reason: why there was no answer, ``""`` where there was
    """
    noted = SQL(
        """
        UPDATE customer_sheet_register
           SET last_success_at = CASE WHEN %(good)s THEN now ELSE last_success_at END,
               last_failure_at = CASE WHEN %(good)s THEN last_failure_at ELSE now END,
               last_failure = CASE WHEN %(good)s THEN last_failure ELSE %(reason)s END,
               paced_until = GREATEST(paced_until, now + %(wait)s * INTERVAL '1 second')
          FROM (SELECT clock_timestamp() AT TIME ZONE 'UTC' AS now) AS clock
         WHERE id = %(id)s
     RETURNING id
        """,
        id=register_id,
        good=not reason,
        reason=reason,
        wait=wait,
    )
    _run(registry, noted)


def _run(registry, statement):
    """Return the rows of a statement in a transaction of its own.

    Another process may have counted in between, which PostgreSQL refuses to mix.
    """
    for _try in range(_TRIES):
        try:
            with registry.cursor() as cr:
                cr.execute(statement, log_exceptions=False)
                return cr.fetchall()
        except psycopg2.errors.SerializationFailure:
            time.sleep(random.uniform(0, 0.01))
    raise Silent("busy", 1)
