import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ...consent.ledger.words import PRIVACY_OFFICER
from ...sheet.called import called
from ...sheet.toast import toast

_logger = logging.getLogger(__name__)

#: States in which somebody is still back.
OPEN = ("waiting", "running", "failed")
#: Outcomes of records that are back.
BACK = ("back", "refused")


class CustomerSheetErasureReplay(models.Model):
    """A restored backup has brought erased people back: who, and what became of them.

    **How it works.**  :meth:`_brought_back` looks for the rows of erasures that the database did
    not know of.  A row is the one that was erased only if it was created at the same moment:
    numbers are given again after a restore.  Those rows are restricted at once; a privacy officer
    has them erased again, or says that this is not the database in which they were erased.
    """

    _name = "customer.sheet.erasure.replay"
    _inherit = ["customer.sheet.job.mixin", "customer.sheet.evidence.mixin"]
    _description = "Restored Backup"
    _order = "id desc"
    _rec_names_search = ["databases"]

    _job_complete = frozenset({"done", "left"})

    state = fields.Selection(default="waiting")
    found_on = fields.Datetime("Noticed on", required=True, readonly=True)
    source = fields.Selection(
        [("file", "The file beside the file store"), ("upload", "A file that was uploaded")],
        "Told by",
        required=True,
        readonly=True,
    )
    since = fields.Datetime(
        "First erasure that was lost", readonly=True, help="The backup is older than this."
    )
    erasure_count = fields.Integer("Erasures", readonly=True, aggregator=None)
    databases = fields.Char("Erased in", readonly=True)
    line_ids = fields.One2many(
        "customer.sheet.erasure.replay.line", "replay_id", "Records", readonly=True
    )
    back_count = fields.Integer("Records that are back", compute="_compute_counts")
    another_count = fields.Integer("Other records", compute="_compute_counts")

    @api.model
    def _job_states(self):
        return [
            ("waiting", self.env._("To erase again")),
            *super()._job_states(),
            ("left", self.env._("Left as they are")),
        ]

    @api.depends("erasure_count")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for replay in self:
            if replay.erasure_count == 1:
                replay.display_name = self.env._("Restored from before one erasure")
            else:
                replay.display_name = self.env._(
                    "Restored from before %(count)s erasures", count=replay.erasure_count
                )

    @api.depends("line_ids.outcome")
    def _compute_counts(self):
        counts = {
            (replay.id, outcome): count
            for replay, outcome, count in self.env[
                "customer.sheet.erasure.replay.line"
            ]._read_group([("replay_id", "in", self.ids)], ["replay_id", "outcome"], ["__count"])
        }
        for replay in self:
            replay.back_count = sum(counts.get((replay.id, code), 0) for code in BACK)
            replay.another_count = counts.get((replay.id, "other"), 0)

    # -- a restore is noticed ------------------------------------------------------------

    @api.model
    def _brought_back(self, entries, source):
        """Restrict whoever is back of these entries; tell the privacy officers.

        :return: the replay; empty where nobody is back and no number was given again
        """
        found = self._compared(entries)
        if not found:
            return self.browse()
        is_back = any(each["outcome"] == "back" for each in found)
        replay = self.create(
            {
                "state": "waiting" if is_back else "done",
                "found_on": fields.Datetime.now(),
                "source": source,
                "since": min(entries.mapped("date")),
                "erasure_count": len(entries),
                "databases": ", ".join(sorted({e.database.partition(" ")[2] for e in entries})),
                "total": sum(each["outcome"] == "back" for each in found),
                "line_ids": [Command.create(each) for each in found],
            }
        )
        replay.line_ids.filtered(lambda line: line.outcome == "back")._restrict()
        replay._tell()
        return replay

    @api.model
    def _compared(self, entries):
        """Return what is there of the rows of these entries, as values of lines."""
        erased = {}
        for entry in entries:
            for model, row, moment in entry._rows():
                erased.setdefault(model, {})[row] = (entry, moment)
        return [
            {
                "entry_id": rows[row][0].id,
                "model": model,
                "row": row,
                "outcome": "back" if moment and moment == rows[row][1] else "other",
            }
            for model, rows in erased.items()
            for row, moment in self._created(model, list(rows)).items()
        ]

    @api.model
    def _created(self, model, rows):
        """Return ``{id: create_date}`` of the rows that are there, and not erased."""
        records = self.env.get(model)
        if records is None or not records._auto:
            return {}
        is_erased = SQL("FALSE")
        if "sheet_erased_on" in records._fields:
            is_erased = SQL("sheet_erased_on IS NOT NULL")
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT id, create_date FROM %s WHERE id = ANY(%s) AND NOT %s ORDER BY id",
                    SQL.identifier(records._table),
                    rows,
                    is_erased,
                )
            )
        )

    def _tell(self):
        """Give each privacy officer one activity."""
        officers = self.env.ref(PRIVACY_OFFICER).all_user_ids
        self.env["mail.activity"].create(
            [
                {
                    "summary": self.with_context(lang=user.lang).display_name,
                    "note": self.with_context(lang=user.lang)._told(),
                    "user_id": user.id,
                }
                for user in officers
                if user.active and not user.share
            ]
        )

    def _told(self):
        """Return in words what has happened and what to do."""
        return self.env._(
            "People who had been erased are back; nobody can use their data. Open Customer Data >"
            " Privacy > What is Due and have them erased again."
        )

    @api.model
    def _open_count(self):
        """Return how many records a backup has brought back, and nobody has erased again."""
        return self.env["customer.sheet.erasure.replay.line"].search_count(
            [("outcome", "in", BACK), ("replay_id.state", "in", OPEN)]
        )

    @api.model
    def _open_words(self):
        """Return in words that somebody is back, or ``False``."""
        count = sum(self.search([("state", "in", OPEN)]).mapped("erasure_count"))
        if not count:
            return False
        return self.env._(
            "This database was restored from before erasures: %(count)s. Who was erased is back;"
            " nobody can use their data.",
            count=count,
        )

    # -- what an officer does ----------------------------------------------------------------

    @called(one=True)
    def action_erase(self):
        """Have whoever is back erased again, in the background."""
        self._check_waiting()
        lines = self.sudo().line_ids
        lines.filtered(lambda line: line.outcome == "refused").outcome = "back"
        todo = lines.filtered(lambda line: line.outcome == "back")
        started = {"started_on": fields.Datetime.now(), "failure": False}
        self._change({"state": "running", "total": len(todo), "done": 0, **started})
        self.env["customer.sheet.chore"]._wake("prompt")
        return toast(
            self.env._("They are being erased again. This page says how far it is."),
            {"type": "ir.actions.client", "tag": "soft_reload"},
        )

    @called(one=True)
    def action_leave(self):
        """Lift the restrictions: the erasures were made in another database, a copy of this one."""
        self._check_waiting()
        self._change({"state": "left", "ended_on": fields.Datetime.now()})
        back = self.sudo().line_ids.filtered(lambda line: line.outcome in BACK)
        back._lift(self.env._("Erased in a copy of this database only."))
        back.outcome = "left"

    def _check_waiting(self):
        if self.state not in ("waiting", "failed"):
            raise UserError(self.env._("This is done, or under way."))

    # -- erasing again ---------------------------------------------------------------------

    @api.model
    def _cron_look(self):
        """Look whether a backup was restored; go on with what is to be erased again."""
        self.env["customer.sheet.erasure.entry"]._look()
        return self._go_on()

    def _advance(self):
        """Erase the rows of the next erasure again, those that are still the ones of then."""
        waiting = self.line_ids.filtered(lambda line: line.outcome == "back")
        lines = waiting.filtered(lambda line: line.entry_id == waiting[:1].entry_id)
        current = {(x["model"], x["row"]): x["outcome"] for x in self._compared(lines.entry_id)}
        for line in lines:
            line.outcome = current.get((line.model, line.row), "gone")
        back = lines.filtered(lambda line: line.outcome == "back")
        try:
            with self.env.cr.savepoint():
                back._erase()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:  # noqa: BLE001 - one person must not keep the others back
            _logger.info("Not erased again: %s", back, exc_info=not isinstance(error, UserError))
            self.env.invalidate_all()
            back.outcome = "refused"
            self.failure = str(error)
        self.done += len(lines)
        if waiting == lines:
            self._end("failed" if self.failure else "done")
        return len(lines)
