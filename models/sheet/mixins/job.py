import logging

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..resumable import go_on

_logger = logging.getLogger(__name__)


class CustomerSheetJobMixin(models.AbstractModel):
    """A job on many records that runs in the background: how far it is and how it ended.

    **How to use.**  Inherit it, name other states in :meth:`_job_states` if need be (``running``
    stays), and write :meth:`_advance`, which does the next batch and closes the job with
    :meth:`_end` when nothing is left.  A scheduled action of the model calls :meth:`_go_on`;
    whoever starts a job triggers it.  :meth:`_stop` cancels.

    **How it works.**  Jobs run one after the other, the oldest first, each batch in a transaction
    of its own.  A job that raises is closed with the reason, and the next one goes on.
    """

    _name = "customer.sheet.job.mixin"
    _description = "Job in the Background"

    #: States of a job that came to its end.
    _job_complete = frozenset({"done"})

    state = fields.Selection(
        "_job_states", default="running", required=True, readonly=True, index=True
    )
    total = fields.Integer("To do", readonly=True)
    done = fields.Integer(readonly=True)
    progress = fields.Integer("Progress (%)", compute="_compute_progress")
    started_on = fields.Datetime(readonly=True)
    ended_on = fields.Datetime(readonly=True)
    failure = fields.Char("Why it failed", readonly=True)

    @api.model
    def _job_states(self):
        """Return the states of a job with their names, in order."""
        names = {
            "running": self.env._("Running"),
            "done": self.env._("Done"),
            "stopped": self.env._("Stopped"),
            "failed": self.env._("Failed"),
        }
        return list(names.items())

    @api.depends("total", "done", "state")
    def _compute_progress(self):
        for job in self:
            share = min(100 * job.done // max(job.total, 1), 99)
            job.progress = 100 if job.state in self._job_complete else share

    # -- for whoever runs it -------------------------------------------------

    @api.model
    def _go_on(self):
        """Go on with the running jobs, until all are closed or time is over."""
        self.env["ir.cron"]._commit_progress()  # a job just begun is not lost with its batch
        return go_on(self.env, self.sudo()._step)

    @api.model
    def _running(self):
        """Return the running jobs, the oldest first."""
        return self.search([("state", "=", "running")], order="id")

    @api.model
    def _step(self):
        """Do the next batch of the oldest job; return what was done and what is left."""
        running = self._running()
        if not running:
            return 0, 0
        job, others = running[0], running[1:]
        try:
            done = job._advance()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:  # noqa: BLE001 - one bad job must not stop the others
            self.env.cr.rollback()
            self.env.invalidate_all()
            job._fail(error)
            done = 0
        left = max(job.total - job.done, 1) if job.state == "running" else 0
        return done, left + len(others)

    # -- for the models ------------------------------------------------------

    def _advance(self):
        """Do the next batch, close the job if it was the last; return how many were done."""
        raise NotImplementedError

    def _end(self, state="done", **values):
        """Close these jobs."""
        self.write({"state": state, "ended_on": fields.Datetime.now(), **values})

    def _stop(self):
        """Cancel those that run and return them; what is done stays done."""
        running = self.filtered(lambda job: job.state == "running").sudo()
        running._end("stopped")
        return running

    def _fail(self, error):
        """Close a job that cannot go on, saying why."""
        _logger.exception("The job %s has failed", self)
        reason = str(error).partition("\n")[0]
        self._end(**self._failed(self.env._("It could not go on: %(error)s", error=reason)))

    def _failed(self, reason):
        """Return what is written to a job that cannot go on."""
        return {"state": "failed", "failure": reason}
