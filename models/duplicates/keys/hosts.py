import functools
import hashlib
import json

from odoo import api, models
from odoo.tools import SQL, split_every

from ....tools.text import written_number
from ...sheet.fields import HOSTS
from ...sheet.life import NEW
from ..room import DUPLICATES
from . import key_values
from .comparable import MatchFacts, comparable
from .profile import ROW, ROW_ONLY

PENDING = "crm_customer_sheet.match.{}".format

#: Records whose rows are made at once.
BATCH = 2000


#: The types of fields that a form has as text.
TEXTS = ("char", "text", "selection")


def id_of(value):
    """Return the id in the value of a many2one, as forms and RPC write it."""
    if isinstance(value, dict):
        value = value.get("id")
    elif isinstance(value, (list, tuple)):
        value = value[0] if value else False
    return int(value) if isinstance(value, int) and value > 0 else False


def _text(value):
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return written_number.to_store(value) if is_number else value if isinstance(value, str) else ""


STORED = {*ROW, *ROW_ONLY}

LINKS = ("partner_id", "lead_id", "company_id", "family", "parent", "linked", "archived")


def _known(value):
    return None if value in ("", (), 0) and value is not False else value


def _with_fingerprint(row):
    text = json.dumps(row)
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return f'{{"fingerprint": {int.from_bytes(digest, "big", signed=True)}, {text[1:]}'


#: Fields that close a request, or open it again.
CLOSES = {"stage_id", "probability", "active"}


