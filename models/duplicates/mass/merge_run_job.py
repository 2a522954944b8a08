import logging

import psycopg2.errors

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import check_sheet_user
from ...sheet.statistics import refresh_statistics
from ..merge.merge_engine import Group
from ..settings import MERGE_CERTAIN

_logger = logging.getLogger(__name__)

#: Groups merged between two commits.
BATCH = 1000


class CustomerSheetMergeRun(models.Model):
    """A mass merge in the background: batch by batch, and what fails stops nothing else."""

    _inherit = "customer.sheet.merge.run"

    # -- running -----------------------------------------------------------

    @called()
    def action_start(self):
        """Merge what the dry run has shown, in the background; also goes on after a stop."""
        self._check_may_run()
        runs = self.filtered(lambda run: run.state in ("dry", "stopped") and run.total)
        if not runs:
            raise UserError(self.env._("There is nothing to merge here."))
        now = fields.Datetime.now()  # whoever starts answers for it, with their own rights
        runs.sudo().write({"state": "running", "started_on": now, "user_id": self.env.uid})
        self.env.ref("crm_customer_sheet.ir_cron_sheet_merge").sudo()._trigger()

    @called()
    def action_stop(self):
        """Stop; what has been merged stays merged, and can be undone one by one."""
        self._check_may_run()
        self._stop()

    def _check_may_run(self):
        check_sheet_user(self.env)
        self.check_access("read")

    @called(one=True)
    def action_open_merges(self):
        """Open the journal of these merges."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_merge_action"
        )
        return {**action, "domain": [("run_id", "in", self.ids)]}

    @api.model
    def _cron_merge(self):
        """Start what may be merged without asking, and go on with what is running."""
        self._start_certain()
        self._go_on()

    @api.model
    def _start_certain(self):
        """Start a run of the certain duplicates, where the setting asks for it."""
        if not MERGE_CERTAIN.value(self.env):
            return
        if self._running():
            return
        if groups := self.env["customer.sheet.duplicate"].sudo()._certain_groups():
            run = self._dry_run("res.partner", groups)
            run.state = "running" if run.total else "done"

    def _failed(self, reason):
        """Return what is written to a run that cannot go on: it may be started again."""
        return {"state": "stopped", "blocked": [*self._left_out(), [0, reason]]}

    def _next_groups(self):
        """Return the groups that come next.

        :raise UserError: what the run has kept cannot be read
        """
        kept = self.groups or []
        some = kept[self.done : self.done + BATCH] if isinstance(kept, list) else kept
        if not takes.groups(some) or (self.done < self.total and not some):
            raise UserError(self.env._("The groups of this mass merge are broken: plan a new one."))
        return some

    def _advance(self):
        """Merge the next batch and return the number of groups dealt with."""
        self.ensure_one()
        some = self._next_groups()
        if some:
            refresh_statistics(self.env)
            self._merge_some(some)
        self.done += len(some)
        if self.done >= self.total:
            self._end()
        return len(some)

    def _merge_some(self, groups):
        """Merge these groups together; where that fails, one by one, leaving out what fails."""
        blocked = self.with_user(self.user_id)._blocked(self.host, groups)
        user = self.env["customer.sheet.merge"].with_user(self.user_id).sudo()
        free = [Group(survivor, tails) for survivor, tails in groups if survivor not in blocked]
        left_out = [[each, text] for each, texts in blocked.items() for text in texts]
        try:
            if free:
                with self.env.cr.savepoint():
                    user._merge_groups(self.host, free, self)._note_chatter()
        except psycopg2.errors.SerializationFailure:
            raise
        except Exception as error:  # noqa: BLE001 - one bad group must not stop thousands
            if len(free) > 1:
                for group in free:
                    self._merge_some([[group.survivor, group.tails]])
            else:
                _logger.warning("Group %s was left out of a mass merge: %s", free, error)
                left_out.append([free[0].survivor, str(error).splitlines()[0]])
        if left_out:
            self.blocked = [*self._left_out(), *left_out]
