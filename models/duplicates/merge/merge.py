import json
from collections import defaultdict
from typing import NamedTuple

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...sheet import references, takes
from ...sheet.actor import acting
from ...sheet.called import called
from ...sheet.resumable import go_on
from ..settings import KEPT_DAYS
from . import triggers
from .images import Images
from .journal import STAMPS
from .operation import Operation
from .recompute import recompute

HOSTS = [("res.partner", "Contacts"), ("crm.lead", "Leads")]

#: A merge is one event: it leaves one note, not one for each changed field.
SILENT = {
    "tracking_disable": True,
    "mail_notrack": True,
    "mail_create_nolog": True,
    "active_test": False,
}

#: Once these have moved, what the server remembers is no longer true.
CACHED_TABLES = {"res_users", "ir_model_data", "ir_default"}


class Group(NamedTuple):
    """Records to merge: ids of the survivor and the tails, of leads that become the survivor's,
    and ``{topic: id of the record whose value is kept}`` (of a lead: minus its id)."""

    survivor: int
    tails: list
    choices: dict | None = None
    leads: tuple = ()


def _owner(operation):
    """Return a function ``(model, id)`` -> merge that has to do with this row, or ``None``."""
    owners = defaultdict(dict)
    for (model, _field), rows in operation.moved.items():
        owners[model].update(rows)
    owners[operation.model].update(operation.merge_of)
    merges = set(operation.merge_of.values())
    only = merges.pop() if len(merges) == 1 else None
    return lambda model, row_id: only or owners[model].get(row_id)


