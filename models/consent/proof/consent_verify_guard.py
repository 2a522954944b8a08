from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ..ledger.append_only import weaknesses
from .seal import COUNT, GRACE, LEAVES
from .verify_seal import CLAIMED

#: The ledger is sealed every day; an hour more for a server that was busy.
DUE = timedelta(hours=25)


class CustomerSheetConsentSeal(models.Model):
    """Is what keeps the ledger honest still there: triggers, seals day by day, settings?"""

    _inherit = "customer.sheet.consent.seal"

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
