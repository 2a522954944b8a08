import json

from odoo import api, models
from odoo.tools import SQL, html_escape
from odoo.tools.mail import generate_tracking_message_id

from .merge_engine import Group


class CustomerSheetMerge(models.Model):
    """What a merge leaves to be read: figures in the journal, a note on the survivor."""

    _inherit = "customer.sheet.merge"

    def _note_result(self, changes):
        """Store in the journal how much has moved and what was taken over."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT merge_id, jsonb_object_agg(table_name, total)
                  FROM (SELECT merge_id, table_name, sum(row_count) AS total
                          FROM customer_sheet_merge_line
                         WHERE merge_id = ANY(%s)
                           AND kind = 'move'
                         GROUP BY merge_id, table_name) counts
                 GROUP BY merge_id
                """,
                self.ids,
            )
        )
        moved = dict(rows)
        self.env.cr.execute(
            SQL(
                """
                UPDATE customer_sheet_merge m
                   SET moved = n.moved, taken = n.taken
                  FROM unnest(%s::int[], %s::jsonb[], %s::jsonb[]) AS n(id, moved, taken)
                 WHERE m.id = n.id
                """,
                self.ids,
                [json.dumps(moved.get(merge.id) or {}) for merge in self],
                [json.dumps(sorted(changes.get(merge.survivor_id) or ())) for merge in self],
            )
        )
        self.invalidate_recordset(["moved", "taken"], flush=False)

    def _note_chatter(self):
        """Leave a note on each survivor, in one statement: a merge is one event of its history."""
        author = self.env.user.partner_id
        subtype = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH note AS (
                    INSERT INTO mail_message
                                (model, res_id, message_type, subtype_id, body,
                                 author_id, email_from, message_id, is_internal, date,
                                 create_uid, create_date, write_uid, write_date)
                    SELECT host, kept, 'notification', %(subtype)s, body,
                           %(author)s, %(email)s, message, TRUE, %(now)s,
                           %(user)s, %(now)s, %(user)s, %(now)s
                      FROM unnest(%(hosts)s, %(kept)s::int[], %(bodies)s, %(messages)s)
                           AS n(host, kept, body, message)
                    RETURNING id, message_id)
                INSERT INTO customer_sheet_merge_line
                            (merge_id, kind, table_name, row_ids, row_count)
                SELECT merge, 'insert', 'mail_message', jsonb_build_array(note.id), 1
                  FROM note
                  JOIN unnest(%(messages)s, %(merges)s::int[]) AS m(message, merge)
                    ON m.message = note.message_id
                """,
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
