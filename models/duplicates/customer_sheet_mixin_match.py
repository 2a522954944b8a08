import functools
import hashlib
import json

from odoo import api, models
from odoo.tools import SQL, split_every

from ...tools import match_profile
from .customer_sheet_match_profile import ROW, ROW_ONLY

PENDING = "crm_customer_sheet.match.{}".format

LINKS = ("partner_id", "lead_id", "company_id", "family", "linked")
#: Records whose rows are made at once.
BATCH = 2000
CRON = "crm_customer_sheet.ir_cron_sheet_match"


class CustomerSheetMixin(models.AbstractModel):
    """Keys that follow the record: written in the transaction that saves it, in one statement.

    However many records a transaction saves, and however often, their rows are made once, just
    before the commit.
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
        more = ("phone", "sheet_phone2", "country_id", "company_id", "active")
        return {*self._sheet_match_sources().values(), *more}

    @api.model
    def _sheet_match_rows_sql(self, ids):
        """Return a SELECT of the facts of these records, only those that are to be matched."""
        raise NotImplementedError

    @api.model
    def _sheet_match_typed(self, values):
        """Return the row that ``_sheet_match_rows_sql`` would give, from values of the form."""
        sources = self._sheet_match_sources()
        row = {role: values.get(name) or "" for role, name in sources.items()}
        row["birth"] = str(row.get("birth") or "")
        company_id = id_of(values.get("company_id"))
        country, fallback = self._sheet_match_countries(
            id_of(values.get("country_id")), company_id or self.env.company.id
        )
        return {
            **row,
            "company_id": company_id or None,
            "country": country or "",
            "fallback": fallback or "",
            "phone": values.get("phone") or "",
            "phone2": values.get("sheet_phone2") or "",
        }

    @api.model
    def _sheet_match_countries(self, country_id, company_id):
        """Return the codes of a country and of that of a company, without reading whole rows."""
        self.env["res.partner"].flush_model(["country_id"])
        [codes] = self.env.execute_query(
            SQL(
                "SELECT (SELECT code FROM res_country WHERE id = %s),"
                " (SELECT c.code FROM res_company o JOIN res_partner p ON p.id = o.partner_id"
                " JOIN res_country c ON c.id = p.country_id WHERE o.id = %s)",
                country_id or 0,
                company_id,
            )
        )
        return codes

    # -- when ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._sheet_match_touch()
        return records

    def write(self, vals):
        changed = self._sheet_match_changed(vals)
        result = super().write(vals)
        changed._sheet_match_touch()
        return result

    def _sheet_match_changed(self, vals):
        """Return the records that these values may change, as far as the cache can tell.

        A merge of leads writes every field, most of them with what they hold.
        """
        names = self._sheet_match_fields().intersection(vals)
        return self.filtered(lambda record: any(record._sheet_differs(n, vals[n]) for n in names))

    def _sheet_differs(self, name, value):
        field = self._fields[name]
        held = self._cache.get(name, self)  # a record never equals what a cache holds
        return field.convert_to_cache(value, self, validate=False) != held

    def _sheet_match_touch(self):
        """Have the keys of these records made anew before the transaction is committed."""
        if self._abstract or not self.ids:
            return
        hooks, key = self.env.cr.precommit, PENDING(self._name)
        if key not in hooks.data:
            hooks.data[key] = set()
            hooks.add(functools.partial(self.browse().sudo()._sheet_match_before_commit, key))
        hooks.data[key].update(self.ids)

    @api.model
    def _sheet_match_before_commit(self, key):
        ids = self.env.cr.precommit.data.pop(key, None)
        if ids:
            self._sheet_match_store(sorted(ids))

    @api.model
    def _sheet_match_flush(self):
        """Make the keys that are due now, for whoever looks for twins in this transaction."""
        for host in ("res.partner", "crm.lead"):
            if PENDING(host) in self.env.cr.precommit.data:
                self.env.flush_all()
                self.env[host].sudo()._sheet_match_before_commit(PENDING(host))

    # -- rows ------------------------------------------------------------------

    @api.model
    def _sheet_match_store(self, ids, mark=True):
        """Make the comparable rows and the keys of these records in one statement.

        Records that are not to be matched (archived, closed, our own) lose theirs; those whose
        row is as before are left alone.

        :param mark: have the job look for twins
        """
        rows = self.env.execute_query_dict(self._sheet_match_rows_sql(list(ids)))
        document = [self._sheet_match_row(row) for row in rows]
        self.env.cr.execute(self._sheet_match_store_sql(list(ids), json.dumps(document), mark))
        if mark:
            self.env.cr.postcommit.add(self.env["ir.cron"]._notifydb)

    @api.model
    def _sheet_match_domains(self, names):
        """Make the rows of the addresses in these domains anew: whose they are has changed."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE lower(split_part(email_normalized, '@', 2)) = ANY(%s)"
                " AND email_normalized IS NOT NULL",
                SQL.identifier(self._table),
                list(names),
            )
        )
        for ids in split_every(BATCH, [record_id for (record_id,) in rows], list):
            self.env.cr.execute(
                SQL(
                    "UPDATE customer_sheet_match_profile SET fingerprint = NULL WHERE %s = ANY(%s)",
                    SQL.identifier(self._sheet_answer_column()),
                    ids,
                )
            )
            self._sheet_match_store(ids)

    @api.model
    def _sheet_match_row(self, row):
        """Return one row of the JSON document of profiles, from the facts of one record."""
        profile = match_profile.profile(self._sheet_match_facts(row))
        keys = sorted(match_profile.keys(profile))
        made = {
            **{name: value for name, value in profile._asdict().items() if name in ROW | ROW_ONLY},
            **{name: row.get(name) or None for name in LINKS},
            "node": row["node"],
            "kinds": [kind for kind, _text in keys],
            "texts": [text for _kind, text in keys],
        }
        digest = hashlib.blake2b(json.dumps(made).encode(), digest_size=8).digest()
        return {**made, "fingerprint": int.from_bytes(digest, "big", signed=True)}

    @api.model
    def _sheet_match_facts(self, row):
        texts = {name: row.get(name) or "" for name in match_profile.Facts._fields}
        return match_profile.Facts(
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
                SELECT c.partner_id, c.lead_id, k.kind,
                       hashtextextended(k.kind || ':' || k.value, 0), k.kind = ANY(%(strong)s)
                  FROM changed c, unnest(c.kinds, c.texts) AS k(kind, value)
                 WHERE k.kind <> 'domain' OR c.domain <> ''),
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
            strong=list(match_profile.STRONG),
            mark=mark,
            cron=self.env["ir.model.data"]._xmlid_to_res_id(CRON) or 0,
        )


def id_of(value):
    """Return the id in the value of a many2one, as forms and RPC write it."""
    if isinstance(value, dict):
        value = value.get("id")
    elif isinstance(value, (list, tuple)):
        value = value[0] if value else False
    return int(value) if isinstance(value, int) and value > 0 else False
