"""The bytes of files: gone once no attachment needs them any more."""

import contextlib
import os
import time

import psycopg2

from odoo.tools import SQL, mute_logger

#: How often one tries to be alone with the table of attachments, and seconds in between.
TRIES, PAUSE = 25, 0.2


def names(env, ids):
    """Return the names in the file store of the files of some attachments."""
    rows = env.execute_query(
        SQL("SELECT store_fname FROM ir_attachment WHERE id = ANY(%s)", sorted(ids))
    )
    return {name for (name,) in rows if name}


def alone(env):
    """Return whether nobody else writes attachments until the end of the transaction.

    Odoo does not write a file anew that it finds in its store: nobody may add an attachment while
    files are removed.  Nobody waits for that: where others are at work, it is tried again.
    """
    for _try in range(TRIES):
        try:
            with env.cr.savepoint(flush=False), mute_logger("odoo.sql_db"):
                env.cr.execute("LOCK TABLE ir_attachment IN SHARE ROW EXCLUSIVE MODE NOWAIT")
            return True
        except psycopg2.errors.LockNotAvailable:
            time.sleep(PAUSE)
    return False


def collect(env, stored):
    """Remove files that no attachment needs; the caller is :func:`alone`."""
    used = env.execute_query(
        SQL("SELECT store_fname FROM ir_attachment WHERE store_fname = ANY(%s)", sorted(stored))
    )
    for name in stored - {name for (name,) in used}:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(env["ir.attachment"]._full_path(name))
