import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sheet.called import called
from ...sheet.fields import HOSTS
from ..row import open_row

_logger = logging.getLogger(__name__)

#: Why somebody who came back is not used.
RESTORED = "restored"


class CustomerSheetErasureReplayLine(models.Model):
    """One record of an erasure that a backup has brought back, or whose number another one has."""

    _name = "customer.sheet.erasure.replay.line"
    _inherit = ["customer.sheet.evidence.mixin"]
    _description = "Record of a Restored Backup"
    _order = "outcome, model, row"
    _rec_name = "model"

    replay_id = fields.Many2one(
        "customer.sheet.erasure.replay",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    entry_id = fields.Many2one(
        "customer.sheet.erasure.entry",
        "Erasure",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    model = fields.Char("Table", required=True, readonly=True)
    model_label = fields.Char("What", compute="_compute_model_label")
    row = fields.Integer("Number", required=True, readonly=True, aggregator=None)
    outcome = fields.Selection(
        [
            ("back", "Back: restricted"),
            ("refused", "Back: restricted, and not erased"),
            ("erased", "Erased again"),
            ("kept", "Erased again, kept in part by law"),
            ("other", "Another record: left alone"),
            ("gone", "No longer there"),
            ("left", "Left as it is"),
        ],
        "What became of it",
        required=True,
        readonly=True,
        index=True,
    )

    @api.depends("model")
    @api.depends_context("lang")
    def _compute_model_label(self):
        for line in self:
            line.model_label = self.env["ir.model"]._get(line.model).name or line.model

    # -- the records --------------------------------------------------------------------

    def _hosts(self):
        """Return the contacts, then the leads, of these lines."""
        rows = {host: self.filtered(lambda line, m=host: line.model == m) for host in HOSTS}
        return [
            self.env[host].with_context(active_test=False).browse(lines.mapped("row")).exists()
            for host, lines in rows.items()
            if lines
        ]

    def _restrict(self):
        """Let nobody use whoever is back; who was restricted before stays so for that reason."""
        words = self.env._("Erased, and back with a restored backup.")
        for records in self._hosts():
            free = records.filtered(lambda record: not record.sheet_restricted_on)
            if not _restricted(free, words):  # one of them cannot be: the others are, all the same
                for record in free:
                    _restricted(record, words)

    def _lift(self, words):
        for records in self._hosts():
            restored = records.filtered(lambda r: r.sheet_restricted_ground == RESTORED)
            restored._sheet_lift_restriction(words)

    def _erase(self):
        """Erase these rows of one person again."""
        erasure = self.env["customer.sheet.erasure"]._erase_records(
            [(line.model, line.row) for line in self], ground=RESTORED
        )
        self.outcome = "kept" if erasure.kept_until else "erased"

    @called(one=True)
    def action_open(self):
        """Open the record, if the user may read it."""
        return open_row(self.env, self.model, self.row)


def _restricted(records, words):
    """Restrict records and return whether all of them could be."""
    try:
        with records.env.cr.savepoint():
            records._sheet_restrict(RESTORED, words=words)
    except UserError as error:
        _logger.warning("Back, and not restricted: %s: %s", records, error)
        return False
    return True
