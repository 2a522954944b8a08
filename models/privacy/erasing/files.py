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


def collect(env, stored):
    """Remove files that no attachment needs.

    Odoo does not write a file anew that it finds in its store: nobody may add an attachment
    meanwhile.  Nobody waits for that: where others are at work, it is tried again, and in the end
    left to Odoo's own nightly collection.

    :return: whether it was done
    """
    if not stored:
        return True
    attachments = env["ir.attachment"].sudo()
    if not _alone(env):
        for name in stored:
            attachments._mark_for_gc(name)
        return False
    used = env.execute_query(
        SQL("SELECT store_fname FROM ir_attachment WHERE store_fname = ANY(%s)", sorted(stored))
    )
    for name in stored - {name for (name,) in used}:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(attachments._full_path(name))
    return True


def _alone(env):
    for _try in range(TRIES):
        try:
            with env.cr.savepoint(flush=False), mute_logger("odoo.sql_db"):
                env.cr.execute("LOCK TABLE ir_attachment IN SHARE ROW EXCLUSIVE MODE NOWAIT")
            return True
        except psycopg2.errors.LockNotAvailable:
            time.sleep(PAUSE)
    return False
