from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ..chain import link, merkle_root
from ..ledger.append_only import weaknesses
from .seal import COUNT, GRACE, LEAVES

#: The leaves of all seals, as rows; a line that is no leaf shows in the Merkle root.
CLAIMED = r"""
    SELECT seal.date, split_part(line, ' ', 1) AS uuid, number::integer AS sequence,
           split_part(line, ' ', 3) AS hash
      FROM customer_sheet_consent_seal seal,
           unnest(string_to_array(leaves, E'\n')) AS line,
           split_part(line, ' ', 2) AS number
     WHERE CASE WHEN number ~ '^[0-9]+$' THEN length(number) < 10 ELSE FALSE END
"""


def _claim(kind, row):
    return {
        "kind": kind,
        "subject": row["uuid"],
        "sequence": row["sequence"],
        "count": row["count"],
        "date": row["date"].isoformat(),
    }


#: The ledger is sealed every day; an hour more for a server that was busy.
DUE = timedelta(hours=25)


class CustomerSheetConsentSeal(models.Model):
    """What the seals say about the chains."""

    _inherit = "customer.sheet.consent.seal"

    def _verify_seals(self):
        """Yield the seals that were edited, and where one of them is missing."""
        before = ""
        rows = self.env.execute_query(SQL("SELECT id FROM customer_sheet_consent_seal ORDER BY id"))
        for (seal_id,) in rows:
            seal = self.browse(seal_id)  # one at a time: leaves are long
            values = {"subject": "", "sequence": 0, "date": seal.date.isoformat()}
            if (seal.prev_hash or "") != before:
                yield {"kind": "seal_link", **values}
            yield from ({"kind": kind, **values} for kind in seal._edited())
            before = seal.hash
            seal.invalidate_recordset(["leaves"])

    def _edited(self):
        """Yield the kinds of what does not match in this seal."""
        self.ensure_one()
        if link(self.prev_hash, self._record()) != self.hash:
            yield "seal"
        leaves = self._leaf_hashes()
        if merkle_root(leaves) != self.root or len(leaves) != self.leaf_count:
            yield "seal_root"

    def _verify_leaves(self, subject_ids):
        """Yield the chains that are not, or no longer, what a seal says of them."""
        lost = self.env.execute_query_dict(
            SQL(
                """
                SELECT claimed.uuid, claimed.sequence, claimed.date, s.id AS subject_id,
                       event.hash, (
                           SELECT COALESCE(max(sequence), 0) FROM customer_sheet_consent_event
                            WHERE subject_id = s.id) AS count
                  FROM (%s) claimed
             LEFT JOIN customer_sheet_consent_subject s ON s.uuid = claimed.uuid
             LEFT JOIN customer_sheet_consent_event event
                    ON event.subject_id = s.id AND event.sequence = claimed.sequence
                 WHERE event.hash IS DISTINCT FROM claimed.hash %s
              ORDER BY claimed.uuid, claimed.sequence, claimed.date
                """,
                SQL(CLAIMED),
                SQL() if subject_ids is None else SQL("AND s.id = ANY(%s)", list(subject_ids)),
            )
        )
        rewritten, cut = {}, {}
        for row in lost:
            if row["hash"]:
                rewritten.setdefault(row["uuid"], row)
            elif row["count"] < row["sequence"]:
                cut[row["uuid"]] = row  # the longest that it ever was
        yield from (_claim("rewritten", row) for row in rewritten.values())
        for row in cut.values():
            yield _claim("tail" if row["subject_id"] else "subject", row)

    def _verify_sealed(self, subject_ids):
        """Yield the events that a seal should hold and none does: they were slipped in later."""
        complete = self.search([("leaf_count", "<", LEAVES)], limit=1)
        if not complete:
            return
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT s.uuid, old.sequence, old.date, 0 AS count
                  FROM (SELECT subject_id, max(sequence) AS sequence, max(recorded_at) AS date
                          FROM customer_sheet_consent_event
                         WHERE recorded_at < %s GROUP BY subject_id) old
                  JOIN customer_sheet_consent_subject s ON s.id = old.subject_id
             LEFT JOIN (SELECT uuid, max(sequence) AS sequence FROM (%s) claimed
                         GROUP BY uuid) sealed ON sealed.uuid = s.uuid
                 WHERE COALESCE(sealed.sequence, 0) < old.sequence %s
              ORDER BY s.id
                """,
                complete.date - GRACE,
                SQL(CLAIMED),
                SQL() if subject_ids is None else SQL("AND s.id = ANY(%s)", list(subject_ids)),
            )
        )
        yield from (_claim("unsealed", row) for row in rows)

    def _verify_orphans(self):
        """Yield the people who were deleted while their events stayed."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT subject_id, count(*)
                  FROM customer_sheet_consent_event event
                 WHERE NOT EXISTS (SELECT
                                     FROM customer_sheet_consent_subject s
                                    WHERE s.id = event.subject_id)
                 GROUP BY subject_id
                 ORDER BY subject_id
                """
            )
        )
        for subject_id, count in rows:
            yield {"kind": "orphan", "subject": str(subject_id), "sequence": 0, "count": count}

    # -- is what keeps the ledger honest still there: triggers, seals day by day, settings? --

    def _verify_protection(self):
        """Yield the triggers, indexes and numberings that were removed or got round."""
        for kind, name in weaknesses(self.env.cr):
            yield {"kind": kind, "subject": name, "sequence": 0}

    def _verify_count(self):
        """Yield whether there are fewer seals than were made: the last ones are not missed."""
        made = self.env["ir.config_parameter"].sudo().get_param(COUNT) or "0"
        made, count = int(made) if made.isdecimal() else 0, self.search_count([])
        if made != count:
            yield {"kind": "seal_count", "subject": "", "sequence": 0, "made": made, "count": count}

    def _verify_days(self):
        """Yield the days of which a seal is missing; a chain that should be in one is named."""
        complete = self.search([("leaf_count", "<", LEAVES)], limit=1)
        named = SQL("AND event.recorded_at >= %s", complete.date - GRACE) if complete else SQL()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT date_trunc('day', event.recorded_at), count(*)
                  FROM customer_sheet_consent_event event
                  JOIN customer_sheet_consent_subject s ON s.id = event.subject_id
             LEFT JOIN (SELECT uuid, max(sequence) AS sequence FROM (%s) claimed
                         GROUP BY uuid) sealed ON sealed.uuid = s.uuid
                 WHERE event.recorded_at < %s %s
                   AND event.sequence > COALESCE(sealed.sequence, 0)
              GROUP BY 1 ORDER BY 1
                """,
                SQL(CLAIMED),
                fields.Datetime.now() - DUE,
                named,
            )
        )
        for day, count in rows:
            values = {"subject": "", "sequence": 0, "date": day.isoformat(), "count": count}
            yield {"kind": "seal_missing", **values}

    def _verify_settings(self):
        """Yield the purposes that are no longer the ones decided on, and what was edited."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT event.purpose_code, purpose.code, count(*), min(event.id)
                  FROM customer_sheet_consent_event event
             LEFT JOIN customer_sheet_consent_purpose purpose ON purpose.id = event.purpose_id
                 WHERE event.purpose_id IS NOT NULL
                   AND purpose.code IS DISTINCT FROM event.purpose_code
              GROUP BY 1, 2 ORDER BY 4
                """
            )
        )
        for said, now, count, event_id in rows:
            values = {"said": said, "now": now or "", "count": count}
            yield {"kind": "purpose", **self._verified_event(event_id), **values}
        for name in ("customer.sheet.consent.purpose", "customer.sheet.consent.rule"):
            for record in self.env[name].sudo()._edited():
                yield {"kind": "setting", "subject": "", "sequence": 0, "record": str(record)}
