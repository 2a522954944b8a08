from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, format_date
from odoo.tools.sql import column_exists, create_column

from .actor import in_bulk
from .fields import SHEET_FIELD, SHEET_USER, HostMany2many, option


class CustomerSheetMixin(models.AbstractModel):
    """A customer sheet on a host model (``res.partner``, ``crm.lead``).

    Gives its host a reference, a typology, a sector and a completeness score computed
    from the published question catalogue.  The host says which of its records carry a
    sheet (``_sheet_domain``) and which level they are (``_sheet_at_level_sql``).
    """

    _name = "customer.sheet.mixin"
    _inherit = ["customer.sheet.private.mixin", "customer.sheet.protected.mixin"]
    _description = "Customer Sheet"

    #: Dates that a person may not set in the past.
    _sheet_future_fields = frozenset()

    sheet_reference = fields.Char(
        "Sheet reference",
        compute="_compute_sheet_reference",
        store=True,
        readonly=False,
        copy=False,
        groups=SHEET_USER,
    )
    sheet_typology = fields.Selection(
        [("b2c", "B2C"), ("b2b", "B2B")],
        string="Typology",
        compute="_compute_sheet_typology",
        store=True,
        readonly=False,
        recursive=True,
        groups=SHEET_USER,
    )
    sheet_sector = fields.Selection(
        [
            ("industry", "Industry"),
            ("retail", "Retail and e-commerce"),
            ("finance", "Finance and insurance"),
            ("real_estate", "Real estate"),
            ("saas", "Software"),
            ("other", "Other"),
        ],
        string="Sector",
        compute="_compute_sheet_sector",
        store=True,
        readonly=False,
        recursive=True,
        groups=SHEET_USER,
    )
    sheet_catalogue_version_id = fields.Many2one(
        "customer.sheet.catalogue.version",
        "Catalogue at creation",
        compute="_compute_sheet_catalogue_version_id",
        store=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        **SHEET_FIELD,
    )
    sheet_source_id = option(
        "Contact source",
        "source",
        index="btree_not_null",
        tracking=True,
        help="Where the contact comes from.",
    )

    @api.constrains(lambda self: self._sheet_option_fields())
    def _check_sheet_option_kinds(self):
        for name in self._sheet_option_fields():
            field = self._fields[name]
            if any(field._cache_missing_ids(self)):
                continue  # what is not even loaded has not been written
            if wrong := self.mapped(name)._not_of_kind(field.sheet_kind):
                raise ValidationError(
                    self.env._(
                        "“%(option)s” is not in the list of “%(field)s”. Choose a value of this"
                        " list.",
                        option=wrong[0].name,
                        field=field._description_string(self.env),
                    )
                )

    # -- what a host says about itself ---------------------------------------

    @api.model
    def _sheet_domain(self):
        """Return the domain of the records that carry a sheet."""
        return Domain.TRUE

    @api.model
    def _sheet_domain_fields(self):
        """Return the names of the fields on which ``_sheet_domain`` depends."""
        return set()

    def _sheet_audience(self):
        """Return the :class:`plan_question.Audience` that decides which questions are asked."""
        raise NotImplementedError

    @api.model
    def _sheet_linked_answers(self):
        """Return ``{field: many2one}``: whose value on the linked record answers here too."""
        return {}

    @api.model
    def _sheet_status_of(self, name, status):
        """Return the status field that judges the field ``name`` of a question.

        :param status: the status field that the question names
        """
        return status

    @api.model
    def _sheet_at_level_sql(self, alias, level):
        """Return the SQL condition of holding questions of ``level`` (company or person)."""
        return SQL("TRUE")

    @api.model
    def _sheet_answer_column(self):
        """Return the name of the field of ``customer.sheet.answer`` that points here."""
        raise NotImplementedError

    @api.model
    @tools.ormcache()
    def _sheet_protected_fields(self):
        """Return the fields of a sheet that nobody types: read-only ones, and the reference."""
        own = {name for name, f in self._fields.items() if name.startswith("sheet_") and f.readonly}
        return frozenset({"sheet_reference", *own, *super()._sheet_protected_fields()})

    @api.model
    def _sheet_imported_fields(self):
        return {"sheet_reference", *super()._sheet_imported_fields()}

    def _valid_field_parameter(self, field, name):
        return name == "sheet_kind" or super()._valid_field_parameter(field, name)

    @api.model
    def _sheet_option_fields(self):
        return [name for name, field in self._fields.items() if getattr(field, "sheet_kind", None)]

    def _sheet_saved_dates(self, change):
        """Refuse a past date in a field that cannot lie in the past.

        Only when a person sets it (C3): imports and automatic flows pass, an old file must
        not be lost for a date.  Not a constraint, which Odoo always runs as superuser.
        """
        names = self._sheet_future_fields & change.names
        if not names or self.env.su or in_bulk():
            return
        today = fields.Date.context_today(self)
        for record in self:
            for name in names:
                if record[name] and record[name] < today:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” (%(date)s) is in the past. Choose today or a later date.",
                            field=self._fields[name]._description_string(self.env),
                            date=format_date(self.env, record[name]),
                        )
                    )

    # -- big tables --------------------------------------------------------

    def _auto_init(self):
        """Create our columns empty first: stock would recompute every row of the table.

        The refresh cron fills them (decision 7: no rewrite of a large table at install).
        """
        for name, field in self._fields.items():
            if name.startswith("sheet_") and field.store and field.column_type:
                if not self._abstract and not column_exists(self.env.cr, self._table, name):
                    create_column(self.env.cr, self._table, name, field.column_type[1])
        return super()._auto_init()

    # -- computes ----------------------------------------------------------

    @api.depends("create_date")
    def _compute_sheet_reference(self):
        """Number new sheets, once and in one query per company."""
        numbered = self.filtered(lambda record: record.id and record.sheet_reference)
        for record in numbered:
            record.sheet_reference = record.sheet_reference
        todo = self - numbered
        carriers = todo.filtered("id").filtered_domain(self._sheet_domain())
        (todo - carriers).sheet_reference = False
        for company, records in carriers.grouped(
            lambda record: record.company_id or self.env.company
        ).items():
            references = self._sheet_draw_references(company, len(records))
            for record, reference in zip(records, references, strict=True):
                record.sheet_reference = reference

    @api.model
    def _sheet_draw_references(self, company, count):
        """Return ``count`` new references for ``company``, drawn in one query."""
        code = f"customer.sheet.{self._name}"
        sequences = self.env["ir.sequence"].sudo().with_company(company)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT s.prefix, s.suffix, s.padding, nextval('ir_sequence_' ||
                       lpad(s.id::text, greatest(3, length(s.id::text)), '0'))
                  FROM (SELECT * FROM ir_sequence
                         WHERE code = %s AND active AND implementation = 'standard'
                           AND use_date_range IS NOT TRUE
                           AND (company_id = %s OR company_id IS NULL)
                         ORDER BY company_id LIMIT 1) s, generate_series(1, %s)
                """,
                code,
                company.id,
                count,
            )
        )
        if not rows:
            return [sequences.next_by_code(code) for _number in range(count)]
        prefix, suffix, padding, _number = rows[0]
        shape = sequences.new({"prefix": prefix, "suffix": suffix})
        prefix, suffix = shape._get_prefix_suffix()
        return [f"{prefix}{row[3]:0{padding}d}{suffix}" for row in rows]

    def _sheet_kept(self):
        """Return the record that stands for this one: itself, unless a room merges records."""
        return self

    def _compute_sheet_typology(self):
        raise NotImplementedError

    def _compute_sheet_sector(self):
        raise NotImplementedError

    @api.depends("create_date")
    def _compute_sheet_catalogue_version_id(self):
        """Stamp the version in force when the record is created (never changed later)."""
        current = self.env["customer.sheet.catalogue.version"]._current_id()
        for record in self:
            record.sheet_catalogue_version_id = (
                record._origin.sheet_catalogue_version_id.id or current
            )

    # -- all lists of values and lines of a sheet are loaded by one query ------
    #
    # Stock needs one query for each relation; a sheet has a dozen, and opening a form must cost
    # hardly more than before. Their access is that of the sheet itself.

    def _fetch_query(self, query, fields):
        ours = [f for f in fields if not f.column_type and self._sheet_is_ours(f)]
        fetched = super()._fetch_query(
            query, [f for f in fields if f not in ours] if ours else fields
        )
        if ours and fetched:
            fetched._sheet_fetch_relations(ours)
        return fetched

    @api.model
    def _sheet_is_ours(self, field):
        """Tell whether ``field`` is a list of values or ordered lines of the sheet."""
        if isinstance(field, HostMany2many):
            return True
        lines = field.type == "one2many" and field.comodel_name.startswith("customer.sheet.")
        return lines and "sequence" in self.env[field.comodel_name]._fields

    def _sheet_fetch_relations(self, relations):
        for comodel in {field.comodel_name for field in relations}:
            self.env[comodel].check_access("read")
            self.env[comodel].flush_model()
        selects = [
            SQL("(SELECT %s, %s)", number, self._sheet_relation_sql(field))
            for number, field in enumerate(relations)
        ]
        rows = self.env.execute_query(
            SQL("%s ORDER BY sequence, id", SQL(" UNION ALL ").join(selects))
        )
        found = {}
        for number, record_id, related_id, _sequence in rows:
            found.setdefault((number, record_id), []).append(related_id)
        for number, field in enumerate(relations):
            values = [tuple(found.get((number, record_id), ())) for record_id in self._ids]
            field._insert_cache(self, values)

    def _sheet_relation_sql(self, field):
        """Return the rest of a SELECT of ``record, related id, sequence``."""
        comodel = SQL.identifier(self.env[field.comodel_name]._table)
        if field.type == "one2many":
            owner = SQL.identifier(field.inverse_name)
            return SQL("%s, id, sequence FROM %s WHERE %s IN %s", owner, comodel, owner, self._ids)
        owner = SQL.identifier("r", field.column1)
        return SQL(
            "%s, o.id, o.sequence FROM %s r JOIN %s o ON o.id = %s WHERE %s IN %s",
            owner,
            SQL.identifier(field.relation),
            comodel,
            SQL.identifier("r", field.column2),
            owner,
            self._ids,
        )
