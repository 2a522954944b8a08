from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..sheet.called import called
from .customer_sheet_merge_engine import CACHED_TABLES, SILENT
from .merge_recompute import recompute
from .merge_restore import Restore


class CustomerSheetMerge(models.Model):
    """Taking a merge back: everything as before, but what has changed since."""

    _inherit = "customer.sheet.merge"

    @called(one=True)
    def action_undo(self):
        """Undo the merge, or show what has changed since and let the user decide."""
        self._check_may_undo()
        if self._conflicts():
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

    def _check_may_undo(self):
        """Refuse what the user may not write, and merges that others stand on."""
        self.check_access("read")
        if self.state != "done":
            raise UserError(self.env._("This merge cannot be undone: it is not in force any more."))
        records = self._survivor() | self._tails()
        if not self._survivor() or (self.tail_ids and len(records) <= 1):
            raise UserError(
                self.env._("The contacts of this merge no longer exist: it cannot be undone.")
            )
        self._check_may_merge(records)
        steward = self.env.user.has_group("crm_customer_sheet.group_sheet_steward")
        if not self.env.su and not steward and self.user_id != self.env.user:
            raise AccessError(
                self.env._("This merge was done by somebody else: ask a data steward to undo it.")
            )
        if later := self._later():
            raise UserError(
                self.env._(
                    "%(kept)s has itself been merged into another since. Undo “%(later)s” first.",
                    kept=self.survivor_name,
                    later=later.name,
                )
            )

    def _later(self):
        """Return the merge in force of which the survivor is a tail."""
        later = self.sudo().search(
            [("host", "=", self.host), ("state", "=", "done"), ("id", ">", self.id)], order="id"
        )
        return later.filtered(lambda merge: self.survivor_id in (merge.tail_ids or ()))[:1]

    def _conflicts(self):
        """Return what has changed since the merge, see :meth:`Restore.conflicts`."""
        self.ensure_one()
        self.env.flush_all()
        return Restore(self.sudo()).conflicts()

    def _conflict_words(self):
        """Return :meth:`_conflicts` as a person reads them."""
        self.ensure_one()
        models_ = {
            self.env[name]._table: self.env[name]
            for name in self.env.registry
            if not self.env[name]._abstract
        }
        words = []
        for each in self._conflicts():
            model = models_.get(each["table"])
            if model is None or each["column"] not in model._fields:
                continue
            record = model.sudo().browse(each["row_id"])
            field = model._fields[each["column"]]
            words.append(
                {
                    "key": each["key"],
                    "record": record.display_name,
                    "field": field._description_string(self.env),
                    "before": self._value_word(field, each["before"]),
                    "now": self._value_word(field, each["now"]),
                }
            )
        return words

    @api.model
    def _value_word(self, field, value):
        if value in (None, False, ""):
            return self.env._("(empty)")
        if field.type == "many2one":
            return self.env[field.comodel_name].sudo().browse(value).exists().display_name or ""
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        return str(value)

    def _undo(self, overwrite=()):
        """Take the merge back.

        What has changed since is left alone, but for the keys in ``overwrite`` (those that
        :meth:`_conflicts` gives).
        """
        self.ensure_one()
        self._check_may_undo()
        merge = self.sudo().with_context(**SILENT)
        merge._lock(merge.host, [merge.survivor_id, *(merge.tail_ids or ())])
        restore = Restore(merge, overwrite)
        restore.run()
        self.env.invalidate_all(flush=False)
        merge._split_consents()
        recompute(merge.env, restore.moved, forget=restore.restored)
        merge.write(
            {
                "state": "undone",
                "undone_on": fields.Datetime.now(),
                "undone_by_id": self.env.uid,
            }
        )
        merge._relink(restore.moved)
        merge._after_undo()
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
