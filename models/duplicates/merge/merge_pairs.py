from odoo import api, models
from odoo.tools import SQL

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
    """What a merge and its undo mean for the queue of possible duplicates."""

    _inherit = "customer.sheet.merge"

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
