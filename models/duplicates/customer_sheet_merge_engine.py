import json
from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL, html_escape
from odoo.tools.mail import generate_tracking_message_id

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
        if tails or not attached:
            self._raise_blocks(survivor, tails)
        leads = tuple(attached.ids if attached else ())
        group = Group(survivor.id, tails.ids, choices, leads)
        [merge] = self._merge_groups(survivor._name, [group])
        if attached:
            merge._attach(attached)
        if values:
            merge._write_values(values)
        merge._note_chatter()
        return merge

    @api.model
    def _merge_groups(self, host, groups, run=None):
        """Merge many groups that have been checked; return their journal records.

        :param groups: list of :class:`Group`, no record in two of them
        """
        self = self.sudo().with_context(**SILENT)  # the caller has checked access
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
        table = self.env[host]._table
        images.take(table, [(survivor, merge) for _tail, survivor, merge in mapping])
        tails = [(tail, merge) for tail, _survivor, merge in mapping]
        images.take_narrow(table, tails, ["active", "sheet_merged_into_id"])
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
        merge = merges._open(survivor._name, [Group(survivor.id, tails.ids)], members, None)
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
                    "survivor_id": group.survivor,
                    "survivor_name": name(group.survivor),
                    "tail_ids": group.tails,
                    "tail_names": ", ".join(map(name, group.tails)),
                    "user_id": self.env.uid,
                    "company_id": members[group.survivor].row.get("company_id"),
                    "run_id": run.id if run else False,
                }
                for group in groups
            ]
        )

    @api.model
    def _survivors_changes(self, host, groups, members):
        """Return ``{survivor id: {column: value}}`` of what survivors take over."""
        topics = self._topics(host)
        return {
            group.survivor: self._survivor_columns(
                host,
                [members[each] for each in (group.survivor, *group.tails)],
                topics,
                group.choices,
                self._lead_members(group.leads),
            )
            for group in groups
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
                " FROM unnest(%s::int[], %s::int[]) AS m(tail, survivor)"
                " WHERE t.id = m.tail AND m.tail <> m.survivor",
                SQL.identifier(self.env[host]._table),
                [tail for tail, _survivor, _merge in mapping],
                [survivor for _tail, survivor, _merge in mapping],
            )
        )

    # -- after -------------------------------------------------------------

    def _note_chatter(self):
        """Leave a note on each survivor, in one statement: a merge is one event of its history."""
        author = self.env.user.partner_id
        subtype = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "WITH note AS (INSERT INTO mail_message (model, res_id, message_type, subtype_id,"
                " body, author_id, email_from, message_id, is_internal, date, create_uid,"
                " create_date, write_uid, write_date)"
                " SELECT host, kept, 'notification', %(subtype)s, body, %(author)s, %(email)s,"
                " message, TRUE, %(now)s, %(user)s, %(now)s, %(user)s, %(now)s"
                " FROM unnest(%(hosts)s, %(kept)s::int[], %(bodies)s, %(messages)s)"
                " AS n(host, kept, body, message) RETURNING id, message_id)"
                " INSERT INTO customer_sheet_merge_line"
                " (merge_id, kind, table_name, row_ids, row_count)"
                " SELECT merge, 'insert', 'mail_message', jsonb_build_array(note.id), 1"
                " FROM note JOIN unnest(%(messages)s, %(merges)s::int[]) AS m(message, merge)"
                " ON m.message = note.message_id",
                subtype=subtype,
                author=author.id,
                email=author.email_formatted or None,
                now=self.env.cr.now(),
                user=self.env.uid,
                hosts=self.mapped("host"),
                kept=self.mapped("survivor_id"),
                bodies=[str(merge._note_body()) for merge in self],
                messages=[generate_tracking_message_id("merge") for _merge in self],
                merges=self.ids,
            )
        )
        self.env["mail.message"].invalidate_model()

    def _note_body(self):
        """Return the note as HTML; the names are texts that people have typed."""
        names = self.tail_names or self.env._("leads without a contact")
        return html_escape(self.env._("Merged with: %(names)s", names=names))

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
