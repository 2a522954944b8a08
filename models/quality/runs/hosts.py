import json

from odoo import api, fields, models
from odoo.tools import SQL, split_every

from ...sheet import clock, takes
from ...sheet.called import called
from ...sheet.fields import SHEET_FIELD
from ...sheet.statistics import refresh_statistics
from ..checks import checks
from ..checks.hosts import RESULTS

FACTS = [name for name in checks.CheckFacts._fields if name not in ("country", "fallback")]

#: Records checked at once: what bounds the memory.
BATCH = 5000


MEMORY = ["sheet_kept", "sheet_verified_on", "sheet_register_said"]


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

    # -- answers grow old: past the half-life of its question an answer is worth asking again --
    #
    # It still counts as answered; it is flagged and listed.
    sheet_stale = fields.Json(
        "Answers to ask again",
        copy=False,
        readonly=True,
        search="_search_sheet_stale",
        **SHEET_FIELD,
    )

    _sheet_stale_index = models.Index("(id) WHERE sheet_stale IS NOT NULL")

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
                {
                    "kept": row["sheet_kept"],
                    "verified": bool(row["sheet_verified_on"]),
                    "said": row["sheet_register_said"],
                },
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

    # -- answers grow old: past the half-life of its question an answer is worth asking again --

    @api.model
    def _search_sheet_stale(self, operator, value):
        """Search by the codes of old answers."""
        return self._sheet_search_codes("sheet_stale", operator, value)

    @called(one=True, code=takes.text)
    def sheet_still_right(self, code):
        """Note that an old answer has been asked again and is still right."""
        question = self._sheet_asked(code)
        former = self._sheet_answers(code).filtered(lambda row: row.state == "confirmed")[:1]
        today = fields.Date.context_today(self)
        evidence = former.evidence
        self._sheet_answer_set(question, "confirmed", evidence=evidence, confirmed_on=today)
        stale = [each for each in self.sudo().sheet_stale or () if each != code]
        self._sheet_stamp({"sheet_stale": stale or False})

    @api.model
    def _sheet_age(self, batch):
        """List the old answers of the records of ``batch`` (SQL condition on the id)."""
        aging = self._sheet_aging()
        table = SQL.identifier(self._table)
        old = [self._sheet_is_old_sql(question) for question in aging]
        codes = SQL(
            "array_remove(ARRAY[%s]::text[], NULL)",
            SQL(", ").join(
                SQL("CASE WHEN %s THEN %s END", condition, question.code)
                for question, condition in zip(aging, old, strict=True)
            ),
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(table)s
                   SET sheet_stale = n.stale
                  FROM (SELECT id, CASE WHEN %(carries)s
                                        THEN NULLIF(to_jsonb(%(codes)s), '[]'::jsonb)
                                        END AS stale
                          FROM %(table)s
                         WHERE id %(batch)s OFFSET 0) n
                 WHERE n.id = %(table)s.id
                   AND %(table)s.sheet_stale IS DISTINCT FROM n.stale
                """,
                table=table,
                carries=self._sheet_carries_sql(),
                codes=codes,
                batch=batch,
            )
        )

    @api.model
    def _sheet_is_old_sql(self, question):
        """Return the SQL condition of an answer that is past the half-life of its question."""
        before = fields.Date.subtract(clock.common_today(self.env), months=question.half_life)
        return SQL(
            "%s < %s AND %s AND %s AND NOT %s",
            self._sheet_answered_on_sql(question.code),
            before.isoformat(),
            question.sql_concerns(self, self._table),
            question.sql_answered(self, self._table),
            self._sheet_said_since_sql(question.code, before),
        )

    @api.model
    def _sheet_answered_on_sql(self, code):
        """Return the SQL text of the day on which an answer was typed, as far as that is known.

        Days are compared as texts: what is no day, which only SQL can have put there, is not
        cast to one, which would stop the check of all contacts.
        """
        return SQL(
            """
            CASE WHEN %(typed)s LIKE '____-__-__' THEN %(typed)s
                 ELSE to_char(%(created)s, 'YYYY-MM-DD') END COLLATE "C"
            """,
            typed=SQL("(%s->>%s)", SQL.identifier(self._table, "sheet_answer_dates"), code),
            created=SQL.identifier(self._table, "create_date"),
        )

    @api.model
    def _sheet_said_since_sql(self, code, before):
        return SQL(
            "EXISTS (SELECT 1 FROM customer_sheet_answer a JOIN customer_sheet_question aq"
            " ON aq.id = a.question_id WHERE a.%s = %s AND aq.code = %s AND a.date >= %s)",
            SQL.identifier(self._sheet_answer_column()),
            SQL.identifier(self._table, "id"),
            code,
            before,
        )

    # -- what the ring shows ------------------------------------------------

    @api.model
    def _sheet_glance_fields(self):
        return {*super()._sheet_glance_fields(), "sheet_stale"}

    def _sheet_gaps_of(self, known):
        """Add what is answered but should be looked at again."""
        gaps = super()._sheet_gaps_of(known)
        open_ = {item["code"] for item in gaps["items"]}
        flags = [flag for flag in self.sudo()._sheet_flags() if flag["code"] not in open_]
        return {**gaps, "flags": flags}

    def _sheet_flags(self):
        """Return the doubtful and the old answers, as items of the ring's list."""
        audience = self._sheet_audience()
        stale = set(self.sheet_stale or ())
        flags = []
        for question in self._sheet_plan().questions:
            doubt = self._sheet_doubt(question)
            if question.concerns(audience) and (doubt or question.code in stale):
                item = self._sheet_gap(question, "doubtful" if doubt else "stale", True)
                flags.append({**item, "reason": doubt})
        return flags

    def _sheet_doubt(self, question):
        """Return why an answer is doubtful, in words, or ``""``."""
        for holder in question.own_holders:
            if holder.status and self[holder.status] == "doubtful":
                return self._sheet_reason_text(self[holder.status.replace("_status", "_reason")])
        return ""

    # -- checks of a selection, and how many records are in which state --------

    @called()
    def action_sheet_check(self):
        """Check this selection and open the results."""
        self.check_access("read")
        run = self.env["customer.sheet.quality.run"]._start(self._name, "selection", self.ids)
        return run._action_open()

    @api.model
    def _sheet_quality_figures(self, where):
        """Count the records under ``where`` (SQL), by company, kind, status and reason.

        :return: list of values of ``customer.sheet.quality.figure``
        """
        self.env.flush_all()
        selects = [self._sheet_figures_sql(kind, where) for kind in self._sheet_checked_fields()]
        return self.env.execute_query_dict(SQL(" UNION ALL ").join(selects))

    @api.model
    def _sheet_figures_sql(self, kind, where):
        return SQL(
            """
            SELECT %(kind)s AS kind, %(status)s AS status, %(reason)s AS reason,
                   %(company)s AS company_id, count(*)
              FROM %(table)s
             WHERE %(where)s
               AND %(status)s IS NOT NULL
             GROUP BY 2, 3, 4
            """,
            kind=kind,
            status=SQL.identifier(f"sheet_{kind}_status"),
            reason=SQL.identifier(f"sheet_{kind}_reason"),
            company=self._sheet_figures_company_sql(),
            table=SQL.identifier(self._table),
            where=where,
        )

    @api.model
    def _sheet_stale_figures(self, where):
        """Count the records under ``where`` (SQL) with answers to ask again, by company."""
        return self.env.execute_query_dict(
            SQL(
                "SELECT 'age' AS kind, %s AS company_id, count(*) FROM %s"
                " WHERE %s AND sheet_stale IS NOT NULL GROUP BY 2",
                self._sheet_figures_company_sql(),
                SQL.identifier(self._table),
                where,
            )
        )

    @api.model
    def _sheet_figures_company_sql(self):
        """Tell companies apart only where there are several."""
        companies = self.env["customer.sheet.quality.figure"]._companies()
        return SQL("company_id") if companies > 1 else SQL("NULL::integer")
