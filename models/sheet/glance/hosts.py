from contextlib import contextmanager

from lxml.builder import E
from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import SQL

from .. import takes
from ..called import called
from ..catalogue.plan_question import LinkedHolder
from ..fields import PAGE_KEY, SHEET_USER
from ..known import Known, load_row, people_sql, rows
from .edits import draft

#: Context key of the question being filled. The web client loads views with its language
#: and keys of this ending only.
FILL_KEY = "sheet_fill_view_ref"


def _table_sql(model):
    return SQL.identifier(model._table)


class CustomerSheetMixin(models.AbstractModel):
    """What a form shows of the sheet after its paint, and the pages that the sheet opens:
    documents, sheets that lack an answer, the company's answers."""

    _inherit = "customer.sheet.mixin"

    sheet_suggestion = fields.Char(
        "Known elsewhere",
        compute="_compute_sheet_suggestion",
        groups=SHEET_USER,
        help="The same answer on a related contact or lead.",
    )

    # -- after the paint: nothing of it costs the form itself ------------------

    @api.readonly
    @called(values=takes.values)
    def sheet_glance(self, values=None):
        """Return what the blocks of a form show of a record, as it is being edited.

        :param dict values: edits that are not saved, as ``onchange`` takes them; of a new
            record, all its values
        :return: ``{block: what it shows}``, see :meth:`_sheet_glance`
        :raise UserError: for several records, or values that the fields cannot hold
        """
        if len(self) > 1:
            raise UserError(self.env._("This is done on one record at a time: open one."))
        with self._sheet_looked_at(values) as record:
            return record._sheet_glance()

    @contextmanager
    def _sheet_looked_at(self, values=None, more=lambda record: ()):
        """Give the record as it is being edited, with all that the blocks read of it at hand.

        :param more: a function of the record, as superuser: what else that statement reads
        """
        columns = self._sheet_glance_columns()
        self.env.flush_all()  # nothing in a request; elsewhere, what SQL of our own is to find
        if self:
            load_row(self.sudo(), columns)  # the rules of access find it there, too
        self.check_access("read")
        self.env["res.country"].sudo()._sheet_at_hand(("code", "phone_code"))
        record = draft(self, values or {}, columns) if values or not self else self
        selects = [*record.sudo()._sheet_glance_sql(), *more(record.sudo())]
        with Known(record, selects).at_hand():
            if not record.id:
                record._sheet_score_draft()
            yield record

    def _sheet_glance(self):
        """Return ``{block: what it shows}`` of one record; each room adds its blocks.

        What else would be a query is read before: see :class:`known.Known`.
        """
        return {
            "sheet_gaps": self._sheet_gaps(),
            "sheet_proposals": self._sheet_proposal_rows(),
        }

    def _sheet_proposal_rows(self):
        """Return what is proposed instead of what stands, a row a decision; each room adds its own.

        A row is ``{"key", "kind", "about", "changes", "said", "why", "warnings", "is_empty"}``.
        ``kind`` tells the client which methods accept it, keep what stands and take it back;
        ``about`` is what they take.  A change is ``{"field", "label", "before", "after", "id"}``,
        and ``said`` says who said it: ``[{"source", "day", "by", "evidence"}]``.
        """
        return []

    @api.model
    def _sheet_glance_fields(self):
        """Return the names of the fields that the blocks read of the record itself."""
        answers = self._sheet_read_fields(self._sheet_plan().field_names)
        scored = {"sheet_completeness", "sheet_missing", *self._sheet_domain_fields()}
        lists = {name for name, field in self._fields.items() if self._sheet_is_ours(field)}
        return {*answers, *scored, *lists, "create_uid"}

    @api.model
    @tools.ormcache()
    def _sheet_glance_columns(self):
        names = sorted(self._sheet_glance_fields())
        fields_ = (self._fields[name] for name in names)
        return tuple(f.name for f in fields_ if f.column_type and not f.company_dependent)

    def _sheet_glance_sql(self):
        """Return what the blocks read beside the row: SELECTs of ``known.fact`` and ``rows``."""
        answers = SQL("%s = %s", SQL.identifier(self._sheet_answer_column()), self._origin.id or 0)
        return [
            *self._sheet_company_sql(),
            *self._sheet_lists_sql(),
            *self._sheet_answers_sql(SQL("%s AND state = 'confirmed'", answers)),
            *self._sheet_linked_sql(),
        ]

    def _sheet_company_sql(self):
        """Read the company that the record belongs to or was made in: card and currency."""
        creator = self.create_uid if self._origin else self.env.user
        companies = SQL(
            "IN (%s, %s, (SELECT company_id FROM res_users WHERE id = %s))",
            self.company_id.id or 0,
            self.env.company.id,
            creator.id or 0,
        )
        users = SQL("id IN %s", (creator.id or 0, SUPERUSER_ID))  # stock's, too, who is no contact
        of_companies = SQL("FROM res_company WHERE id %s", companies)
        currency = ("name", "symbol", "position", "rounding", "decimal_places")
        company = ("partner_id", "currency_id", "resource_calendar_id")
        return [
            rows(self.env["res.users"], ("company_id", "partner_id"), users),
            rows(self.env["res.company"], company, SQL("id %s", companies)),
            rows(
                self.env["res.partner"],
                ("country_id",),
                SQL("id IN (SELECT partner_id %s)", of_companies),
            ),
            rows(
                self.env["res.currency"],
                currency,
                SQL("id IN (SELECT currency_id %s)", of_companies),
            ),
        ]

    def _sheet_lists_sql(self):
        """Read the lists that answer questions."""
        lists = self._sheet_lists()
        read = SQL(
            "SELECT 'lists'::text, l.name, l.ids FROM (SELECT %s AS id) me, LATERAL (%s) l",
            self._origin.id or 0,
            lists,
        )
        return [read] if lists else []

    @api.model
    @tools.ormcache()
    def _sheet_lists(self):
        """Return the SELECT of :meth:`_sheet_lists_sql`: it is long, and always the same."""
        names = sorted(self._sheet_glance_fields())
        lists = [self._fields[name] for name in names if self._sheet_is_ours(self._fields[name])]
        return SQL(" UNION ALL ").join(
            SQL(
                "SELECT %s::text AS name,"
                " (SELECT jsonb_agg(o.id ORDER BY o.sequence, o.id) FROM %s) AS ids",
                field.name,
                self._sheet_list_of(field),
            )
            for field in lists
        )

    @api.model
    def _sheet_list_of(self, field):
        comodel = SQL.identifier(self.env[field.comodel_name]._table)
        if field.type == "one2many":
            owner = SQL.identifier("o", field.inverse_name)
            return SQL("%s o WHERE %s = me.id", comodel, owner)
        return SQL(
            "%s r JOIN %s o ON o.id = %s WHERE %s = me.id",
            SQL.identifier(field.relation),
            comodel,
            SQL.identifier("r", field.column2),
            SQL.identifier("r", field.column1),
        )

    def _sheet_answers_sql(self, where):
        """Read rows of answers, with their questions' codes and their authors' names."""
        answers = self.env["customer.sheet.answer"]
        names = ("question_id", "state", "evidence", "author_id", "confirmed_on", "date")
        questions = SQL("id IN (SELECT question_id FROM %s WHERE %s)", _table_sql(answers), where)
        return [
            rows(answers, (*names, self._sheet_answer_column()), where),
            rows(self.env["customer.sheet.question"], ("code",), questions),
            *people_sql(
                self.env, SQL("SELECT author_id FROM %s WHERE %s", _table_sql(answers), where)
            ),
        ]

    def _sheet_linked_sql(self):
        """Read the records whose values answer here, too."""
        found = {}
        for question in self._sheet_plan().questions:
            for holder in question.holders:
                is_linked = isinstance(holder, LinkedHolder)
                if is_linked and (linked := self[holder.through]._origin):
                    names = found.setdefault(linked.id, set())
                    names |= {holder.field.name, holder.status} - {""}
        return [rows(self, sorted(names), SQL("id = %s", id_)) for id_, names in found.items()]

    @api.model
    def _sheet_split_page(self, arch):
        """Leave the page of the sheet out of a form: it is loaded when its tab is opened.

        Asked for the page, leave all else out.  Views that extend the page need not know.
        """
        asked = self.env.context.get(PAGE_KEY)
        page = arch.find(".//page[@name='customer_sheet']")
        if page is None or asked == "whole":
            return
        content = list(page)
        for node in content:
            page.remove(node)
        if asked:
            arch[:] = content
            arch.attrib.pop("js_class", None)
        else:
            page.append(E.widget(name="sheet_page"))

    @called(one=True)
    def action_sheet_documents(self):
        """Open the documents and links of this sheet, with their kind."""
        self._sheet_check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.ir_attachment_action_sheet"
        )
        owner = {"default_res_model": self._name, "default_res_id": self.id}
        domain = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return {**action, "domain": domain, "context": owner}

    @api.readonly
    @called(one=True)
    def sheet_company_answers(self):
        """Return what the person's company has answered, as people read it.

        :return: ``{"company": [id, name], "answers": [{"label", "value"}]}`` or ``False`` where
            there is no company
        """
        self._sheet_check_access("read")
        company = self._sheet_company()
        if not company or not company.has_access("read"):
            return False
        texts = self.env["customer.sheet.catalogue.version"]._texts(self.env.lang or "en_US")
        answers = [
            {"label": texts["questions"][question.code]["label"], "value": value}
            for question in company._sheet_plan().questions
            if question.level == "company" and (value := company._sheet_answer_text(question))
        ]
        return {"company": [company.id, company.display_name], "answers": answers}

    def _sheet_company(self):
        """Return the company whose answers hold for this sheet, or an empty recordset."""
        return self.env["res.partner"]

    def _sheet_answer_text(self, question):
        """Return the answer to a compiled question in words, or ``""``."""
        for holder in question.own_holders:
            if self[holder.name]:
                return self._sheet_field_text(holder.field)
        return ""

    def _sheet_field_text(self, field):
        value = self[field.name]
        if field.relational:
            return ", ".join(value.mapped("display_name"))
        if field.type == "char":
            return " ".join((value or "").split())
        converter = self.env.get(f"ir.qweb.field.{field.type}", self.env["ir.qweb.field"])
        return Markup(converter.record_to_html(self, field.name, {}) or "").striptags()

    # -- filling gaps ------------------------------------------------------

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Show the columns of the question in the list that fills a gap, and only the sectors
        in use in a form."""
        arch, view = super()._get_view(view_id, view_type, **options)
        used = self.env["customer.sheet.option"]._sectors_in_use()
        for block in arch.xpath("//div[starts-with(@name, 'sheet_sector_')]"):
            if block.get("name").removeprefix("sheet_sector_") not in used:
                block.getparent().remove(block)
        if view_type == "form":
            self._sheet_split_page(arch)
        code = self.env.context.get(FILL_KEY)
        anchor = arch.find("field[@name='sheet_suggestion']") if code else None
        if view_type == "list" and anchor is not None:
            for column in self._sheet_fill_arch(code):
                anchor.addprevious(column)
        return arch, view

    @api.depends_context(FILL_KEY, "lang")
    def _compute_sheet_suggestion(self):
        """Suggest what the related sheets answer to the question being filled."""
        names = self._sheet_fill_columns(self.env.context.get(FILL_KEY))
        for record in self:
            known = [
                related._sheet_field_text(related._fields[name])
                for related in record._sheet_related()
                for name in names
                if related[name]
            ]
            record.sheet_suggestion = known[0] if known else False

    def _sheet_related(self):
        """Return other sheets of the same model that may know an answer, nearest first."""
        return self.browse()

    @api.model
    def _sheet_count_missing(self, domain):
        """Return ``{code: sheets of the domain that lack the answer}``, the most frequent first."""
        query = self._search(domain)
        code = SQL.identifier("missing", "value")
        query.add_join(
            "JOIN",
            "missing",
            SQL("jsonb_array_elements_text(%s)", SQL.identifier(self._table, "sheet_missing")),
            SQL("TRUE"),
        )
        query.groupby = code
        query.order = SQL("count(*) DESC, %s", code)
        return dict(self.env.execute_query(query.select(code, SQL("count(*)"))))

    @api.model
    def _sheet_fill_columns(self, code):
        """Return the fields that may hold the answer: stock's first, each as they are declared."""
        plan = self._sheet_plan()
        names = [h.name for q in plan.questions if q.code == code for h in q.own_holders]
        declared = {name: self._fields[name]._sequence for name in names}
        return sorted(names, key=lambda name: (name.startswith("sheet_"), declared[name]))

    @api.model
    def _sheet_fill_arch(self, code):
        names = self._sheet_fill_columns(code)
        fields_ = [self._fields[name] for name in names]
        currencies = {f.get_currency_field(self) for f in fields_ if f.type == "monetary"}
        hidden = [E.field(name=name, column_invisible="1") for name in sorted(currencies)]
        return hidden + [self._sheet_fill_column(name) for name in names]

    @api.model
    def _sheet_fill_column(self, name):
        widgets = {"many2many": "many2many_tags", "monetary": "monetary", "html": "html"}
        field = self._fields[name]
        attributes = {"name": name}
        if widget := widgets.get(field.type):
            attributes["widget"] = widget
        if field.comodel_name == "customer.sheet.option":
            attributes["options"] = "{'no_create': True, 'no_open': True}"
        return E.field(**attributes)
