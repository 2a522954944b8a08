"""Upkeep: chores of seconds, done in rounds; one that fails stops no other, and it shows."""

import logging
import time
from datetime import timedelta
from typing import NamedTuple

import psycopg2.errors

from odoo import api, fields, models
from odoo.fields import Domain

from .rooms import off

_logger = logging.getLogger(__name__)

#: By round, its scheduled action.
ROUNDS = {
    "nightly": "crm_customer_sheet.ir_cron_sheet_nightly",
    "prompt": "crm_customer_sheet.ir_cron_sheet_prompt",
}

#: Hours of a chore that is done once a week: less the time that nights differ.
WEEKLY = 7 * 24 - 12


class Chore(NamedTuple):
    """What a room has done regularly: a method without arguments of one of its models.

    It returns what is left if it could not finish, else nothing.
    """

    code: str
    title: str
    model: str
    method: str
    round: str = "nightly"
    #: Not sooner after the last time.
    hours: int = 0


class CustomerSheetChore(models.Model):
    """One chore of the upkeep: when it was done last, and whether it fails.

    **How to use.**  A room adds its chores to :meth:`_chores`, in the order in which they are
    done.  Whoever cannot wait for the next round calls :meth:`_wake`.

    **How it works.**  A scheduled action for each round calls :meth:`_do_round`.  Each chore is
    a transaction of its own, or several if it works in batches.  One that raises is rolled back,
    logged, told the administrators once and shown in the settings until it succeeds.  A nightly
    round that had no time left goes on with the chores that it has not come to.
    """

    _name = "customer.sheet.chore"
    _inherit = ["customer.sheet.evidence.mixin"]
    _description = "Chore"
    _order = "round, sequence, id"
    _rec_name = "code"

    _sheet_editable = frozenset({"active"})

    code = fields.Char(required=True, readonly=True)
    name = fields.Char("Chore", compute="_compute_name")
    round = fields.Selection(
        [("nightly", "Every night"), ("prompt", "Every quarter of an hour")],
        "When",
        required=True,
        readonly=True,
    )
    sequence = fields.Integer(readonly=True)
    active = fields.Boolean("Switched on", default=True)
    is_waiting = fields.Boolean(readonly=True, help="Of the round that is under way.")
    ended_on = fields.Datetime("Last done", readonly=True)
    seconds = fields.Float("Took (seconds)", readonly=True, digits=(16, 1), aggregator=None)
    failed_on = fields.Datetime("Fails since", readonly=True)
    failure = fields.Char("Why it failed", readonly=True)

    _code_unique = models.Constraint("UNIQUE (code)", "There is one line for each chore.")

    @api.model
    def _chores(self):
        """Return the :class:`Chore` of all rooms, in the order in which they are done."""
        return []

    @api.model
    def _by_code(self):
        return {chore.code: chore for chore in self._chores()}

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_name(self):
        chores = self._by_code()
        for chore in self:
            chore.name = chores[chore.code].title if chore.code in chores else chore.code

    # -- a round ---------------------------------------------------------------

    @api.model
    def _wake(self, name, moment=None):
        """Have a round done as soon as possible, or at a moment."""
        self.env.ref(ROUNDS[name]).sudo()._trigger(moment)

    @api.model
    def _do_round(self, name):
        """Do the chores of a round that are due, each whatever became of the others."""
        for chore in self._due(name):
            chore._do()
        waiting = self.search_count([("round", "=", name), ("is_waiting", "=", True)])
        self.env["ir.cron"]._commit_progress(remaining=waiting)

    @api.model
    def _due(self, name):
        """Return what to do now: of a nightly round that is under way, what is left of it."""
        self._declare()
        resting = list(off(self.env, "chores"))
        chores = self.search([("round", "=", name), ("code", "not in", resting)])
        waiting = chores.filtered("is_waiting") if name == "nightly" else self.browse()
        if not waiting:
            waiting = chores.filtered(lambda chore: chore._is_time())
            waiting.is_waiting = True
        return waiting

    @api.model
    def _declare(self):
        """Let there be a line for each chore of the rooms, and no other."""
        chores = self._by_code()
        lines = self.with_context(active_test=False).search(Domain.TRUE)
        lines.filtered(lambda line: line.code not in chores).unlink()
        known = lines.grouped("code")
        for sequence, chore in enumerate(chores.values()):
            values = {"round": chore.round, "sequence": sequence}
            line = known.get(chore.code)
            if not line:
                self.create({"code": chore.code, **values})
            elif (line.round, line.sequence) != (chore.round, sequence):
                line.write(values)

    def _is_time(self):
        last = fields.Datetime.now() - timedelta(hours=self._by_code()[self.code].hours)
        return not self.ended_on or self.ended_on <= last

    def _do(self):
        """Do this chore in a transaction of its own; note how it went."""
        commit = self.env["ir.cron"]._commit_progress
        self.is_waiting = False  # what takes the server down must not do so for ever
        commit()
        start = time.monotonic()
        try:
            chore = self._by_code()[self.code]
            left = getattr(self.env[chore.model], chore.method)()
            self._note_done(left, time.monotonic() - start)
            commit(1)
        except Exception as error:  # noqa: BLE001 - one bad chore must not stop the others
            self.env.cr.rollback()
            self.env.invalidate_all()
            self._note_failure(error)
            commit(1)

    def _note_done(self, left, seconds):
        if left:
            self.is_waiting = True
        else:
            done = {"ended_on": fields.Datetime.now(), "seconds": seconds}
            self.write({**done, "failed_on": False, "failure": False})

    def _note_failure(self, error):
        """Note why it failed; the first time, tell the administrators as Odoo does."""
        if isinstance(error, psycopg2.errors.SerializationFailure):
            self.is_waiting = True  # somebody saved the same records meanwhile: once more
            return
        _logger.exception("The chore %s has failed", self.code)
        is_new = not self.failed_on
        reason = str(error).partition("\n")[0]
        self.write({"failed_on": self.failed_on or fields.Datetime.now(), "failure": reason})
        if is_new:
            self.env["ir.cron"]._notify_admin(
                self.env._(
                    "“%(chore)s” has failed: %(error)s. The other chores go on. It is tried again"
                    " in the next round.",
                    chore=self.name,
                    error=reason,
                )
            )
