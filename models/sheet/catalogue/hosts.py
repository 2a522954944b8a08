from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..fields import SHEET_FIELD, SHEET_USER, BandField, NullableInteger
from .plan_question import can_hold_answer

BANDS = [("0", "0-24 %"), ("25", "25-49 %"), ("50", "50-74 %"), ("75", "75-99 %"), ("100", "100 %")]


class CustomerSheetMixin(models.AbstractModel):
    """The completeness of a sheet: score, missing answers, when both change."""

    _inherit = "customer.sheet.mixin"

    sheet_completeness = NullableInteger(
        "Completeness (%)",
        compute="_compute_sheet_completeness",
        store=True,
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

    def _sheet_readable_fields(self):
        """Return the fields behind the answers that a user who sees the sheet may read."""
        return [
            name
            for name in self._sheet_read_fields(self._sheet_plan().field_names)
            if self._fields[name].groups in (None, SHEET_USER)
            or self._has_field_access(self._fields[name], "read")
        ]

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

    @api.depends("sheet_completeness")
    def _compute_sheet_band(self):
        for record in self:
            score = record.sheet_completeness
            record.sheet_band = False if score is False else str(score // 25 * 25)

    @api.depends("sheet_missing")
    def _compute_sheet_missing_question_ids(self):
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
        if operator != "in":
            return NotImplemented
        codes = [code for code in value if code]
        nothing = len(codes) < len(list(value))

        def to_sql(model, alias, query):
            column = SQL.identifier(alias, name)
            any_code = SQL("COALESCE(%s ?| %s::text[], FALSE)", column, codes)
            return SQL("(%s OR %s IS NULL)", any_code, column) if nothing else any_code

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
        for band in value:
            if band:
                low = int(band)
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
        """Let the ring follow the typing: an edited answer asks the server for the score."""
        if self._fields["sheet_completeness"] in other_fields:
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
        records = self.sudo().with_context(active_test=False, lang=None)
        records.fetch(self._sheet_read_fields(self._sheet_plan().counting_field_names))
        return self._sheet_plan().states(records)

    @api.model
    def _sheet_read_fields(self, answers):
        """Return the stored fields to load, in one query, to judge these answers."""
        names = {"company_id", "stage_id", "is_company", "sheet_maturity"} & set(self._fields)
        return sorted(names | {"sheet_typology", "sheet_sector"} | answers)
