import json
from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...sheet.actor import acting
from .images import Images
from .journal import STAMPS
from .operation import Operation
from .recompute import recompute

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


class CustomerSheetMerge(models.Model):
    """Merging, in sets: the same statements for one merge and for hundreds."""

    _inherit = "customer.sheet.merge"

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


def _owner(operation):
    """Return a function ``(model, id)`` -> merge that has to do with this row, or ``None``."""
    owners = defaultdict(dict)
    for (model, _field), rows in operation.moved.items():
        owners[model].update(rows)
    owners[operation.model].update(operation.merge_of)
    merges = set(operation.merge_of.values())
    only = merges.pop() if len(merges) == 1 else None
    return lambda model, row_id: only or owners[model].get(row_id)
