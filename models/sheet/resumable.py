"""The loop of what works batch by batch in the background and goes on where it was stopped."""

from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY


def go_on(env, step):
    """Call ``step`` until nothing is left, or until the scheduled action has had its time.

    Each batch is a transaction.  One that met somebody who saved the same records meanwhile is
    taken again.

    :param step: does the next batch and returns ``(done, left)``; what is still to do must be
        found in the database by the next run, whatever ``step`` remembers of this one
    :return: how much is left
    """
    while True:
        try:
            done, left = step()
            has_time = env["ir.cron"]._commit_progress(done, remaining=left)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            env.cr.rollback()
            env.invalidate_all()
            continue
        if not left or not has_time:
            return left
