from odoo import fields, models
from odoo.tools import SQL

from ...sheet.actor import acting
from ...sheet.called import called
from ..merge.merge_engine import CACHED_TABLES, SILENT
from ..merge.recompute import recompute
from .restore import Restore


class CustomerSheetMerge(models.Model):
    """Taking a merge back: everything as before, but what has changed since."""

    _inherit = "customer.sheet.merge"

    @called(one=True)
    def action_undo(self):
        """Undo the merge, or show what has changed since and let the user decide."""
        self._check_may_undo()
        if self._conflict_words():
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("Undo the Merge"),
                "res_model": "customer.sheet.merge.undo",
                "views": [(False, "form")],
                "target": "new",
                "context": {"default_merge_id": self.id},
            }
        self._undo()
        return self._action_undone()

    def _action_undone(self):
        """Open the first record that is back."""
        return {
            "type": "ir.actions.act_window",
            "res_model": self.host,
            "res_id": (self._tails() or self._survivor())[:1].id,
            "views": [(False, "form")],
        }

    def _conflicts(self):
        """Return what has changed since the merge, see :meth:`Restore.conflicts`."""
        self.ensure_one()
        self.env.flush_all()
        return Restore(self.sudo()).conflicts()

    def _undo(self, overwrite=()):
        """Take the merge back.

        What has changed since is left alone, but for the keys in ``overwrite`` (those that
        :meth:`_conflict_words` gives).
        """
        self.ensure_one()
        self._check_may_undo()
        if overwrite:
            overwrite = {each["key"] for each in self._conflict_words()}.intersection(overwrite)
        with acting("merge"):
            self.sudo().with_context(**SILENT)._undo_checked(overwrite)
        (self._survivor() | self._tails())._sheet_merged()

    def _undo_checked(self, overwrite):
        self._lock(self.host, [self.survivor_id, *(self.tail_ids or ())])
        restore = Restore(self, overwrite)
        restore.run()
        self.env.invalidate_all(flush=False)
        self._split_consents()
        recompute(self.env, restore.moved, forget=restore.restored)
        self.write(
            {
                "state": "undone",
                "undone_on": fields.Datetime.now(),
                "undone_by_id": self.env.uid,
            }
        )
        self._relink(restore.moved)
        self._after_undo()
        if restore.tables & CACHED_TABLES:
            self.env.registry.clear_cache()
        self.env.invalidate_all()

    def _after_undo(self):
        """Match what is back again; nothing needs the images any more."""
        self._rematch(self._survivor() | self._tails())
        self._reopen_pairs()
        self.env.flush_all()
        self.env.cr.execute(
            SQL("DELETE FROM customer_sheet_merge_line WHERE merge_id = ANY(%s)", self.ids)
        )
        self.env["customer.sheet.merge.line"].invalidate_model()
