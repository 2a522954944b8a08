from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ....tools.names.person_name import parse_name
from ..fields import PAGE_KEY, SHEET_FIELD, SHEET_USER, BandField, NullableInteger
from ..statistics import refresh_statistics
from .plan_question import can_hold_answer

BANDS = [("0", "0-24 %"), ("25", "25-49 %"), ("50", "50-74 %"), ("75", "75-99 %"), ("100", "100 %")]

#: What an existing record lacks, in the order of the rows of ``_sheet_incomplete``.
DEFAULTS = (
    "sheet_typology",
    "sheet_sector",
    "sheet_first_name",
    "sheet_last_name",
    "sheet_civility_id",
    "sheet_reference",
)


class CustomerSheetMixin(models.AbstractModel):
    """The completeness of a sheet: score, missing answers, when both change."""

    _inherit = "customer.sheet.mixin"

    sheet_completeness = NullableInteger(
        "Completeness (%)",
        compute="_compute_sheet_completeness",
        store=True,
        index=True,
        aggregator="avg",
        groups=SHEET_USER,
        help="Weighted share of the questions that count now which are really answered.",
    )
    sheet_missing = fields.Json(
        "Missing answers",
        compute="_compute_sheet_completeness",
        store=True,
        search="_search_sheet_missing",
        **SHEET_FIELD,
    )
    # shown, never stored
    sheet_band = BandField(
        BANDS,
        "Completeness",
        compute="_compute_sheet_band",
        search="_search_sheet_band",
        groups=SHEET_USER,
    )
    sheet_missing_question_ids = fields.Many2many(
        "customer.sheet.question",
        string="Missing question",
        compute="_compute_sheet_missing_question_ids",
        search="_search_sheet_missing_question_ids",
        groups=SHEET_USER,
    )

    # -- computes ----------------------------------------------------------

    @api.depends(lambda self: self._sheet_static_depends())
    def _compute_sheet_completeness(self):
        in_force = self._sheet_plan()
        carriers = self.filtered_domain(
            self._sheet_domain() if in_force.questions else Domain.FALSE
        )
        states = carriers._sheet_answer_states()
        for record in self - carriers:
            record.sheet_completeness = record.sheet_missing = False
        for record in carriers:
            score, missing = in_force.score(states[record.id])
            record.sheet_completeness = score
            record.sheet_missing = missing
        self.invalidate_recordset(["sheet_missing_question_ids"], flush=False)

    def _sheet_score_draft(self):
        """Score a record that is being edited from the states that are known of it anyway."""
        in_force, states, audience = (
            self._sheet_plan(),
            self._sheet_states(),
            self._sheet_audience(),
        )
        score = missing = None
        if in_force.questions and self.filtered_domain(self._sheet_domain()):
            counting = (q.code for q in in_force.counting if q.counts(audience))
            score, missing = in_force.score({code: states[code] for code in counting})
        self._fields["sheet_completeness"]._update_cache(self, score)
        self._fields["sheet_missing"]._update_cache(self, missing or None)

    @api.depends("sheet_completeness")
    def _compute_sheet_band(self):
        for record in self:
            score = record.sheet_completeness
            record.sheet_band = False if score is False else str(score // 25 * 25)

    def _compute_sheet_missing_question_ids(self):
        """Name the missing questions.

        Without dependencies: with a relation that depends on them, Odoo would look twice at each
        save of an answer for what depends on it.  The completeness empties the cache.
        """
        codes = {code for record in self for code in record.sheet_missing or ()}
        questions = self.env["customer.sheet.question"].with_context(active_test=False)
        questions = questions.search([("code", "in", list(codes))]) if codes else questions
        for record in self:
            missing = set(record.sheet_missing or ())
            record.sheet_missing_question_ids = questions.filtered(lambda q, m=missing: q.code in m)

    # -- searching and grouping ----------------------------------------------

    @api.model
    def _search_sheet_missing(self, operator, value):
        """Search by the codes of missing questions."""
        return self._sheet_search_codes("sheet_missing", operator, value)

    @api.model
    def _sheet_search_codes(self, name, operator, value):
        """Search in a Json list of codes, through its GIN index; ``False`` stands for none."""
        self._check_field_access(self._fields[name], "read")
        self.env[self._name].flush_model([name])
        if operator == "ilike":
            return Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "COALESCE(%s::text ILIKE %s, FALSE)",
                    SQL.identifier(alias, name),
                    f"%{value}%",
                )
            )
        if operator not in ("in", "not in"):
            return NotImplemented
        codes = [code for code in value if code]
        nothing = len(codes) < len(list(value))

        def to_sql(model, alias, query):
            column = SQL.identifier(alias, name)
            # bare, and never NULL: inside of COALESCE or of IS NOT TRUE no index would serve
            with_code = SQL("%s ?| %s::text[]", column, codes)
            if operator == "not in":
                with_code = SQL("NOT %s", with_code)
            if nothing == (operator == "in"):
                return SQL("(%s IS NULL OR %s)", column, with_code)
            return SQL("(%s IS NOT NULL AND %s)", column, with_code)

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _search_sheet_missing_question_ids(self, operator, value):
        if operator not in ("in", "any", "any!"):
            return NotImplemented
        questions = self.env["customer.sheet.question"].with_context(active_test=False)
        codes = questions.search(Domain("id", operator, value)).mapped("code")
        nothing = operator == "in" and False in value
        return Domain("sheet_missing", "in", [*codes, False] if nothing else codes)

    @api.model
    def _search_sheet_band(self, operator, value):
        if operator != "in":
            return NotImplemented
        score = "sheet_completeness"
        domains = [Domain(score, "=", False)] if False in value else []
        for low in (int(band) for band, _label in BANDS if band in value):
            high = 100 if low == 100 else low + 24
            domains.append(Domain(score, ">=", low) & Domain(score, "<=", high))
        return Domain.OR(domains)

    # -- when to recompute -------------------------------------------------

    @api.model
    def _sheet_static_depends(self):
        """Return what changes a score without anybody writing on the record itself.

        That is, what decides which questions apply, and the answers that Odoo computes
        (an opportunity's e-mail follows its contact's).  Other answers are watched by
        :meth:`modified`, since which they are depends on the catalogue.
        """
        computed = [
            name
            for name, field in self._fields.items()
            if field.compute and not name.startswith("sheet_") and can_hold_answer(field)
        ]
        return ["company_id", "sheet_typology", "sheet_sector", *computed]

    def modified(self, fnames, create=False, before=False):
        result = super().modified(fnames, create=create, before=before)
        if self and fnames and not create and not before:
            self._sheet_modified(fnames)
        return result

    def _sheet_modified(self, fnames):
        versions = self.env["customer.sheet.catalogue.version"]
        if not versions._watched_fields(self._name).isdisjoint(fnames):
            self._sheet_rescore_later()
        elif not any(self._ids) and not self._sheet_plan().field_names.isdisjoint(fnames):
            # an optional answer being typed: only what the ring shows changes
            self.modified(["sheet_completeness"])

    def _sheet_rescore_later(self):
        """Have the score computed again before it is next read or saved."""
        names = ["sheet_completeness", "sheet_missing"]
        for name in names:
            self.env.add_to_compute(self._fields[name], self)
        self.modified(names)

    def _has_onchange(self, field, other_fields):
        """Let the ring follow the typing: an edited answer asks the server for the score.

        A form and its page of the sheet are views of their own: each knows the other's fields.
        """
        if self._fields["sheet_completeness"] in other_fields or self.env.context.get(PAGE_KEY):
            sheet = (each for name, each in self._fields.items() if name.startswith("sheet_"))
            other_fields = {*other_fields, *sheet}
            watched = self.env["customer.sheet.catalogue.version"]._watched_fields(self._name)
            if field.name in watched | self._sheet_plan().field_names:
                return True
        return super()._has_onchange(field, other_fields)

    # -- completeness ------------------------------------------------------

    @api.model
    def _sheet_plan(self):
        return self.env["customer.sheet.catalogue.version"]._plan(self._name)

    def _sheet_answer_states(self):
        """Return ``{id: {code: state}}`` of the questions that count now.

        States are ``filled``, ``missing``, ``placeholder`` (filler text) and ``invalid``.
        A question marked "not known yet" stays ``missing``: it never counts as answered.
        """
        return self._sheet_plan().states(self._sheet_to_judge())

    def _sheet_to_judge(self):
        """Return the records as their answers are judged, whoever looks."""
        return self.sudo().with_context(active_test=False, lang=None)

    @api.model
    def _sheet_audience_fields(self):
        names = {"company_id", "stage_id", "is_company", "sheet_maturity"}
        return names & self._fields.keys() | {"sheet_typology", "sheet_sector"}

    def _sheet_audience_known(self):
        """Tell whether what says whom the questions concern is loaded."""
        return not self._sheet_unloaded(self._sheet_audience_fields())

    def _sheet_load(self, answers):
        """Load in one query what judging these answers reads and nobody has loaded yet."""
        self.fetch(self._sheet_unloaded(self._sheet_read_fields(answers)))

    def _sheet_unloaded(self, names):
        saved, fields_ = self._origin, self._fields
        return [name for name in names if any(fields_[name]._cache_missing_ids(saved))]

    @api.model
    def _sheet_read_fields(self, answers):
        """Return the stored fields to load, in one query, to judge these answers."""
        return sorted(
            self._sheet_audience_fields() | {"sheet_completeness", "sheet_missing"} | answers
        )

    # -- sheets recomputed in sets, inside PostgreSQL, without touching ``write_date`` --

    @api.model
    def _sheet_refresh(self, after_id, limit):
        """Complete and score the next ``limit`` records after ``after_id``.

        :return: ``(last id of the batch, number of records)``
        """
        self.env.flush_all()
        refresh_statistics(self.env, count=limit)
        [(last_id, count)] = self.env.execute_query(
            SQL(
                "SELECT max(id), count(*) FROM"
                " (SELECT id FROM %s WHERE id > %s ORDER BY id LIMIT %s) batch",
                SQL.identifier(self._table),
                after_id,
                limit,
            )
        )
        if count:
            batch = SQL("BETWEEN %s AND %s", after_id + 1, last_id)
            self._sheet_fill_defaults(batch)
            self._sheet_rescore(batch)
            self.env.invalidate_all(flush=False)
        return last_id, count

    @api.model
    def _sheet_fill_defaults(self, batch):
        """Give the records of ``batch`` what the computes would have given to new ones."""
        rows = self._sheet_incomplete(batch)
        columns = {"id": [row["id"] for row in rows]} | {name: [] for name in DEFAULTS}
        references = self._sheet_references_of(rows)
        civilities = self.env["customer.sheet.option"]._ids_by_code("civility")
        for row in rows:
            if row["person"] and not (row["sheet_first_name"] or row["sheet_last_name"]):
                parsed = parse_name(row["name"])
                row["sheet_first_name"] = parsed.first or None
                row["sheet_last_name"] = parsed.last or None
                row["sheet_civility_id"] = row["sheet_civility_id"] or civilities.get(parsed.title)
            row["sheet_reference"] = row["sheet_reference"] or references.get(row["id"])
            for name in DEFAULTS:
                columns[name].append(row[name] and str(row[name]))
        self._sheet_update_from(columns)

    @api.model
    def _sheet_incomplete(self, batch):
        """Return the rows of ``batch`` that lack a default, with what is known of them."""
        return self.env.execute_query_dict(
            SQL(
                """
                SELECT *
                  FROM (%(defaults)s) d
                 WHERE former_typology IS NULL
                    OR former_sector IS DISTINCT FROM sheet_sector
                    OR (carries AND sheet_reference IS NULL)
                    OR (person AND name <> ''
                        AND sheet_first_name IS NULL AND sheet_last_name IS NULL)
                 ORDER BY id
                """,
                defaults=self._sheet_defaults_sql(batch, self._sheet_carries_sql()),
            )
        )

    @api.model
    def _sheet_references_of(self, rows):
        """Return ``{id: new reference}`` for the rows that need one."""
        ids_by_company = {}
        for row in rows:
            if row["carries"] and not row["sheet_reference"]:
                ids_by_company.setdefault(row["company_id"], []).append(row["id"])
        references = {}
        for company_id, ids in ids_by_company.items():
            company = self.env["res.company"].browse(company_id) if company_id else self.env.company
            references.update(zip(ids, self._sheet_draw_references(company, len(ids)), strict=True))
        return references

    @api.model
    def _sheet_update_from(self, columns):
        """Write ``{column: texts}`` in one statement; the column ``id`` says where."""
        names = [name for name in columns if name != "id"]
        if columns["id"]:
            self.env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(sets)s FROM unnest(%(ids)s, %(values)s)"
                    " AS n(id, %(names)s) WHERE %(table)s.id = n.id",
                    table=SQL.identifier(self._table),
                    sets=SQL(", ").join(
                        SQL(
                            "%s = %s::%s",
                            SQL.identifier(name),
                            SQL.identifier("n", name),
                            SQL.identifier(self._fields[name].column_type[0]),
                        )
                        for name in names
                    ),
                    ids=columns["id"],
                    values=SQL(", ").join(SQL("%s::text[]", columns[name]) for name in names),
                    names=SQL(", ").join(map(SQL.identifier, names)),
                )
            )

    @api.model
    def _sheet_defaults_sql(self, batch, carries):
        """Return a SELECT of what :meth:`_sheet_incomplete` needs, one row for each record.

        :param batch: SQL condition on an id
        :param carries: SQL condition, over the model's table, of carrying a sheet
        """
        raise NotImplementedError

    @api.model
    def _sheet_rescore(self, batch):
        """Set score and missing answers from the plan in force, where they differ."""
        where = SQL("%s %s", SQL.identifier(self._table, "id"), batch)
        self.env.cr.execute(
            SQL(
                """
                UPDATE %(table)s
                   SET sheet_completeness = n.score, sheet_missing = n.missing
                  FROM (%(scores)s) n
                 WHERE n.id = %(table)s.id
                   AND (%(table)s.sheet_completeness, %(table)s.sheet_missing)
                       IS DISTINCT FROM (n.score, n.missing)
                """,
                table=SQL.identifier(self._table),
                scores=self._sheet_plan().sql_scores(self, where),
            )
        )

    @api.model
    def _sheet_carries_sql(self):
        """Return the SQL condition, over the model's table, of carrying a sheet."""
        domain = self._sheet_domain().optimize_full(self.sudo())
        if domain.is_true():
            return SQL("TRUE")
        query = self.sudo()._as_query(ordered=False)
        condition = domain._to_sql(self.sudo(), self._table, query)
        return SQL("COALESCE(%s, FALSE)", condition)
