import logging

import psycopg2.errors

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import check_sheet_user
from ...sheet.statistics import refresh_statistics
from ..merge.merge import HOSTS, Group
from ..settings import MERGE_CERTAIN

#: Groups looked at together when a run is planned.
PLAN_BATCH = 2000


def _listed(value):
    """Return what is stored as a list, or nothing where it is none."""
    return value if isinstance(value, list) else []


_logger = logging.getLogger(__name__)


#: Groups merged between two commits.
BATCH = 1000


class CustomerSheetMergeRun(models.Model):
    """Many merges: a dry run first, then in the background, from where it stopped.

    Each merge has its own journal, so that each can be undone alone.
    """

    _name = "customer.sheet.merge.run"
    _description = "Mass Merge"
    _inherit = ["customer.sheet.titled.mixin", "customer.sheet.job.mixin"]
    _order = "id desc"

    host = fields.Selection(HOSTS, "Merged", required=True, readonly=True)
    state = fields.Selection(default="dry")
    groups = fields.Json(readonly=True, help="[[survivor, [tails]]] that can be merged.")
    blocked = fields.Json("Left out", readonly=True, help="[[survivor, reason]]")
    blocked_text = fields.Text("Left out, and why", compute="_compute_blocked_text")
    moves = fields.Json(readonly=True, help="What moves, by kind of record.")
    moves_text = fields.Text("What moves", compute="_compute_moves_text")
    total = fields.Integer("Groups to merge")
    record_total = fields.Integer("Records to archive", readonly=True)
    blocked_total = fields.Integer("Groups left out", compute="_compute_blocked_text")
    done = fields.Integer("Merged groups")
    user_id = fields.Many2one("res.users", "By", default=lambda self: self.env.user, readonly=True)
    company_ids = fields.Many2many(
        "res.company",
        readonly=True,
        help="Those of the records. Who may not see all of them does not see the run.",
    )

    @api.model
    def _job_states(self):
        names = {
            "dry": self.env._("Dry run"),
            "running": self.env._("Running"),
            "done": self.env._("Done"),
            "stopped": self.env._("Stopped"),
        }
        return list(names.items())

    @api.depends("host", "create_date")
    def _compute_name(self):
        return super()._compute_name()

    @api.model
    def _title(self, **parts):
        return self.env._("%(host)s, %(number)s", **parts)

    def _title_parts(self):
        return {"host": self._labels("host").get(self.host), "number": self.id or ""}

    @api.model
    def _title_sql(self, alias):
        return {"host": self._label_sql(alias, "host"), "number": SQL.identifier(alias, "id")}

    @api.depends("moves")
    def _compute_moves_text(self):
        for run in self:
            moves = [move for move in _listed(run.moves) if takes.values(move)]
            lines = (f"{move.get('label')}: {move.get('count')}" for move in moves)
            run.moves_text = "\n".join(lines)

    @api.depends("blocked")
    def _compute_blocked_text(self):
        for run in self:
            blocked = run._left_out()
            run.blocked_total = len({survivor for survivor, _text in blocked})
            run.blocked_text = "\n".join(dict.fromkeys(text for _survivor, text in blocked[:100]))

    def _left_out(self):
        """Return ``[[survivor, reason]]`` of the groups that were left out."""
        return [
            each
            for each in _listed(self.blocked)
            if isinstance(each, list) and len(each) == 2 and takes.text(each[1])
        ]

    # -- dry run -----------------------------------------------------------

    @api.model
    def _dry_run(self, host, groups):
        """Return a run that has only been looked at: what would move, what is left out, why.

        :param groups: list of ``(survivor, tails)`` records, no record in two of them; those
            that the user may not write are left out
        """
        check_sheet_user(self.env)
        pairs = [(survivor.id, tails.ids) for survivor, tails in groups]
        blocked = self._blocked(host, pairs)
        free = [pair for pair in pairs if pair[0] not in blocked]
        tails = [tail for _survivor, others in free for tail in others]
        moves = (
            self.env["customer.sheet.merge"].sudo()._count_moves(host, tails)[0] if tails else []
        )
        return self.sudo().create(
            {
                "host": host,
                "groups": free,
                "blocked": [[each, text] for each, texts in blocked.items() for text in texts],
                "moves": moves,
                "total": len(free),
                "record_total": len(tails),
                "user_id": self.env.uid,
                "company_ids": [Command.set(self._companies_of(host, pairs))],
            }
        )

    @api.model
    def _companies_of(self, host, pairs):
        """Return the ids of the companies that these records belong to."""
        ids = [each for survivor, tails in pairs for each in (survivor, *tails)]
        records = self.env[host].sudo().with_context(active_test=False)
        groups = records._read_group([("id", "in", ids)], ["company_id"])
        return [company.id for (company,) in groups if company]

    @api.model
    def _blocked(self, host, pairs):
        """Return ``{survivor: [why its group is left out]}``, for the user of the environment."""
        blocked = {}
        for start in range(0, len(pairs), PLAN_BATCH):
            some = pairs[start : start + PLAN_BATCH]
            blocked |= self.env["customer.sheet.merge"].sudo()._blocks(host, some)
            records = self.env[host].browse(
                each for survivor, tails in some for each in (survivor, *tails)
            )
            here = set(records.exists().ids)
            writable = set(records.browse(here)._filtered_access("write").ids)
            signed_in = self._signed_in(records)
            for survivor, tails in some:
                group, texts = {survivor, *tails}, blocked.setdefault(survivor, [])
                if not group <= here:
                    texts.append(self.env._("One of the records no longer exists."))
                elif not group <= writable:
                    texts.append(self.env._("You may not change all of the records of a group."))
                elif group & signed_in:
                    texts.append(self.env._("Somebody signs in with one of them."))
        return {survivor: texts for survivor, texts in blocked.items() if texts}

    @api.model
    def _signed_in(self, records):
        """Return the contacts with a user, where nobody is asked: those are never merged so."""
        if not self.env.su or records._name != "res.partner":
            return set()
        users = self.env["res.users"].with_context(active_test=False)
        return set(users.search([("partner_id", "in", records.ids)]).partner_id.ids)

    # -- A mass merge in the background: batch by batch, and what fails stops nothing else --

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
