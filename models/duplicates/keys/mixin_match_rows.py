import hashlib
import json

from odoo import api, models
from odoo.tools import SQL

from . import comparable as match_profile
from . import key_values as match_keys
from .profile import ROW, ROW_ONLY

STORED = {*ROW, *ROW_ONLY}
LINKS = ("partner_id", "lead_id", "company_id", "family", "parent", "linked", "archived")
CRON = "crm_customer_sheet.ir_cron_sheet_match"


class CustomerSheetMixin(models.AbstractModel):
    """How the comparable rows and the keys of records are made and stored."""

    _inherit = "customer.sheet.mixin"

    @api.model
    def _sheet_match_row(self, row):
        """Return one row of the JSON document of profiles, from the facts of one record."""
        known = match_profile.comparable(self._sheet_match_facts(row))
        keys = sorted(match_keys.keys(known))
        return {
            **{name: _known(value) for name, value in known._asdict().items() if name in STORED},
            **{name: row.get(name) or None for name in LINKS},
            "node": row["node"],
            "kinds": [kind for kind, _text in keys],
            "texts": [text for _kind, text in keys],
        }

    @api.model
    def _sheet_match_document(self, rows):
        """Return these rows as a JSON text, each with its fingerprint."""
        return f"[{','.join(map(_with_fingerprint, rows))}]"

    @api.model
    def _sheet_match_facts(self, row):
        texts = {name: row.get(name) or "" for name in match_profile.MatchFacts._fields}
        return match_profile.MatchFacts(
            **{
                **texts,
                "is_company": bool(row.get("is_company")),
                "phones": (row.get("phone") or "", row.get("phone2") or ""),
                "others": tuple(row.get("others") or ()),
            }
        )

    @api.model
    def _sheet_match_store_sql(self, ids, document, mark):
        profiles = self.env["customer.sheet.match.profile"]
        columns = SQL(", ").join(SQL.identifier(name) for name in (*ROW, "bits"))
        changes = SQL(", ").join(
            SQL("%s = EXCLUDED.%s", SQL.identifier(name), SQL.identifier(name))
            for name in (*ROW, "bits")
        )
        return SQL(
            """
            WITH asked AS (SELECT %(sign)s * unnest(%(ids)s) AS node),
            made AS (%(rows)s),
            changed AS (
                SELECT made.* FROM made LEFT JOIN customer_sheet_match_profile p
                    ON p.node = made.node WHERE p.fingerprint IS DISTINCT FROM made.fingerprint),
            gone AS (
                DELETE FROM customer_sheet_match_profile p USING asked
                 WHERE p.node = asked.node AND p.node NOT IN (SELECT node FROM made)
                RETURNING p.node),
            moved AS (SELECT node FROM gone UNION ALL SELECT node FROM changed),
            unkeyed AS (
                DELETE FROM customer_sheet_match_key
                 WHERE %(column)s IN (SELECT %(sign)s * node FROM moved)),
            stored AS (
                INSERT INTO customer_sheet_match_profile (%(columns)s)
                SELECT %(columns)s FROM changed
                ON CONFLICT (node) DO UPDATE SET %(changes)s),
            keyed AS (
                INSERT INTO customer_sheet_match_key (partner_id, lead_id, kind, h, strong)
                SELECT c.partner_id, c.lead_id,
                       CASE WHEN c.archived THEN 'archived' ELSE k.kind END,
                       hashtextextended(k.kind || ':' || k.value, 0), k.kind = ANY(%(strong)s)
                  FROM changed c, unnest(c.kinds, c.texts) AS k(kind, value)
                 WHERE (k.kind <> 'domain' OR c.domain IS NOT NULL)
                   AND (c.archived IS NOT TRUE OR k.kind = ANY(%(strong)s))),
            woken AS (
                INSERT INTO ir_cron_trigger (cron_id, call_at)
                SELECT id, now() at time zone 'utc' FROM ir_cron
                 WHERE id = %(cron)s AND %(mark)s AND EXISTS (SELECT 1 FROM moved))
            INSERT INTO customer_sheet_match_dirty (node)
            SELECT node FROM moved WHERE %(mark)s
            """,
            sign=-1 if self._name == "crm.lead" else 1,
            column=SQL.identifier(self._sheet_answer_column()),
            ids=ids,
            rows=profiles._sql_rows(document),
            columns=columns,
            changes=changes,
            strong=list(match_keys.STRONG),
            mark=mark,
            cron=self.env["ir.model.data"]._xmlid_to_res_id(CRON) or 0,
        )


def _known(value):
    return None if value in ("", (), 0) and value is not False else value


def _with_fingerprint(row):
    text = json.dumps(row)
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return f'{{"fingerprint": {int.from_bytes(digest, "big", signed=True)}, {text[1:]}'