class CustomerSheetMixin(models.AbstractModel):
    """Keys that follow the record: a save leaves a mark, and the job makes them after the commit.

    However many records a transaction saves, and however often, one statement marks them, just
    before the commit.  Whoever looks for twins in the same transaction has the keys made first.
    """

    _inherit = "customer.sheet.mixin"

    # -- what a host says ------------------------------------------------------

    @api.model
    def _sheet_match_sources(self):
        """Return ``{role: field}``: where the host holds what is compared."""
        kinds = ("email", "registry", "vat", "city", "zip")
        sources = self._sheet_quality_sources()
        own = {kind: sources[kind] for kind in kinds if kind in sources}
        return {**own, "website": "website", "street": "street", "typology": "sheet_typology"}

    @api.model
    def _sheet_match_fields(self):
        """Return the fields whose change may change what is compared."""
        more = ("phone", "sheet_phone2", "sheet_civility_id", "country_id", "company_id", "active")
        return {*self._sheet_match_sources().values(), *more}

    @api.model
    def _sheet_match_rows_sql(self, ids):
        """Return a SELECT of the facts of these records, only those that are to be matched."""
        raise NotImplementedError

    def _sheet_tell_more(self, matches, values=None):
        """Change what these ``matches`` say where only their model can tell.

        Override to weigh them anew, or to add reasons.

        :param matches: as ``find`` of the keys returns them
        :param values: what the form of this record, which may be none yet, holds
        """

    @api.model
    def _sheet_match_values(self, values):
        """Return values as a form has them: text where there is text, whatever a program sends."""
        texts = {n for n in values if n in self._fields and self._fields[n].type in TEXTS}
        return {name: _text(value) if name in texts else value for name, value in values.items()}

    @api.model
    def _sheet_match_typed(self, values, countries=None):
        """Return the row that ``_sheet_match_rows_sql`` would give, from values of the form.

        :param countries: what answers as :meth:`_sheet_match_countries` does, for whoever has
            many rows and asks it once for each country
        """
        sources = self._sheet_match_sources()
        row = {role: values.get(name) or "" for role, name in sources.items()}
        row["birth"] = str(row.get("birth") or "")
        company_id = id_of(values.get("company_id"))
        civility_id = id_of(values.get("sheet_civility_id")) or ()
        country, fallback = (countries or self._sheet_match_countries)(
            id_of(values.get("country_id")), company_id or self.env.company.id
        )
        return {
            **row,
            "company_id": company_id or None,
            "country": country or "",
            "fallback": fallback or "",
            "phone": values.get("phone") or "",
            "phone2": values.get("sheet_phone2") or "",
            "civility": self.env["customer.sheet.option"].sudo().browse(civility_id).code or "",
        }

    @api.model
    def _sheet_match_countries(self, country_id, company_id):
        """Return the codes of a country and of that of a company, without reading whole rows."""
        self.env["res.partner"].flush_model(["country_id"])
        [codes] = self.env.execute_query(
            SQL(
                """
                SELECT (SELECT code
                          FROM res_country
                         WHERE id = %s),
                       (SELECT c.code
                          FROM res_company o
                          JOIN res_partner p ON p.id = o.partner_id
                          JOIN res_country c ON c.id = p.country_id
                         WHERE o.id = %s)
                """,
                country_id or 0,
                company_id,
            )
        )
        return codes

    # -- when ------------------------------------------------------------------

    @api.model
    def _sheet_watches(self):
        return {**super()._sheet_watches(), "match": {NEW, *self._sheet_match_fields()}}

    def _sheet_prepare_match(self, change):
        change.keep(self._sheet_match_fields() & change.names)

    def _sheet_saved_match(self, change):
        """Touch what has changed: a merge of leads writes every field, most as they are."""
        names = self._sheet_match_fields() & change.names
        if change.is_new:
            touched = self - self.browse(self._sheet_left_ids())
        else:
            touched = self.browse().union(*map(change.differs, names))
        touched._sheet_match_touch()

    def _sheet_finish(self, names=None):
        left = self._sheet_left_ids().intersection(self.ids) if names is None else ()
        result = super()._sheet_finish(names)
        self.browse(left)._sheet_match_touch()
        return result

    def _sheet_finish_left(self, names):
        result = super()._sheet_finish_left(names)
        self._sheet_match_touch()
        return result

    def _sheet_match_touch(self):
        """Have the keys of these records made anew once the transaction is committed."""
        if self._abstract or not self.ids or not DUPLICATES.in_use(self.env):
            return
        hooks, key = self.env.cr.precommit, PENDING(self._name)
        if key not in hooks.data:
            hooks.data[key] = set()
            hooks.add(functools.partial(self.browse().sudo()._sheet_match_before_commit, key))
        hooks.data[key].update(self.ids)

    @api.model
    def _sheet_match_before_commit(self, key):
        if ids := self.env.cr.precommit.data.pop(key, None):
            self.env["customer.sheet.match.dirty"]._mark(self._sheet_match_nodes(ids))

    @api.model
    def _sheet_match_nodes(self, ids):
        """Return what names these records among contacts and leads, in order."""
        return sorted(-id_ if self._name == "crm.lead" else id_ for id_ in ids)

    @api.model
    def _sheet_match_flush(self):
        """Make the keys that are due now, for whoever looks for twins in this transaction."""
        for host in HOSTS:
            self.env[host].browse(self.env[host]._sheet_left_ids())._sheet_match_touch()
            if ids := self.env.cr.precommit.data.pop(PENDING(host), None):
                self.env.flush_all()
                self.env[host].sudo()._sheet_match_store(sorted(ids))

    # -- rows ------------------------------------------------------------------

    @api.model
    def _sheet_match_store(self, ids, mark=True):
        """Make the comparable rows and the keys of these records in one statement.

        Records that are not to be matched (closed, our own) lose theirs, archived contacts keep
        those of their identity; records whose row is as before are left alone.

        :param mark: have the job look for twins
        """
        rows = self.env.execute_query_dict(self._sheet_match_rows_sql(list(ids)))
        document = self._sheet_match_document([self._sheet_match_row(row) for row in rows])
        moved = self.env.execute_query(self._sheet_match_store_sql(list(ids), document))
        if mark and moved:
            self.env["customer.sheet.match.dirty"]._mark([node for (node,) in moved])

    @api.model
    def _sheet_match_domains(self, names):
        """Make the rows of the addresses in these domains anew: whose they are has changed."""
        for ids in split_every(BATCH, self._sheet_of_domains(names), list):
            self.env.cr.execute(
                SQL(
                    "UPDATE customer_sheet_match_profile SET fingerprint = NULL WHERE %s = ANY(%s)",
                    SQL.identifier(self._sheet_answer_column()),
                    ids,
                )
            )
            self._sheet_match_store(ids)

    # -- how the comparable rows and the keys of records are made and stored ---

    @api.model
    def _sheet_match_row(self, row):
        """Return one row of the JSON document of profiles, from the facts of one record."""
        known = comparable(self._sheet_match_facts(row))
        keys = sorted(key_values.keys(known))
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
        texts = {name: row.get(name) or "" for name in MatchFacts._fields}
        return MatchFacts(
            **{
                **texts,
                "is_company": bool(row.get("is_company")),
                "phones": (row.get("phone") or "", row.get("phone2") or ""),
                "others": tuple(row.get("others") or ()),
            }
        )

    @api.model
    def _sheet_match_store_sql(self, ids, document):
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
                   AND (c.archived IS NOT TRUE OR k.kind = ANY(%(strong)s)))
            SELECT node FROM moved
            """,
            sign=-1 if self._name == "crm.lead" else 1,
            column=SQL.identifier(self._sheet_answer_column()),
            ids=ids,
            rows=profiles._sql_rows(document),
            columns=columns,
            changes=changes,
            strong=list(key_values.STRONG),
        )


class CrmLead(models.Model):
    """What is compared of a lead, as long as it is open."""

    _inherit = "crm.lead"

    @api.model
    def _sheet_match_fields(self):
        more = ("contact_name", "partner_name", "partner_id")
        return {*super()._sheet_match_fields(), *more}

    @api.model
    def _sheet_match_rows_sql(self, ids):
        sources = self._sheet_match_sources()
        return SQL(
            """
            SELECT -crm_lead.id AS node, crm_lead.id AS lead_id, crm_lead.company_id,
                   crm_lead.partner_id AS linked, p.commercial_partner_id AS family,
                   FALSE AS is_company, %(columns)s, crm_lead.contact_name AS person,
                   crm_lead.partner_name AS firm,
                   COALESCE(crm_lead.phone_sanitized, crm_lead.phone) AS phone,
                   crm_lead.sheet_phone2 AS phone2, title.code AS civility,
                   country.code AS country, owner.code AS fallback
              FROM crm_lead
              LEFT JOIN res_partner p ON p.id = crm_lead.partner_id
              LEFT JOIN customer_sheet_option title ON title.id = crm_lead.sheet_civility_id
              LEFT JOIN res_country country ON country.id = crm_lead.country_id
              LEFT JOIN res_users creator ON creator.id = crm_lead.create_uid
              LEFT JOIN res_company company
                ON company.id = COALESCE(crm_lead.company_id, creator.company_id)
              LEFT JOIN res_partner card ON card.id = company.partner_id
              LEFT JOIN res_country owner ON owner.id = card.country_id
             WHERE crm_lead.id = ANY(%(ids)s) AND crm_lead.active
               AND COALESCE(crm_lead.won_status, 'pending') = 'pending' AND %(carries)s AND %(used)s
            """,
            columns=SQL(", ").join(
                SQL("%s AS %s", SQL.identifier("crm_lead", name), SQL.identifier(role))
                for role, name in sources.items()
            ),
            ids=ids,
            carries=self._sheet_carries_sql(),
            used=self._sheet_used_sql("crm_lead"),
        )

    @api.model
    def _sheet_match_typed(self, values, countries=None):
        row = super()._sheet_match_typed(values, countries)
        firm = values.get("partner_name") or ""
        return {
            **row,
            "is_company": False,
            "person": values.get("contact_name") or "",
            "firm": firm,
            "typology": row["typology"] or ("b2b" if firm else "b2c"),
        }

    @api.model
    def _sheet_watches(self):
        watches = super()._sheet_watches()
        return {**watches, "match": watches["match"] | CLOSES}

    def _sheet_prepare_match(self, change):
        if not CLOSES.isdisjoint(change.names):
            change.keep(["won_status"])
        return super()._sheet_prepare_match(change)

    def _sheet_saved_match(self, change):
        """Take the keys of a request that is won or lost away, and give them back."""
        if not change.is_new and not CLOSES.isdisjoint(change.names):
            before = change.before("won_status")
            self.filtered(
                lambda lead: (before[lead.id] == "pending") != (lead.won_status == "pending")
            )._sheet_match_touch()
        return super()._sheet_saved_match(change)
