import json
from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from .merge_images import Images
from .merge_operation import Operation
from .merge_recompute import recompute

#: A merge is one event: it leaves one note, not one for each changed field.
SILENT = {
    "tracking_disable": True,
    "mail_notrack": True,
    "mail_create_nolog": True,
    "active_test": False,
}
#: Once these have moved, what the server remembers is no longer true.
CACHED_TABLES = {"res_users", "ir_model_data", "ir_default"}


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
        members = survivor | tails
        self._check_may_merge(members)
        self._raise_blocks(survivor, tails)
        [merge] = self._merge_groups(survivor._name, [(survivor.id, (tails - survivor).ids, choices)])
        if attached:
            merge._attach(attached)
        if values:
            merge._write_values(values)
        merge._close()
        return merge

    @api.model
    def _merge_groups(self, host, groups, run=None):
        """Merge many groups that have been checked; return their journal records.

        :param groups: list of ``(survivor id, tail ids, choices)``, no record in two of them
        """
        self = self.sudo().with_context(**SILENT)  # the caller has checked access
        ids = [each for survivor, tails, _choices in groups for each in (survivor, *tails)]
        self._lock(host, ids)
        members = self._members(host, ids)
        merges = self._open(host, groups, members, run)
        mapping = [
            (tail, survivor, merge.id)
            for merge, (survivor, tails, _choices) in zip(merges, groups, strict=True)
            for tail in tails
        ]
        images = Images(self.env)
        images.take(
            self.env[host]._table,
            [(each, merge) for tail, survivor, merge in mapping for each in (survivor, tail)],
        )
        merges._join_consents()
        changes = self._survivors_changes(host, groups, members)
        self._image_family(host, changes, mapping, images)
        operation = Operation(self.env, host, mapping, images)
        operation.run()
        self._move_json(operation)
        self._write_rows(host, changes)
        self._archive(host, mapping)
        self._settle_pairs(host, mapping)
        self._after_moves(operation, changes)
        images.compare()
        self._rematch_all(operation)
        merges._note_result(changes)
        if operation.tables & CACHED_TABLES:
            self.env.registry.clear_cache()
        return merges

    @api.model
    def _note_stock_merge(self, survivor, tails):
        """Note a merge that Odoo does itself, with the rows that are about to go."""
        merges = self.sudo()
        members = merges._members(survivor._name, (survivor | tails).ids)
        merge = merges._open(survivor._name, [(survivor.id, tails.ids, None)], members, None)
        merge.state = "stock"
        merges.env["customer.sheet.merge.line"].create(
            [
                {
                    "merge_id": merge.id,
                    "kind": "gone",
                    "table_name": survivor._table,
                    "row_ids": [tail.id],
                    "row_count": 1,
                    "before": members[tail.id].row,
                }
                for tail in tails
            ]
        )
        return merge

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
        """Create the journal records of these groups."""
        label = "contact_name" if host == "crm.lead" else "name"

        def name(record_id):
            row = members[record_id].row
            return row.get("name") or row.get(label) or row.get("email") or str(record_id)

        return self.create(
            [
                {
                    "host": host,
                    "survivor_id": survivor,
                    "survivor_name": name(survivor),
                    "tail_ids": tails,
                    "tail_names": ", ".join(map(name, tails)),
                    "user_id": self.env.uid,
                    "company_id": members[survivor].row.get("company_id"),
                    "run_id": run.id if run else False,
                }
                for survivor, tails, _choices in groups
            ]
        )

    @api.model
    def _survivors_changes(self, host, groups, members):
        """Return ``{survivor id: {column: value}}`` of what survivors take over."""
        topics = self._topics(host)
        return {
            survivor: self._survivor_columns(
                host, [members[each] for each in (survivor, *tails)], topics, choices
            )
            for survivor, tails, choices in groups
        }

    # -- rows --------------------------------------------------------------

    @api.model
    def _write_rows(self, host, changes):
        """Put columns into rows as they were in other rows: nothing is converted."""
        changed = {row_id: values for row_id, values in changes.items() if values}
        names = sorted({name for values in changed.values() for name in values})
        if not names:
            return
        table = SQL.identifier(self.env[host]._table)
        sets = SQL(", ").join(
            SQL(
                "%(name)s = CASE WHEN n.row ? %(text)s THEN r.%(name)s ELSE t.%(name)s END",
                name=SQL.identifier(name),
                text=name,
            )
            for name in [*names, *("write_uid", "write_date")]
        )
        stamp = {"write_uid": self.env.uid, "write_date": str(self.env.cr.now())}
        self.env.cr.execute(
            SQL(
                "UPDATE %(table)s t SET %(sets)s"
                " FROM unnest(%(ids)s::int[], %(rows)s::jsonb[]) AS n(id, row),"
                " jsonb_populate_record(NULL::%(table)s, n.row) r WHERE t.id = n.id",
                table=table,
                sets=sets,
                ids=list(changed),
                rows=[json.dumps({**values, **stamp}) for values in changed.values()],
            )
        )

    @api.model
    def _archive(self, host, mapping):
        self.env.cr.execute(
            SQL(
                "UPDATE %s t SET active = FALSE, sheet_merged_into_id = m.survivor"
                " FROM unnest(%s::int[], %s::int[]) AS m(tail, survivor) WHERE t.id = m.tail",
                SQL.identifier(self.env[host]._table),
                [tail for tail, _survivor, _merge in mapping],
                [survivor for _tail, survivor, _merge in mapping],
            )
        )

    # -- after -------------------------------------------------------------

    def _close(self):
        """Leave a note on the survivor and match it again."""
        survivor = self._survivor()
        body = self.env._("Merged with: %(names)s", names=self.tail_names)
        note = survivor.sudo()._message_log(body=body)
        self._note_added("mail_message", note.ids)

    def _note_added(self, table, ids):
        """Note in the journal that the merge has added these rows."""
        self.env.flush_all()
        self.env["customer.sheet.merge.line"].sudo().create(
            {
                "merge_id": self.id,
                "kind": "insert",
                "table_name": table,
                "row_ids": ids,
                "row_count": len(ids),
            }
        )

    @api.model
    def _after_moves(self, operation, changes):
        """Let Odoo compute again what depends on what has moved or changed."""
        self.env.invalidate_all(flush=False)
        moved = {key: list(rows) for key, rows in operation.moved.items()}
        fields_of = defaultdict(list)
        for row_id, values in changes.items():
            for name in values:
                fields_of[name].append(row_id)
        moved |= {(operation.model, name): ids for name, ids in fields_of.items()}
        recompute(self.env, moved, operation.images, _owner(operation))
        self._sync_family(operation, changes)
        self.env.invalidate_all()

    def _note_result(self, changes):
        """Store in the journal how much has moved and what was taken over."""
        rows = self.env.execute_query(
            SQL(
                "SELECT merge_id, jsonb_object_agg(table_name, total) FROM ("
                " SELECT merge_id, table_name, sum(row_count) AS total"
                " FROM customer_sheet_merge_line WHERE merge_id = ANY(%s) AND kind = 'move'"
                " GROUP BY merge_id, table_name) counts GROUP BY merge_id",
                self.ids,
            )
        )
        moved = dict(rows)
        for merge in self:
            merge.moved = moved.get(merge.id) or {}
            merge.taken = sorted(changes.get(merge.survivor_id) or ())


def _owner(operation):
    """Return a function ``(model, id)`` -> merge that has to do with this row, or ``None``."""
    owners = defaultdict(dict)
    for (model, _field), rows in operation.moved.items():
        owners[model].update(rows)
    owners[operation.model].update(operation.merge_of)
    merges = set(operation.merge_of.values())
    only = merges.pop() if len(merges) == 1 else None
    return lambda model, row_id: only or owners[model].get(row_id)

