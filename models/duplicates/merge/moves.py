import json
from contextlib import contextmanager

from odoo import api, models
from odoo.tools import SQL

from ...sheet.references import points_at
from .images import Images

#: All of them over ``merged``: node of a tail, node of its survivor, merge.
SETTLE = """
, member AS (SELECT tail AS node, merge FROM merged UNION SELECT kept, merge FROM merged)
UPDATE customer_sheet_duplicate d
   SET state = 'merged', decided_by_id = %(uid)s, decided_on = now() at time zone 'utc'
  FROM member a, member b
 WHERE a.merge = b.merge AND d.node1 = a.node AND d.node2 = b.node
   AND d.state IN ('new', 'review')
"""


CARRY = """
, said AS (
    SELECT DISTINCT ON (1, 2) LEAST(m.kept, o.node) AS node1, GREATEST(m.kept, o.node) AS node2,
           m.merge, d.kind, d.score, d.band, d.reasons, d.company_id, d.found_on,
           d.decided_by_id, d.decided_on, d.decision_reason
      FROM customer_sheet_duplicate d
      JOIN merged m ON m.tail IN (d.node1, d.node2)
      LEFT JOIN merged other
        ON other.tail = CASE m.tail WHEN d.node1 THEN d.node2 ELSE d.node1 END,
           LATERAL (SELECT COALESCE(other.kept, d.node1 + d.node2 - m.tail) AS node) o
     WHERE d.state = 'not_duplicate' AND o.node <> m.kept
     ORDER BY 1, 2, d.decided_on DESC)
INSERT INTO customer_sheet_duplicate AS d
       (node1, node2, partner1_id, lead1_id, partner2_id, lead2_id, state, merge_id, kind, score,
        band, reasons, company_id, found_on, decided_by_id, decided_on, decision_reason,
        create_date, write_date)
SELECT node1, node2, CASE WHEN node1 > 0 THEN node1 END, CASE WHEN node1 < 0 THEN -node1 END,
       CASE WHEN node2 > 0 THEN node2 END, CASE WHEN node2 < 0 THEN -node2 END,
       'not_duplicate', merge, kind, score, band, reasons, company_id, found_on, decided_by_id,
       decided_on, decision_reason, now() at time zone 'utc', now() at time zone 'utc'
  FROM said
    ON CONFLICT (node1, node2) DO UPDATE
   SET state = 'not_duplicate', merge_id = EXCLUDED.merge_id,
       decided_by_id = EXCLUDED.decided_by_id, decided_on = EXCLUDED.decided_on,
       decision_reason = EXCLUDED.decision_reason
 WHERE d.state IN ('new', 'review')
"""


DROP = """
DELETE FROM customer_sheet_duplicate d USING merged m
 WHERE d.state IN ('new', 'review') AND m.tail IN (d.node1, d.node2)
"""


