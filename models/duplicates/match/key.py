import json

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import HOSTS, check_sheet_user
from ..keys.hosts import id_of
from ..keys.key_values import KINDS, STRONG
from ..keys.shared import LIMIT_STRONG

#: What a match is shown with.
CARD_FIELDS = {
    "res.partner": (
        *("name", "type", "parent_id", "is_company", "company_name", "commercial_company_name"),
        *("user_id", "create_date", "sheet_maturity"),
    ),
    "crm.lead": ("name", "user_id", "create_date", "stage_id", "partner_id"),
}
#: Candidates looked at for each key, and matches shown.
CANDIDATES, SHOWN = 200, 10


class CustomerSheetMatchKey(models.Model):
    """Twins of what is being typed, or of saved records: one statement, the best first."""

    _inherit = "customer.sheet.match.key"

    @api.model
    @api.readonly
    @called(values=takes.values, typology=takes.text, exclude=takes.values)
    def find(self, values, typology=None, exclude=None):
        """Return the contacts and open leads that may be the customer being typed.

        Each is ``{"model", "id", "name", "owner", "stage", "last_activity", "partner_id",
        "score", "band", "kind", "archived", "reasons": [{"code", "label", "weight"}],
        "readable"}``, the best first.  Of a record that the user may not read only the owner is
        told.  Whatever the names, who has an e-mail address, a phone number or a company id in
        common is among them, at least as possible (C6); archived contacts are for that only.

        :param values: values by field, as the form of the model in ``exclude`` has them
        :param typology: ``b2c`` or ``b2b``, if the values do not tell
        :param exclude: ``{"model", "id"}`` of the record being edited; no id for a new one
        """
        check_sheet_user(self.env)
        exclude = exclude or {}
        model = exclude.get("model") or "res.partner"
        if model not in HOSTS:
            raise AccessError(self.env._("Only contacts and leads can be looked for."))
        host = self.env[model]
        typed = host._sheet_match_values(values or {})
        row = host._sheet_match_typed(typed)
        row["typology"] = typology or row["typology"]
        record_id = id_of(exclude.get("id")) or 0
        row |= self._identity(host, record_id, typed)
        matches = self._matches([row], host).get(row["node"], [])
        host.browse(record_id or ())._sheet_tell_more(matches, typed)
        return matches

    @api.model
    def _find_for(self, records):
        """Return ``{id: matches}`` of saved contacts or leads, matches as ``find`` returns them."""
        records._sheet_match_flush()
        self.env.flush_all()
        rows = self.env.execute_query_dict(records.sudo()._sheet_match_rows_sql(records.ids))
        found = self._matches(rows, records)
        matches = {abs(row["node"]): found.get(row["node"], []) for row in rows}
        for record in records:
            record._sheet_tell_more(matches.get(record.id, []))
        return matches

    @api.model
    def _identity(self, host, record_id, values):
        """Return the node of the record being typed, and the links that are no duplicates."""
        if host._name == "crm.lead":
            contact = self.env["res.partner"].browse(id_of(values.get("partner_id"))).sudo()
            if "partner_id" not in values:
                contact = host.browse(record_id or ()).sudo().partner_id
            linked = {"linked": contact.id, "family": contact.commercial_partner_id.id}
            return {"node": -record_id, "lead_id": record_id or None, **linked}
        saved = host.browse(record_id or ()).sudo()
        family = {}
        if saved and "parent_id" not in values:
            family = {"family": saved.commercial_partner_id.id, "parent": saved.parent_id.id}
        elif saved and not id_of(values["parent_id"]):
            family = {"family": record_id}
        return {"node": record_id, "partner_id": record_id or None, **family}

    # -- the statement ---------------------------------------------------------

    @api.model
    def _matches(self, rows, host):
        """Return ``{node: matches}`` for rows of facts of the model of ``host``."""
        host._sheet_match_flush()
        self.env["customer.sheet.duplicate"].flush_model()
        document = [host._sheet_match_row(row) for row in rows]
        found = self.env.execute_query_dict(self._sql_matches(json.dumps(document)))
        shown = self._shown(found)
        matches = {}
        for row, match in zip(found, shown, strict=True):
            matches.setdefault(row["typed"], []).append(match)
        return matches

    @api.model
    def _sql_matches(self, document, kinds=KINDS):
        """Return a SELECT of the matches of these profiles.

        :param kinds: of the keys that gather candidates
        """
        plan = self.env["customer.sheet.match.rule"]._plan()
        pairs = SQL(
            """
            FROM typed a
            JOIN (SELECT typed, node, bool_or(archived) AS archived,
                         bool_or(identity AND count <= %(limit)s) AS told
                    FROM (SELECT k.typed, k.kind = ANY(%(strong)s) AS identity,
                                 COALESCE(o.partner_id, -o.lead_id) AS node,
                                 o.kind = 'archived' AS archived,
                                 count(*) OVER (PARTITION BY k.typed, k.h, o.kind) AS count
                            FROM wanted k, LATERAL (
                                 SELECT partner_id, lead_id, kind FROM customer_sheet_match_key m
                                  WHERE m.h = k.h AND m.kind IN (k.kind, 'archived')
                                  LIMIT %(candidates)s) o
                         ) each
                   GROUP BY typed, node) c ON c.typed = a.node AND c.node <> a.node
            JOIN customer_sheet_match_profile b ON b.node = c.node
            WHERE %(eligible)s AND COALESCE(b.company_id = ANY(%(companies)s), TRUE)
              AND NOT EXISTS (SELECT 1 FROM customer_sheet_duplicate d
                               WHERE d.node1 = LEAST(a.node, b.node) AND a.node <> 0
                                 AND d.node2 = GREATEST(a.node, b.node)
                                 AND d.state = 'not_duplicate')
            """,
            limit=LIMIT_STRONG,
            strong=list(STRONG),
            candidates=CANDIDATES,
            eligible=plan.sql_eligible(),
            companies=self.env.companies.ids,
        )
        columns = [(SQL("a.node"), "typed"), (SQL("b.partner_id"), "partner_id")]
        columns += [(SQL("b.lead_id"), "lead_id"), (SQL("c.archived"), "archived")]
        return SQL(
            """
            WITH typed AS MATERIALIZED (%(rows)s),
            wanted AS MATERIALIZED (
                SELECT t.node AS typed, k.kind,
                       hashtextextended(k.kind || ':' || k.value, 0) AS h
                  FROM typed t, unnest(t.kinds, t.texts) AS k(kind, value)
                 WHERE k.kind = ANY(CASE t.typology WHEN 'b2b' THEN %(b2b)s::text[]
                                    ELSE %(b2c)s::text[] END)
                   AND (k.kind <> 'domain' OR t.domain IS NOT NULL))
            SELECT * FROM (
                SELECT s.*, row_number() OVER (  -- an identity in common gives way to no name
                       PARTITION BY typed
                       ORDER BY told DESC, kind = 'duplicate' DESC, score DESC) AS rank
                  FROM (%(scored)s) s) ranked
             WHERE rank <= %(shown)s
             ORDER BY typed, kind = 'duplicate' DESC, archived, score DESC
            """,
            rows=self.env["customer.sheet.match.profile"]._sql_rows(document),
            b2b=[kind for kind in plan.candidates["b2b"] if kind in kinds],
            b2c=[kind for kind in plan.candidates["b2c"] if kind in kinds],
            scored=plan.sql_scored(pairs, columns),
            shown=SHOWN,
        )

    # -- what people see -------------------------------------------------------

    @api.model
    def _shown(self, found):
        """Return the matches as the client shows them, in the order of ``found``."""
        explained = self.env["customer.sheet.match.rule"]._explained
        cards = {}
        for host, column in (("res.partner", "partner_id"), ("crm.lead", "lead_id")):
            ids = [row[column] for row in found if row[column]]
            cards |= {(host, key): card for key, card in self._cards(host, ids).items()}
        matches = []
        for row in found:
            key = (
                ("res.partner", row["partner_id"])
                if row["partner_id"]
                else ("crm.lead", row["lead_id"])
            )
            card = cards[key]
            told = {name: row[name] for name in ("score", "band", "kind", "archived")}
            reasons = explained(row["reasons"]) if card["readable"] else []
            if not card["readable"]:
                told |= {"score": False, "band": False, "archived": False}
            matches.append({"model": key[0], **card, **told, "reasons": reasons})
        return matches

    @api.model
    def _cards(self, host, ids):
        """Return ``{id: what may be told of the record}``."""
        if not ids:
            return {}
        records_sudo = self.env[host].sudo().browse(ids)
        records_sudo.fetch(CARD_FIELDS[host])  # not the whole row, as a first read would
        records_sudo.user_id.fetch(["name"])
        readable = self._readable(host, ids)
        latest = self._latest(host, [record_id for record_id in ids if record_id in readable])
        cards = {}
        for record in records_sudo:
            card = dict.fromkeys(("id", "partner_id", "last_activity"), False)
            card |= {"name": "", "stage": ""}
            if record.id in readable:
                card = {
                    "id": record.id,
                    "name": record.display_name,
                    "stage": self._stage(record),
                    "partner_id": host == "crm.lead" and record.partner_id.id,
                    "last_activity": str(latest.get(record.id) or record.create_date)[:10],
                }
            owner = {"owner": record.user_id.name or "", "readable": record.id in readable}
            cards[record.id] = {**card, **owner}
        return cards

    @api.model
    def _readable(self, host, ids):
        """Return the ids of the records that the user may read, in one query."""
        model = self.env[host].with_context(active_test=False)
        return set(
            model.search([("id", "in", ids)], order="id").ids if model.has_access("read") else ()
        )

    @api.model
    def _stage(self, record):
        if record._name == "crm.lead":
            return record.stage_id.name or ""
        labels = dict(record._fields["sheet_maturity"]._description_selection(self.env))
        return labels.get(record.sheet_maturity, "")

    @api.model
    def _latest(self, host, ids):
        """Return ``{id: when somebody last wrote or talked}``."""
        rows = self.env.execute_query(
            SQL(
                "SELECT res_id, max(date) FROM mail_message WHERE model = %s"
                " AND res_id = ANY(%s) GROUP BY res_id",
                host,
                ids,
            )
        )
        return dict(rows)
