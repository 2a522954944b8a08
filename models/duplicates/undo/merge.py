from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...sheet.actor import acting
from ...sheet.called import called
from ...sheet.toast import toast
from ..merge.merge import CACHED_TABLES, SILENT
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
        """Say what is back, and open the first of it."""
        back = self._tails() or self._survivor()
        names = ", ".join(back.mapped("display_name"))
        opened = {
            "type": "ir.actions.act_window",
            "res_model": self.host,
            "res_id": back[:1].id,
            "views": [(False, "form")],
        }
        message = self.env._("The merge is undone. Back again: %(names)s", names=names)
        return toast(message, opened)

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

    # -- who may take a merge back, and what of it they see --------------------

    @api.depends_context("uid")
    def _compute_name(self):
        """Name who was merged to those only who may read it: a name is shown wherever it is
        linked."""
        result = super()._compute_name()
        for merge in self - self.with_user(self.env.uid)._filtered_access("read"):
            merge.name = self.env._("Merge %(number)s", number=merge.id or "")
        return result

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
        self._check_undo_users(records)
        self._check_undo_values()
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

    def _check_undo_values(self):
        """Refuse to take back values that the person could not have changed."""
        survivor = self._survivor()
        fixed = self._fixed_topics(survivor)[survivor.id]
        changed = self._survivor_changed() if fixed else set()
        labels = [
            self._topic_label(self.host, topic)
            for topic in self._topics(self.host)
            if topic.name in fixed and not changed.isdisjoint(topic.columns)
        ]
        labels += [
            survivor._fields[name]._description_string(self.env)
            for name in fixed.intersection(changed, self._joined_fields(self.host))
        ]
        if labels:
            raise AccessError(
                self.env._(
                    "The undo would change %(fields)s of %(record)s, which you may not: ask an"
                    " administrator.",
                    fields=", ".join(f"“{label}”" for label in labels),
                    record=survivor.display_name,
                )
            )

    def _survivor_changed(self):
        """Return the names of the columns that the merge has changed of the kept record."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT jsonb_object_keys(after)
                  FROM customer_sheet_merge_line
                 WHERE merge_id = %s
                   AND kind = 'change'
                   AND table_name = %s
                   AND row_ids->>0 = %s
                """,
                self.id,
                self.env[self.host]._table,
                str(self.survivor_id),
            )
        )
        return {name for (name,) in rows}

    def _check_undo_users(self, records):
        """Refuse to take back what changes users, or their contacts, of somebody else."""
        if self.host != "res.partner":
            return
        moved = self._touched("res.users")
        users = moved - moved.with_user(self.env.uid)._filtered_access("write")
        users |= (records | self._touched("res.partner", "parent_id"))._sheet_colleagues()
        if users:
            raise AccessError(self._colleague_text(users[0].partner_id))
        if self._trusted(self._touched("res.partner.bank")):
            raise AccessError(
                self.env._("A bank account that moved is trusted for payments: ask an accountant.")
            )

    def _touched(self, model, column=None):
        """Return what the merge has changed or moved of ``model``, as superuser."""
        only = SQL("AND column_name = %s", column) if column else SQL()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT jsonb_array_elements_text(row_ids)::int
                  FROM customer_sheet_merge_line
                 WHERE merge_id = %s
                   AND table_name = %s
                   AND kind IN ('change', 'move') %s
                """,
                self.id,
                self.env[model]._table,
                only,
            )
        )
        return self.env[model].sudo().browse(row_id for (row_id,) in rows).exists()

    def _later(self):
        """Return the merge in force of which the survivor is a tail."""
        later = self.sudo().search(
            [("host", "=", self.host), ("state", "=", "done"), ("id", ">", self.id)], order="id"
        )
        return later.filtered(lambda merge: self.survivor_id in merge._tail_numbers())[:1]

    # -- what has changed since --------------------------------------------------

    def _conflict_words(self):
        """Return :meth:`_conflicts` as a person reads them.

        Only what the person may change: nothing else is shown, nor put back.
        """
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
            field = model._fields[each["column"]]
            record = model.with_user(self.env.uid).browse(each["row_id"])
            if not (model._auto and self._may_put_back(record, field)):
                continue
            words.append(
                {
                    "key": each["key"],
                    "record": record.sudo().display_name,
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

    @api.model
    def _may_put_back(self, record, field):
        """Tell whether the person may write a field of a record, as Odoo judges."""
        if not (record.has_access("read") and record.has_access("write")):
            return False
        if record._name == "res.partner" and not record._sheet_may_write():
            return False
        return record._has_field_access(field, "write")