class CustomerSheetMerge(models.Model):
    """What moves with a merge, counted and in words."""

    _inherit = "customer.sheet.merge"

    @api.model
    def _count_moves(self, host, tail_ids):
        """Return ``([{"label", "count"}], total)`` of what hangs on the tails."""
        pointers = self._pointers(host)
        counts = self.env.execute_query(
            SQL(" UNION ALL ").join(
                SQL(
                    "SELECT %s, count(*) FROM %s t WHERE %s",
                    number,
                    SQL.identifier(pointer.table),
                    points_at(pointer, host, tail_ids),
                )
                for number, pointer in enumerate(pointers)
            )
        )
        total, by_label = 0, {}
        own = {self.env[host]._table: {"commercial_partner_id", "sheet_merged_into_id"}}
        for number, count in counts:
            pointer = pointers[number]
            if count and pointer.column not in own.get(pointer.table, ()):
                total += count
                label = self._moved_label(pointer)
                by_label[label] = max(by_label.get(label, 0), count)
        moves = [{"label": label, "count": count} for label, count in by_label.items()]
        return sorted(moves, key=lambda move: -move["count"]), total

    @api.model
    def _moved_label(self, pointer):
        """Return what rows of a table are called, in the plural."""
        words = {
            "crm.lead": self.env._("Leads and opportunities"),
            "res.partner": self.env._("People and addresses"),
            "res.users": self.env._("Portal users"),
            "res.partner.bank": self.env._("Bank accounts"),
            "ir.model.data": self.env._("External identifiers"),
            "mail.message": self.env._("Messages"),
            "mail.activity": self.env._("Activities"),
            "mail.followers": self.env._("Followers"),
            "ir.attachment": self.env._("Documents"),
            "calendar.event": self.env._("Meetings"),
            "sale.order": self.env._("Quotations and orders"),
            "account.move": self.env._("Invoices and entries"),
            "account.payment": self.env._("Payments"),
            "project.task": self.env._("Tasks"),
            "project.project": self.env._("Projects"),
            "customer.sheet.answer": self.env._("Notes on answers"),
            "customer.sheet.stakeholder": self.env._("Stakeholders"),
        }
        return words.get(pointer.model) or self.env._("Other records")

    # -- what a merge and its undo mean for the queue of possible duplicates ---

    @api.model
    def _settle_pairs(self, host, mapping):
        """Note on the pairs among merged records that they are merged; their others are over.

        That a tail and somebody else are different customers goes on to be known.
        """
        sign = -1 if host == "crm.lead" else 1
        columns = zip(
            *((sign * tail, sign * kept, merge) for tail, kept, merge in mapping), strict=True
        )
        merged = SQL(
            "merged AS (SELECT * FROM unnest(%s::int[], %s::int[], %s::int[])"
            " AS t(tail, kept, merge))",
            *map(list, columns),
        )
        for statement in (SETTLE, CARRY, DROP):
            self.env.cr.execute(SQL("WITH %s %s", merged, SQL(statement, uid=self.env.uid)))
        self.env["customer.sheet.duplicate"].invalidate_model()

    def _reopen_pairs(self):
        """Let the pairs of an undone merge wait for a decision again."""
        pairs = self.env["customer.sheet.duplicate"].sudo()
        pairs.search([("merge_id", "in", self.ids)]).unlink()
        nodes = [pairs._node(record) for record in self._survivor() | self._tails()]
        merged = pairs.search(
            [("state", "=", "merged"), ("node1", "in", nodes), ("node2", "in", nodes)]
        )
        merged.write({"state": "review", "decided_by_id": False, "decided_on": False})

    @api.model
    def _rematch_all(self, operation):
        """Have the twins of the merged records looked for anew; what has moved is only linked."""
        self._rematch(self.env[operation.model].browse(operation.member_ids))
        self._relink(operation.moved)

    @api.model
    def _relink(self, moved):
        """Tell the matching whose people and whose leads these are now: ``{(model, field): ids}``.

        They are compared as before, so that nothing of them needs to be made anew.
        """
        people = list(moved.get(("res.partner", "parent_id"), ()))
        leads = list(moved.get(("crm.lead", "partner_id"), ()))
        self.env.cr.execute(
            SQL(
                """
                UPDATE customer_sheet_match_profile m
                   SET parent = p.parent_id, family = COALESCE(p.commercial_partner_id, p.id)
                  FROM res_partner p
                 WHERE p.id = ANY(%s)
                   AND m.partner_id = p.id
                """,
                people,
            )
        )
        self.env.cr.execute(
            SQL(
                "UPDATE customer_sheet_match_profile m SET linked = l.partner_id FROM crm_lead l"
                " WHERE l.id = ANY(%s) AND m.lead_id = l.id",
                leads,
            )
        )

    @api.model
    def _rematch(self, records):
        """Have the keys of these records made anew, and their twins looked for."""
        records._sheet_match_touch()

    # -- changing the rows of the merged records themselves, in one statement each --

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
                """
                UPDATE %(table)s t
                   SET %(sets)s
                  FROM unnest(%(ids)s::int[], %(rows)s::jsonb[]) AS n(id, row),
                       jsonb_populate_record(NULL::%(table)s, n.row) r
                 WHERE t.id = n.id
                """,
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
                """
                UPDATE %s t
                   SET active = FALSE, sheet_merged_into_id = m.survivor
                  FROM unnest(%s::int[], %s::int[]) AS m(tail, survivor)
                 WHERE t.id = m.tail
                   AND m.tail <> m.survivor
                """,
                SQL.identifier(self.env[host]._table),
                [tail for tail, _survivor, _merge in mapping],
                [survivor for _tail, survivor, _merge in mapping],
            )
        )

    # -- consents: of people who turn out to be one, the stricter decision stands --
    #
    # The ledger only grows: an undo parts them again, and both events stay written.

    def _join_consents(self):
        """Join the people of each merge while every record still has its own."""
        subjects = self.env["customer.sheet.consent.subject"].sudo()
        for host, merges in self.grouped("host").items():
            members = {m: [m.survivor_id, *(m.tail_ids or ())] for m in merges}
            records = self.env[host].browse(each for ids in members.values() for each in ids)
            people = subjects._of_sheets(records)
            groups = {}
            for merge, ids in members.items():
                found = subjects.union(*(people[each] for each in ids))
                if len(found) > 1:
                    groups[merge] = (found[0], found[1:])
            subjects._note_moved(host, merges._consent_moves())
            done = subjects._join_groups(list(groups.values()))
            for merge, (root, joined) in zip(groups, done, strict=True):
                merge.joined = {"root": root.id, "joined": joined.ids}
        self.env.flush_all()

    def _split_consents(self):
        """Part the people whom these merges have joined."""
        subjects = self.env["customer.sheet.consent.subject"].sudo()
        for host, merges in self.grouped("host").items():
            back = {tail: (new, old) for tail, (old, new) in merges._consent_moves().items()}
            subjects._note_moved(host, back)
        for merge in self.filtered("joined"):
            root = subjects.browse(merge.joined["root"])
            joined = subjects.browse(merge.joined["joined"])
            root._split(joined.filtered(lambda each, root=root: each.joined_into_id == root))

    def _consent_moves(self):
        """Return ``{tail: (tail, survivor)}``: from where links move to where."""
        return {tail: (tail, merge.survivor_id) for merge in self for tail in merge.tail_ids or ()}

    # -- what else belongs to a merged record: its people and its leads --------

    # -- the people of a company -------------------------------------------

    @api.model
    def _family_parents(self, host, changes, mapping, members):
        """Return ``{contact: merge}`` whose people will have to follow: its company's values
        change, or they come to a company with other values."""
        if host != "res.partner":
            return {}
        parents = {}
        followed = self._followed_fields()
        commercial = self.env["res.partner"]._commercial_fields()
        for tail, survivor, merge in mapping:
            final = {**members[survivor].row, **changes.get(survivor, {})}
            gone = members[tail].row
            if any(final.get(name) != gone.get(name) for name in commercial):
                parents[tail] = merge
            if followed & set(changes.get(survivor, ())):
                parents[survivor] = merge
        return parents

    @api.model
    def _image_family(self, parents, mapping, images):
        """Take images of the people of these parents."""
        if parents:
            rows = self.env.execute_query(
                SQL(
                    "SELECT id, parent_id, commercial_partner_id FROM res_partner"
                    " WHERE (parent_id = ANY(%(ids)s) OR commercial_partner_id = ANY(%(ids)s))",
                    ids=list(parents),
                )
            )
            members = {each for row in mapping for each in row[:2]}
            images.take(
                "res_partner",
                [
                    (row_id, parents.get(parent) or parents.get(company))
                    for row_id, parent, company in rows
                    if row_id not in members
                ],
            )

    @api.model
    def _followed_fields(self):
        """Return the fields that Odoo copies from a company to its people."""
        partners = self.env["res.partner"]
        return {*partners._commercial_fields(), *partners._address_fields()}

    @api.model
    def _sync_family(self, operation, changes, parents):
        """Let the people of these parents follow, as after any change of a company.

        Addresses as the person: Odoo leaves those alone whom the person does not see.
        """
        if not parents:
            return
        partners = self.env["res.partner"]
        children = operation.moved.get(("res.partner", "parent_id")) or {}
        merges = {parents[tail] for tail, _kept, _merge in operation.mapping if tail in parents}
        for child in partners.browse(row for row, merge in children.items() if merge in merges):
            child._commercial_sync_from_company()
        followed = self._followed_fields()
        for row_id, values in changes.items():
            names = [name for name in values if name in followed]
            if names:
                partner = partners.browse(row_id)
                written = partner._convert_fields_to_values(names)
                partner.with_user(self.env.uid)._children_sync(written)
        self.env.flush_all()

    # -- what comes on top of a merge ----------------------------------------

    def _attach(self, leads):
        """Give leads without a contact the survivor as theirs."""
        company = self._survivor().commercial_partner_id
        with self._noted({leads._table: leads.ids, company._table: company.ids}):
            # as the person: what the lead knows of the contact's company goes there, too
            leads = leads.with_context(tracking_disable=True, active_test=False)
            leads.partner_id = self.survivor_id

    def _write_values(self, values):
        """Write values that none of the merged records has, as anybody would write them."""
        survivor = self._survivor().with_context(tracking_disable=True)
        rows = {survivor._table: survivor.ids}
        if self.host == "res.partner":
            people = survivor.sudo().with_context(active_test=False)
            rows[survivor._table] = people.search([("id", "child_of", survivor.ids)]).ids
        with self._noted(rows):
            survivor.write(values)
        self.sudo().taken = sorted({*(self.taken or ()), *values})

    @contextmanager
    def _noted(self, rows):
        """Note in the journal what happens meanwhile to these rows: ``{table: ids}``."""
        self.env.flush_all()
        images = Images(self.sudo().env)
        for table, ids in rows.items():
            images.take(table, [(row_id, self.id) for row_id in ids])
        yield
        self.env.flush_all()
        images.compare()
