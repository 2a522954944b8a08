from odoo import api, fields, models, tools
from odoo.tools import SQL

from ...sheet import references as merge_catalogue
from ...sheet import takes
from ...sheet.called import called
from ...sheet.resumable import go_on
from ..settings import KEPT_DAYS
from . import triggers as merge_triggers

HOSTS = [("res.partner", "Contacts"), ("crm.lead", "Leads")]


class CustomerSheetMerge(models.Model):
    """One merge: who became whom, who did it, what moved; kept so that it can be undone.

    The records that went (the tails) are archived, never deleted.  ``_merge`` merges,
    ``_undo`` takes it back; other parts of this model are in the files named after it.
    """

    _name = "customer.sheet.merge"
    _description = "Merge"
    _inherit = ["customer.sheet.titled.mixin"]
    _order = "id desc"

    host = fields.Selection(HOSTS, "Merged", required=True, readonly=True)
    survivor_id = fields.Many2oneReference("Kept record", model_field="host", readonly=True)
    survivor_name = fields.Char("Kept", readonly=True)
    tail_ids = fields.Json("Archived records", readonly=True)
    tail_names = fields.Char("Merged into it", readonly=True)
    state = fields.Selection(
        [("done", "Merged"), ("undone", "Undone"), ("stock", "Merged by Odoo, cannot be undone")],
        default="done",
        required=True,
        readonly=True,
        index=True,
    )
    user_id = fields.Many2one(
        "res.users", "By", default=lambda self: self.env.user, readonly=True, ondelete="set null"
    )
    company_id = fields.Many2one("res.company", readonly=True, ondelete="set null")
    undone_on = fields.Datetime(readonly=True)
    undone_by_id = fields.Many2one("res.users", readonly=True, ondelete="set null")
    moved = fields.Json(readonly=True, help="Number of moved rows, by table.")
    moved_text = fields.Text("What moved", compute="_compute_moved_text")
    taken = fields.Json("Values taken over", readonly=True)
    joined = fields.Json(readonly=True, help="Consents that were joined.")
    run_id = fields.Many2one("customer.sheet.merge.run", readonly=True, ondelete="set null")
    line_ids = fields.One2many("customer.sheet.merge.line", "merge_id", readonly=True)

    @api.depends("survivor_name", "tail_names")
    def _compute_name(self):
        return super()._compute_name()

    @api.model
    def _title(self, **parts):
        return self.env._("%(merged)s into %(kept)s", **parts)

    def _title_parts(self):
        return {"merged": self.tail_names or "", "kept": self.survivor_name or ""}

    @api.model
    def _title_sql(self, alias):
        return {
            "merged": SQL.identifier(alias, "tail_names"),
            "kept": SQL.identifier(alias, "survivor_name"),
        }

    @api.depends("moved")
    @api.depends_context("lang")
    def _compute_moved_text(self):
        for merge in self:
            pointers = {each.table: each for each in merge._pointers(merge.host)}
            counts = {}
            for table, count in (merge.moved if takes.values(merge.moved) else {}).items():
                if table in pointers and takes.number(count):
                    label = merge._moved_label(pointers[table])
                    counts[label] = counts.get(label, 0) + count
            merge.moved_text = "\n".join(f"{label}: {n}" for label, n in sorted(counts.items()))

    @api.model
    @tools.ormcache("model")
    def _pointers(self, model):
        """Return what points at the records of ``model``, see ``merge_catalogue``."""
        return merge_catalogue.pointers(self.env, model)

    @api.model
    @tools.ormcache("field")
    def _trigger_tree(self, field):
        """Return what Odoo computes from a field, see ``merge_triggers``."""
        return merge_triggers.trigger_tree(self.env.registry, field)

    @called(one=True)
    def action_open_kept(self):
        """Open the record that was kept."""
        return self._survivor()._get_records_action()

    def _survivor(self):
        """Return the kept record, or an empty recordset if it is gone."""
        self.ensure_one()
        return self.env[self.host].browse(self.survivor_id).exists()

    def _tails(self):
        """Return the archived records that still exist."""
        self.ensure_one()
        return self.env[self.host].browse(self._tail_numbers()).exists()

    def _tail_numbers(self):
        """Return the ids of the archived records, none where they cannot be read."""
        return self.tail_ids if takes.numbers(self.tail_ids) else []

    # -- purge -------------------------------------------------------------

    @api.model
    def _kept_days(self):
        """Return for how many days a merge can be undone, a setting."""
        return KEPT_DAYS.value(self.env)

    @api.model
    def _cron_purge(self):
        """Forget merges that are too old to be undone, a bounded number at a time."""
        past = fields.Datetime.subtract(fields.Datetime.now(), days=self._kept_days())
        domain = [("create_date", "<", past)]
        merges = self.sudo()

        def step():
            batch = merges.search(domain, limit=500)
            done = len(batch)
            batch.unlink()
            return done, merges.search_count(domain)

        return go_on(self.env, step)

    @api.model
    def _forget(self, host, record_ids):
        """Delete the journals about these records: an erasure must reach them too."""
        merges = self.sudo().search([("host", "=", host)])
        wanted = set(record_ids)
        merges.filtered(
            lambda merge: merge.survivor_id in wanted or wanted & set(merge._tail_numbers())
        ).unlink()
