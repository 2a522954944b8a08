import functools

from odoo import api, models
from odoo.tools import SQL, split_every

from ....tools.text import written_number
from ...sheet.life import NEW

PENDING = "crm_customer_sheet.match.{}".format
#: Records whose rows are made at once.
BATCH = 2000
#: The types of fields that a form has as text.
TEXTS = ("char", "text", "selection")


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
    def _sheet_match_typed(self, values):
        """Return the row that ``_sheet_match_rows_sql`` would give, from values of the form."""
        sources = self._sheet_match_sources()
        row = {role: values.get(name) or "" for role, name in sources.items()}
        row["birth"] = str(row.get("birth") or "")
        company_id = id_of(values.get("company_id"))
        civility_id = id_of(values.get("sheet_civility_id")) or ()
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
        touched = self if change.is_new else self.browse().union(*map(change.differs, names))
        touched._sheet_match_touch()

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

        Records that are not to be matched (closed, our own) lose theirs, archived contacts keep
        those of their identity; records whose row is as before are left alone.

        :param mark: have the job look for twins
        """
        rows = self.env.execute_query_dict(self._sheet_match_rows_sql(list(ids)))
        document = self._sheet_match_document([self._sheet_match_row(row) for row in rows])
        self.env.cr.execute(self._sheet_match_store_sql(list(ids), document, mark))
        if mark:
            self.env.cr.postcommit.add(self.env["ir.cron"]._notifydb)

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