class CustomerSheetMerge(models.Model):
    """One merge: who became whom, who did it, what moved; kept so that it can be undone.

    The records that went (the tails) are archived, never deleted.  ``_merge`` merges,
    ``_undo`` takes it back; other parts of this model are in the files named after it.
    """

    _name = "customer.sheet.merge"
    _description = "Merge of contacts"
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
        """Return what points at the records of ``model``, see ``references``."""
        return references.pointers(self.env, model)

    @api.model
    @tools.ormcache("field")
    def _trigger_tree(self, field):
        """Return what Odoo computes from a field, see ``triggers``."""
        return triggers.trigger_tree(self.env.registry, field)

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

    # -- merging, in sets: the same statements for one merge and for hundreds --

    @api.model
    def _merge(self, survivor, tails, values=None, choices=None, attached=None):
        """Merge ``tails`` into ``survivor`` and return the journal record.

        :param values: ``{field: value}`` to write on the survivor, as ``write`` takes them
        :param choices: ``{field: id of the record whose value is kept}``; what is not
            mentioned follows the rules of survivorship
        :param attached: leads without a contact that become the survivor's
        :raise AccessError: the user may not write all these records
        :raise UserError: these records cannot be merged, and why
        """
        tails -= survivor
        self._check_may_merge(survivor | tails)
        if attached:
            self._check_may_merge(attached)
        if not tails and not attached:
            raise UserError(self.env._("Choose at least two records to merge."))
        self._raise_blocks(survivor, tails)
        if choices:
            self._check_choices(survivor, choices)
        leads = tuple(attached.ids if attached else ())
        group = Group(survivor.id, tails.ids, choices, leads)
        [merge] = self._merge_groups(survivor._name, [group])
        if attached:
            merge._attach(attached)
        if values:
            merge.with_env(self.env)._write_values(values)
        merge._note_chatter()
        return merge

    @api.model
    def _merge_groups(self, host, groups, run=None):
        """Merge many groups that have been checked; return their journal records.

        :param groups: list of :class:`Group`, no record in two of them
        """
        with acting("merge"):
            merges = self.sudo().with_context(**SILENT)._merge_checked(host, groups, run)
        self.env[host].browse(group.survivor for group in groups)._sheet_merged()
        return merges

    @api.model
    def _merge_checked(self, host, groups, run):
        ids = [each for group in groups for each in (group.survivor, *group.tails)]
        self._lock(host, ids)
        members = self._members(host, ids)
        merges = self._open(host, groups, members, run)
        mapping = [
            (tail, group.survivor, merge.id)
            for merge, group in zip(merges, groups, strict=True)
            for tail in group.tails or [group.survivor]
        ]
        images = Images(self.env)
        merges._join_consents()
        changes = self._survivors_changes(host, groups, members)
        parents = self._family_parents(host, changes, mapping, members)
        self._image_members(host, mapping, changes, images)
        self._image_family(parents, mapping, images)
        operation = Operation(self.env, host, mapping, images)
        operation.run()
        self._move_json(operation)
        self._write_rows(host, changes)
        self._archive(host, mapping)
        self._settle_pairs(host, mapping)
        self._after_moves(operation, changes, parents)
        images.compare()
        self._rematch_all(operation)
        merges._note_result(changes)
        if operation.tables & CACHED_TABLES:
            self.env.registry.clear_cache()
        return merges

    @api.model
    def _image_members(self, host, mapping, changes, images):
        """Take images of what is about to change of the merged records themselves."""
        table = self.env[host]._table
        tails = [(tail, merge) for tail, _survivor, merge in mapping]
        images.take_narrow(table, tails, ["active", "sheet_merged_into_id"])
        survivors = [(survivor, merge) for _tail, survivor, merge in mapping]
        names = {name for values in changes.values() for name in values}
        images.take_narrow(table, survivors, {*names, *STAMPS})

    # -- before ------------------------------------------------------------

    @api.model
    def _lock(self, host, ids):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM %s WHERE id = ANY(%s) ORDER BY id FOR UPDATE",
                SQL.identifier(self.env[host]._table),
                ids,
            )
        )

    @api.model
    def _open(self, host, groups, members, run):
        """Create the journal records of these groups, in one statement."""
        label = "contact_name" if host == "crm.lead" else "name"

        def name(record_id):
            row = members[record_id].row
            return row.get("name") or row.get(label) or row.get("email") or str(record_id)

        tails = [group.tails for group in groups]
        kept = [group.survivor for group in groups]
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO customer_sheet_merge
                            (host, survivor_id, survivor_name, tail_ids, tail_names,
                             company_id, state, user_id, run_id,
                             create_uid, create_date, write_uid, write_date)
                SELECT %(host)s, survivor, name, tails, names,
                       company, 'done', %(user)s, %(run)s,
                       %(user)s, %(now)s, %(user)s, %(now)s
                  FROM unnest(%(kept)s::int[], %(kept_names)s::text[], %(tails)s::jsonb[],
                              %(names)s::text[], %(companies)s::int[])
                       WITH ORDINALITY AS n(survivor, name, tails, names, company, place)
                 ORDER BY place
                RETURNING id
                """,
                host=host,
                user=self.env.uid,
                run=run.id if run else None,
                now=self.env.cr.now(),
                kept=kept,
                kept_names=list(map(name, kept)),
                tails=list(map(json.dumps, tails)),
                names=[", ".join(map(name, each)) for each in tails],
                companies=[members[each].row.get("company_id") for each in kept],
            )
        )
        return self.browse(merge_id for (merge_id,) in rows)

    @api.model
    def _survivors_changes(self, host, groups, members):
        """Return ``{survivor id: {column: value}}`` of what survivors take over."""
        topics = self._topics(host)
        fixed = self._fixed_topics(self.env[host].browse(group.survivor for group in groups))
        return {
            group.survivor: self._survivor_columns(
                host,
                [members[each] for each in (group.survivor, *group.tails)],
                topics,
                group.choices,
                self._lead_members(group.leads),
                fixed[group.survivor],
            )
            for group in groups
        }

    # -- after -------------------------------------------------------------

    @api.model
    def _after_moves(self, operation, changes, parents):
        """Let Odoo compute again what depends on what has moved or changed."""
        self.env.invalidate_all(flush=False)
        moved = {key: list(rows) for key, rows in operation.moved.items()}
        fields_of = defaultdict(list)
        for row_id, values in changes.items():
            for name in values:
                fields_of[name].append(row_id)
        moved |= {(operation.model, name): ids for name, ids in fields_of.items()}
        recompute(self.env, moved, operation.images, _owner(operation))
        self._sync_family(operation, changes, parents)
        self.env.invalidate_all()
