import json

from odoo import api, models
from odoo.tools import SQL, split_every

from ...sheet.statistics import refresh_statistics
from ..checks import checks
from ..checks.hosts import RESULTS

FACTS = [name for name in checks.CheckFacts._fields if name not in ("country", "fallback")]
#: Records checked at once: what bounds the memory.
BATCH = 5000

MEMORY = ["sheet_kept", "sheet_verified_on"]


class CustomerSheetMixin(models.AbstractModel):
    """The checks of a whole set: rows in, rows out, in bounded memory.

    The verdicts are those of ``_compute_sheet_quality``; only reading and writing differ.
    Write dates stay as they are.
    """

    _inherit = "customer.sheet.mixin"

    _sheet_email_domain_index = models.Index(
        "(lower(split_part(email_normalized, '@', 2))) WHERE email_normalized IS NOT NULL"
    )
    _sheet_unchecked_email_index = models.Index("(id) WHERE sheet_email_status = 'unchecked'")

    @api.model
    def _sheet_check(self, ids):
        """Check these records again and score those whose status changed.

        :param ids: a list of ids, of a batch that fits in memory
        :return: the number of records checked
        """
        self.env.flush_all()
        refresh_statistics(self.env, count=len(ids))
        rows = self.env.execute_query_dict(self._sheet_quality_rows_sql(ids))
        facts = [self._sheet_quality_facts_of(row) for row in rows]
        domains = self.env["customer.sheet.email.domain"]._facts_of(facts)
        judged = [
            self._sheet_judge(
                known,
                domains,
                {"kept": row["sheet_kept"], "verified": bool(row["sheet_verified_on"])},
            )
            for row, known in zip(rows, facts, strict=True)
        ]
        self._sheet_store_results([row["id"] for row in rows], judged)
        self._sheet_rescore_changed(rows, judged)
        self.env.invalidate_all(flush=False)
        return len(rows)

    @api.model
    def _sheet_quality_rows_sql(self, ids):
        """Return a SELECT of facts, memory and former statuses, one row for each record."""
        former = [name for name in RESULTS if name.endswith("_status")]
        return SQL(
            """
            SELECT %(table)s.id, %(columns)s, country.code AS country, owner.code AS fallback
              FROM %(table)s %(joins)s
              LEFT JOIN res_country country ON country.id = %(table)s.country_id
              LEFT JOIN res_users creator ON creator.id = %(table)s.create_uid
              LEFT JOIN res_company company
                ON company.id = COALESCE(%(table)s.company_id, creator.company_id)
              LEFT JOIN res_partner card ON card.id = company.partner_id
              LEFT JOIN res_country owner ON owner.id = card.country_id
             WHERE %(table)s.id = ANY(%(ids)s)
             ORDER BY %(table)s.id
            """,
            table=SQL.identifier(self._table),
            columns=SQL(", ").join(
                [
                    *(
                        SQL("%s AS %s", sql, SQL.identifier(name))
                        for name, sql in self._sheet_facts_sql()
                    ),
                    *(SQL.identifier(self._table, name) for name in MEMORY + former),
                ]
            ),
            joins=self._sheet_quality_joins_sql(),
            ids=list(ids),
        )

    @api.model
    def _sheet_facts_sql(self):
        """Yield ``(role, SQL)`` of the facts that are columns of the host."""
        sources = self._sheet_quality_sources()
        sources |= {"bounces": "message_bounce", "legal_form": "sheet_legal_form_id"}
        for role in FACTS:
            if role in sources:
                yield role, self._sheet_fact_sql(role, SQL.identifier(self._table, sources[role]))

    @api.model
    def _sheet_fact_sql(self, role, column):
        """Return the SQL of one fact; a host says here which of its records have it."""
        return column

    @api.model
    def _sheet_quality_joins_sql(self):
        """Return the joins that :meth:`_sheet_fact_sql` needs."""
        return SQL()

    @api.model
    def _sheet_quality_facts_of(self, row):
        texts = {name: row.get(name) or "" for name in checks.CheckFacts._fields}
        return checks.CheckFacts(
            **{
                **texts,
                "bounces": row["bounces"] or 0,
                "legal_form": bool(row["legal_form"]),
            }
        )

    @api.model
    def _sheet_store_results(self, ids, judged):
        columns = {"id": ids} | {
            name: [
                json.dumps(each[name]) if isinstance(each[name], list) else each[name] or None
                for each in judged
            ]
            for name in RESULTS
        }
        columns["sheet_checked_on"] = [str(self.env.cr.now())] * len(ids)
        self._sheet_update_from(columns)

    @api.model
    def _sheet_rescore_changed(self, rows, judged):
        """Score again the records of which a status changed: "invalid" means missing."""
        changed = [
            row["id"]
            for row, result in zip(rows, judged, strict=True)
            if any(row[name] != (value or None) for name, value in result.items() if name in row)
        ]
        if changed:
            self._sheet_rescore(SQL("= ANY(%s)", changed))

    # -- addresses by domain -------------------------------------------------

    @api.model
    def _sheet_check_emails_of(self, names):
        """Check again the records whose address is in one of these domains."""
        for some in split_every(BATCH, self._sheet_of_domains(names)):
            self._sheet_check(some)

    @api.model
    def _sheet_of_domains(self, names):
        """Return the ids of the records whose address is in one of these domains.

        :param names: domains as they are registered; an address may be typed in letters of its
            own language (``société.fr`` for ``xn--socit-esab.fr``)
        """
        shown = [name.encode().decode("idna") for name in names if "xn--" in name]
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE lower(split_part(email_normalized, '@', 2)) = ANY(%s)"
                " AND email_normalized IS NOT NULL",
                SQL.identifier(self._table),
                [*names, *shown],
            )
        )
        return [record_id for (record_id,) in rows]

    @api.model
    def _sheet_unchecked_domains(self):
        """Return the domains of the addresses that nothing is known of."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT lower(split_part(email_normalized, '@', 2))
                  FROM %s
                 WHERE sheet_email_status = 'unchecked'
                   AND sheet_email_reason IS DISTINCT FROM 'reserved'
                """,
                SQL.identifier(self._table),
            )
        )
        return {checks.email_domain(f"a@{domain}") for (domain,) in rows} - {""}
